/** The daily closing: for each account that moved on a day, what it began with, what moved, and what it ended with. */

/** What moved on an account: two sums in paise, neither below zero, and of how many postings. */
export interface Tally {
  readonly debits: number;
  readonly credits: number;
  readonly postings: number;
}

/** An account on a day, for good. Balances are signed paise: credit positive. */
export interface Closing extends Tally {
  readonly account: string;
  readonly day: string;
  readonly opening: number;
  readonly closing: number;
}

/** A line of the ledger: signed paise, credit positive. */
interface Line {
  readonly account: string;
  readonly amount: number;
}

export const NOTHING: Tally = { debits: 0, credits: 0, postings: 0 };

export const sumOf = (one: Tally, two: Tally): Tally => ({
  debits: one.debits + two.debits,
  credits: one.credits + two.credits,
  postings: one.postings + two.postings,
});

/** Adds up lines by account, however they were cut into pages. */
export const talliesOf = (lines: readonly Line[]): ReadonlyMap<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const { account, amount } of lines) {
    const moved = { debits: Math.max(0, -amount), credits: Math.max(0, amount), postings: 1 };
    tallies.set(account, sumOf(tallies.get(account) ?? NOTHING, moved));
  }
  return tallies;
};

/** @param opening what the account ended with when it moved last; 0 if it never did */
export const closingOf = (
  { account, day, opening }: Pick<Closing, 'account' | 'day' | 'opening'>,
  { debits, credits, postings }: Tally,
): Closing => ({ account, day, opening, debits, credits, postings, closing: opening + credits - debits });
