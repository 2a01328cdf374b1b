/** What is known of every behaviour at every target, and what a run adds to it. */

import type { Said } from '../behaviour.ts';
import type { Target } from './target.ts';

export type Outcome = { readonly passes: true } | { readonly passes: false; readonly seen: string };

/** One behaviour as one run found it; without an outcome when it was not tried. */
export interface Ran extends Said {
  /** The file's name without its ending. */
  readonly service: string;
  readonly outcome?: Outcome;
}

export interface Row extends Said {
  readonly service: string;
  readonly outcomes: Partial<Record<Target, Outcome>>;
}

export type Results = readonly Row[];

/** Behaviours are told apart by service and sentence. */
const idOf = ({ service, sentence }: Pick<Ran, 'service' | 'sentence'>): string => `${service}: ${sentence}`;

/**
 * The results after a run. Other targets' outcomes stay.
 * @param whole the run tried everything: what it does not know of is gone, and rows are in its order
 */
export const merge = (before: Results, ran: readonly Ran[], target: Target, whole: boolean): Results => {
  const known = new Map(before.map((row) => [idOf(row), row]));
  const rows = ran.map(({ outcome, ...said }): Row => {
    const outcomes = { ...known.get(idOf(said))?.outcomes };
    if (outcome) outcomes[target] = outcome;
    else if (whole) delete outcomes[target];
    return { ...said, outcomes };
  });
  const inRun = new Map(rows.map((row) => [idOf(row), row]));
  const merged = whole
    ? rows
    : [...before.map((row) => inRun.get(idOf(row)) ?? row), ...rows.filter((row) => !known.has(idOf(row)))];
  return merged.toSorted((a, b) => Number(a.service > b.service) - Number(a.service < b.service));
};

export interface Verdict {
  /** What our code relies on and this target does otherwise. */
  readonly broken: readonly Ran[];
  /** What the target did otherwise until now and does as AWS does from now on. */
  readonly mended: readonly Ran[];
  /** What it did as AWS does, and no longer does. */
  readonly lost: readonly Ran[];
}

export const judge = (before: Results, ran: readonly Ran[], target: Target): Verdict => {
  const known = new Map(before.map((row) => [idOf(row), row.outcomes[target]]));
  const tried = ran.filter(({ outcome }) => outcome);
  return {
    broken: tried.filter(({ reliedOn, outcome }) => reliedOn && outcome?.passes === false),
    mended: tried.filter((one) => known.get(idOf(one))?.passes === false && one.outcome?.passes),
    lost: tried.filter((one) => known.get(idOf(one))?.passes && one.outcome?.passes === false),
  };
};
