import { describe, expect, it } from 'vitest';
import { type Books, balance, closeBooks } from './books.ts';

const even: Books = {
  lines: [
    { transaction: 't1', account: 'bank-clearing', amount: -1000 },
    { transaction: 't1', account: 'wallet:asha', amount: 1000 },
    { transaction: 't2', account: 'wallet:asha', amount: -400 },
    { transaction: 't2', account: 'hold:asha', amount: 400 },
    { transaction: 't3', account: 'merchant:dadar', amount: -300 },
    { transaction: 't3', account: 'refunds-due', amount: 300 },
  ],
  wallets: [{ user: 'asha', balance: 600 }],
  clearingAtBank: 1000,
  heldByUnfinished: 400,
  dueByUnfinished: 300,
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
      broken({ lines: [...even.lines, { transaction: 't8', account: 'commission', amount: 1 }] }),
    ).toEqual(['postings add up to zero, in each transaction and in all']);
  });

  it('find two uneven transactions that cancel each other out', () => {
    const lines = [
      ...even.lines,
      { transaction: 't8', account: 'commission', amount: 1 },
      { transaction: 't9', account: 'gst-output', amount: -1 },
    ];
    expect(broken({ lines })).toEqual(['postings add up to zero, in each transaction and in all']);
  });

  it('find a stored balance that drifted from its postings', () => {
    expect(broken({ wallets: [{ user: 'asha', balance: 601 }] })).toEqual([
      'every stored balance is the sum of its postings',
    ]);
  });

  it('find a wallet that has postings and is missing', () => {
    expect(broken({ wallets: [] })).toEqual(['every stored balance is the sum of its postings']);
  });

  it('show both sides of what differs', () => {
    const seen = (books: Partial<Books>) =>
      balance({ ...even, ...books }).flatMap(({ holds, seen: { en } }) => (holds ? [] : [en]));
    expect(seen({ wallets: [{ user: 'asha', balance: 601 }] })).toEqual(['asha: ₹6.01 stored, ₹6.00 posted']);
    expect(seen({ wallets: [] })).toEqual(['asha: no balance stored, ₹6.00 posted']);
    expect(
      seen({ lines: [...even.lines, { transaction: 't8', account: 'commission', amount: -1 }] }),
    ).toEqual(['t8: −₹0.01']);
  });

  it('find a bank that says something else', () => {
    expect(broken({ clearingAtBank: 999 })).toEqual([
      'our clearing account is what the bank’s statement says',
    ]);
  });

  it('find a hold that nobody owns', () => {
    expect(broken({ heldByUnfinished: 0 })).toEqual(['open holds are the holds of unfinished payments']);
  });

  it('find a refund that is due to nobody, and one that is due no more', () => {
    const refunds = 'what is due as refunds is what unfinished refunds will bring';
    expect(broken({ dueByUnfinished: 0 })).toEqual([refunds]);
    expect(broken({ lines: even.lines.slice(0, -2) })).toEqual([refunds]);
  });

  it('find a wallet below zero', () => {
    const lines = [
      { transaction: 't1', account: 'wallet:ravi', amount: -5 },
      { transaction: 't1', account: 'hold:ravi', amount: 5 },
    ];
    expect(
      broken({
        ...{ lines, wallets: [{ user: 'ravi', balance: -5 }] },
        ...{ clearingAtBank: 0, heldByUnfinished: 5, dueByUnfinished: 0 },
      }),
    ).toEqual(['no wallet is below zero']);
  });
});

describe('the closing of the books', () => {
  const drifted: Books = { ...even, clearingAtBank: 999 };
  const reading = (...books: Books[]) => {
    let reads = 0;
    return {
      read: async () => books[Math.min(reads++, books.length - 1)] ?? even,
      reads: () => reads,
    };
  };
  const broken = (equations: Awaited<ReturnType<typeof closeBooks>>) =>
    equations.filter(({ holds }) => !holds).map(({ seen }) => seen.en);

  it('waits until what is under way has arrived: an index comes after its table', async () => {
    const { read, reads } = reading(drifted, drifted, even);
    expect(broken(await closeBooks(read, { everyMs: 1 }))).toEqual([]);
    expect(reads()).toBe(3);
  });

  it('tells a difference that stays, with both sides, when its time is over', async () => {
    const { read, reads } = reading(drifted);
    expect(broken(await closeBooks(read, { timeoutMs: 20, everyMs: 1 }))).toEqual([
      '₹10.00 here, ₹9.99 at the bank',
    ]);
    expect(reads()).toBeGreaterThan(1);
  });

  it('fails when the books cannot be read', async () => {
    const read = () => Promise.reject(new Error('no bank'));
    await expect(closeBooks(read, { timeoutMs: 5, everyMs: 1 })).rejects.toThrow(/the books.*no bank/);
  });
});
