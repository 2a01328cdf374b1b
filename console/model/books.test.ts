import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../functions/paytm-saga/contract.history.ts';
import { booksAfter } from './books.ts';

const at = (second: number) => new Date(Date.parse('2026-11-29T01:00:00Z') + second * 1_000).toISOString();
const FAR = '9999-12-31T00:00:00.000Z';
const anyAccount = fc.constantFrom(
  'wallet:user_1',
  'hold:payment_1',
  'merchant:m',
  'commission',
  '__proto__',
);
const anyAmount = fc.maxSafeInteger();
const anyPostings = fc.array(fc.record({ account: anyAccount, amount: anyAmount }), { maxLength: 5 });
/** What happened, oldest first, several things at one moment among them. */
const historyOf = (postings: fc.Arbitrary<{ account: string; amount: number }[]>) =>
  fc.array(fc.record({ after: fc.nat(2), postings }), { maxLength: 12 }).map((steps) =>
    steps.map(({ after: _, ...step }, nth): HistoryEntry => {
      const second = steps.slice(0, nth + 1).reduce((sum, { after }) => sum + after, 0);
      return { at: at(second), what: 'done', transaction: `t${nth}`, ...step };
    }),
  );
/** Each posting with what balances it, at another account. */
const balanced = anyPostings.map((postings) =>
  postings.flatMap(({ account, amount }) => [
    { account, amount },
    { account: 'bank-clearing', amount: -amount },
  ]),
);

describe('the books', () => {
  test.prop([historyOf(anyPostings), fc.nat(30)])(
    'are at any moment the sum of what was posted until then',
    (history, second) => {
      const until = history
        .filter((entry) => entry.at <= at(second))
        .flatMap(({ postings = [] }) => postings);
      const { accounts, off, held, transactions } = booksAfter(history, at(second));
      expect(accounts.map(({ account }) => account)).toEqual([
        ...new Set(until.map(({ account }) => account)),
      ]);
      const total = (of: (account: string) => boolean) =>
        until.reduce((sum, { account, amount }) => (of(account) ? sum + BigInt(amount) : sum), 0n);
      for (const { account, moved } of accounts) expect(moved).toBe(total((one) => one === account));
      expect(off).toBe(total(() => true));
      expect(held).toBe(total((one) => one.startsWith('hold:')));
      expect(transactions.reduce((sum, one) => sum + one.off, 0n)).toBe(off);
    },
  );

  test.prop([historyOf(balanced), fc.nat(30)])(
    'balance whenever every transaction does',
    (history, second) => {
      const { off, transactions } = booksAfter(history, at(second));
      expect([off, ...transactions.map((one) => one.off)].every((amount) => amount === 0n)).toBe(true);
    },
  );

  it('name each transaction with its step, in the order in which it came, and what does not balance', () => {
    const history: HistoryEntry[] = [
      { at: at(0), what: 'accepted' },
      {
        ...{ at: at(1), what: 'done', step: 'reserve_funds', transaction: 'payment_1.hold' },
        postings: [
          { account: 'wallet:user_1', amount: -150_000 },
          { account: 'hold:payment_1', amount: 150_000 },
        ],
      },
      { at: at(2), what: 'done', postings: [{ account: 'hold:payment_1', amount: -1 }] },
    ];
    expect(booksAfter(history, FAR)).toEqual({
      accounts: [
        { account: 'wallet:user_1', moved: -150_000n },
        { account: 'hold:payment_1', moved: 149_999n },
      ],
      transactions: [
        {
          ...{ id: 'payment_1.hold', at: at(1), what: 'done', step: 'reserve_funds', off: 0n },
          postings: [
            { account: 'wallet:user_1', amount: -150_000n },
            { account: 'hold:payment_1', amount: 150_000n },
          ],
        },
        {
          ...{ id: '', at: at(2), what: 'done', off: -1n },
          postings: [{ account: 'hold:payment_1', amount: -1n }],
        },
      ],
      ...{ off: -1n, held: 149_999n },
    });
    expect(booksAfter(history, at(0))).toEqual({ accounts: [], transactions: [], off: 0n, held: 0n });
  });
});
