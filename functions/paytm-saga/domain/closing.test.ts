import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { closingOf, NOTHING, sumOf, talliesOf } from './closing.ts';

const anyLine = fc.record({
  account: fc.constantFrom('wallet:1', 'wallet:2', 'bank-clearing', 'commission'),
  amount: fc.integer({ min: -1_000_000, max: 1_000_000 }),
});
const anyDay = fc.array(anyLine, { maxLength: 60 });
/** Cuts a list at these places. */
const pagesOf = <T>(list: readonly T[], cuts: readonly number[]): T[][] => {
  const places = [
    0,
    ...cuts.map((cut) => cut % (list.length + 1)).sort((one, two) => one - two),
    list.length,
  ];
  return places.slice(1).map((end, n) => list.slice(places[n], end));
};

describe('a day that is closed', () => {
  test.prop([anyDay, fc.integer()])('ends with what it began with and what moved', (lines, opening) => {
    for (const [account, tally] of talliesOf(lines)) {
      const { closing, debits, credits, postings } = closingOf(
        { account, day: '2026-11-24', opening },
        tally,
      );
      expect(opening + credits - debits).toBe(closing);
      const own = lines.filter((line) => line.account === account);
      expect(closing - opening).toBe(own.reduce((sum, { amount }) => sum + amount, 0));
      expect(postings).toBe(own.length);
      expect(Math.min(debits, credits)).toBeGreaterThanOrEqual(0);
    }
  });

  test.prop([anyDay, fc.array(fc.nat(), { maxLength: 6 })])(
    'is the same however its lines are cut into pages',
    (lines, cuts) => {
      const total = new Map<string, typeof NOTHING>();
      for (const page of pagesOf(lines, cuts)) {
        for (const [account, tally] of talliesOf(page)) {
          total.set(account, sumOf(total.get(account) ?? NOTHING, tally));
        }
      }
      expect(total).toEqual(talliesOf(lines));
    },
  );

  test.prop([fc.array(anyDay, { minLength: 2, maxLength: 4 })])(
    'hands on its closing as the opening of the next',
    (days) => {
      let opening = 0;
      for (const lines of days) {
        const tally = talliesOf(lines).get('wallet:1') ?? NOTHING;
        const { closing } = closingOf({ account: 'wallet:1', day: '2026-11-24', opening }, tally);
        opening = closing;
      }
      const all = days.flat().filter(({ account }) => account === 'wallet:1');
      expect(opening).toBe(all.reduce((sum, { amount }) => sum + amount, 0));
    },
  );
});
