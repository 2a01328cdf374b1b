/** Two runs beside each other: what they have in common, where they part, and what either did from there. */
import { type Difference, firstDifference } from './compare.ts';
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

/** Visits in the order in which they were entered; those of branches stand with what they run in. */
export const sideBySide = (one: Run, other: Run): SideBySide => {
  const difference = firstDifference(one, other);
  const places = Math.max(one.visits.length, other.visits.length);
  const pairs = Array.from({ length: places }, (_value, at): Pair => {
    const [here, there] = [one.visits[at], other.visits[at]];
    return {
      ...(here === undefined ? {} : { one: at }),
      ...(there === undefined ? {} : { other: at }),
      isFirstDifference:
        difference !== undefined && at === (difference.one ?? difference.other ?? Number.NaN),
    };
  });
  return { pairs, difference };
};
