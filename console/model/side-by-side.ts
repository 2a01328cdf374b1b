/** Two runs beside each other: what they have in common, where they part, and what either did from there. */
import { branchesOf, type Difference, firstDifference, placesIn } from './compare.ts';
import type { Run } from './run.ts';

/** One line: a visit of either run, or of one alone. Places are those in `visits`. */
export interface Pair {
  readonly one?: number;
  readonly other?: number;
  readonly isFirstDifference: boolean;
}

export interface SideBySide {
  readonly pairs: readonly Pair[];
  readonly difference: Difference | undefined;
}

type Places = Pick<Pair, 'one' | 'other'>;

/** Visits in the order of the machine; those of branches stand behind what they run in, whenever they had their turn. */
export const sideBySide = (one: Run, other: Run): SideBySide => {
  const difference = firstDifference(one, other);
  const chains = (here: readonly number[], there: readonly number[]): Places[] =>
    Array.from({ length: Math.max(here.length, there.length) }, (_, step) => step).flatMap((step) => {
      const [left, right] = [here[step], there[step]];
      const places = {
        ...(left === undefined ? {} : { one: left }),
        ...(right === undefined ? {} : { other: right }),
      };
      return [places, ...inside(left, right)];
    });
  const inside = (left: number | undefined, right: number | undefined): Places[] => {
    const ours = left === undefined ? NONE : branchesOf(one, left);
    const theirs = right === undefined ? NONE : branchesOf(other, right);
    return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((branch) =>
      chains(ours.get(branch) ?? [], theirs.get(branch) ?? []),
    );
  };
  const pairs = chains(placesIn(one, undefined), placesIn(other, undefined)).map((places) => ({
    ...places,
    isFirstDifference:
      difference !== undefined && places.one === difference.one && places.other === difference.other,
  }));
  return { pairs, difference };
};

const NONE: ReadonlyMap<string, readonly number[]> = new Map();
