import { describe, expect, it } from 'vitest';
import { type Books, balance } from './books.ts';

const even: Books = {
  lines: [
    { transaction: 't1', account: 'bank-clearing', amount: -1000 },
    { transaction: 't1', account: 'wallet:asha', amount: 1000 },
    { transaction: 't2', account: 'wallet:asha', amount: -400 },
    { transaction: 't2', account: 'hold:asha', amount: 400 },
  ],
  wallets: [{ user: 'asha', balance: 600 }],
  clearingAtBank: 1000,
  heldByUnfinished: 400,
};
const broken = (books: Partial<Books>): string[] =>
  balance({ ...even, ...books })
    .filter(({ holds }) => !holds)
    .map(({ what }) => what.en);

describe('the books', () => {
  it('hold when money only moved', () => {
    expect(broken({})).toEqual([]);
  });

  it('find a transaction that does not balance', () => {
    expect(
      broken({ lines: [...even.lines, { transaction: 't3', account: 'commission', amount: 1 }] }),
    ).toEqual(['postings add up to zero, in each transaction and in all']);
  });

  it('find two uneven transactions that cancel each other out', () => {
    const lines = [
      ...even.lines,
      { transaction: 't3', account: 'commission', amount: 1 },
      { transaction: 't4', account: 'gst-output', amount: -1 },
    ];
    expect(broken({ lines })).toEqual(['postings add up to zero, in each transaction and in all']);
  });

  it('find a stored balance that drifted from its postings', () => {
    expect(broken({ wallets: [{ user: 'asha', balance: 601 }] })).toEqual([
      'every stored balance is the sum of its postings',
    ]);
  });

  it('find a bank that says something else', () => {
    expect(broken({ clearingAtBank: 999 })).toEqual([
      'our clearing account is what the bank’s statement says',
    ]);
  });

  it('find a hold that nobody owns', () => {
    expect(broken({ heldByUnfinished: 0 })).toEqual(['open holds are the holds of unfinished payments']);
  });

  it('find a wallet below zero', () => {
    const lines = [
      { transaction: 't1', account: 'wallet:ravi', amount: -5 },
      { transaction: 't1', account: 'hold:ravi', amount: 5 },
    ];
    expect(
      broken({ lines, wallets: [{ user: 'ravi', balance: -5 }], clearingAtBank: 0, heldByUnfinished: 5 }),
    ).toEqual(['no wallet is below zero']);
  });
});
