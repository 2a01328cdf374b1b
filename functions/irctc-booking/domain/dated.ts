/** Rules of rail change by decree, on a day: each is kept with the first day on which it counts. */

export interface Dated<R> {
  /** A day in Asia/Kolkata. */
  readonly from: string;
  readonly rule: R;
}

/**
 * What counts on a day.
 * @param rules the oldest first
 * @throws {RangeError} it is before the first rule that is known: rather that than a guess
 */
export const ruleOn = <R>(rules: readonly Dated<R>[], date: string): R => {
  const found = rules.findLast(({ from }) => from <= date);
  if (!found) throw new RangeError(`no rule is known for ${date}`);
  return found.rule;
};
