/** What a saga did to accounts: its postings so far, and whether they balance. Paise in whole numbers, never floats. */
import type { HistoryEntry } from '../../functions/paytm-saga/contract.history.ts';

export interface AccountLine {
  readonly account: string;
  /** What came in less what went out; a credit is positive. */
  readonly moved: bigint;
}

export interface Transaction {
  readonly id: string;
  readonly at: string;
  readonly step?: string;
  readonly what: string;
  readonly postings: readonly { readonly account: string; readonly amount: bigint }[];
  /** What its postings do not balance by; 0 as it must be. */
  readonly off: bigint;
}

export interface Books {
  /** In the order in which the accounts were first moved. */
  readonly accounts: readonly AccountLine[];
  readonly transactions: readonly Transaction[];
  /** What all of them do not balance by. */
  readonly off: bigint;
  /** What is still held for the payer: neither theirs to spend nor anybody's else. */
  readonly held: bigint;
}

/** The books after what happened until a moment, ISO 8601. */
export const booksAfter = (history: readonly HistoryEntry[], until: string): Books => {
  const moved = new Map<string, bigint>();
  const transactions = history
    .filter(({ at }) => Date.parse(at) <= Date.parse(until))
    .flatMap(({ at, what, step, transaction, postings = [] }) => {
      if (postings.length === 0) return [];
      const whole = postings.map(({ account, amount }) => ({ account, amount: BigInt(amount) }));
      for (const { account, amount } of whole) moved.set(account, (moved.get(account) ?? 0n) + amount);
      const off = sum(whole.map(({ amount }) => amount));
      return [
        { id: transaction ?? '', at, what, ...(step === undefined ? {} : { step }), postings: whole, off },
      ];
    });
  const accounts = [...moved].map(([account, amount]) => ({ account, moved: amount }));
  return {
    accounts,
    transactions,
    off: sum(accounts.map(({ moved }) => moved)),
    held: sum(accounts.filter(({ account }) => account.startsWith('hold:')).map(({ moved }) => moved)),
  };
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);
