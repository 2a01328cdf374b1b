import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { OperationKey } from '../contract.ts';
import { bank, OPENING } from './bank.fixture.ts';

/** What a client may do, in any order, on one of two keys. */
const command = fc.record({
  does: fc.constantFrom('hold', 'capture', 'void', 'cancelCapture', 'debit', 'cancelDebit', 'refund'),
  key: fc.constantFrom('one', 'two'),
  amount: fc.integer({ min: 1, max: 1_200 }),
  refund: fc.constantFrom('r1', 'r2', 'r3'),
});
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

const run = (it: ReturnType<typeof bank>, { does, key, amount, refund }: Command): string => {
  try {
    if (does === 'refund') return it.refund(refund, key, amount).state;
    const does_ = does as 'hold' | 'capture' | 'void' | 'cancelCapture' | 'debit' | 'cancelDebit';
    return it[does_](key as OperationKey).state;
  } catch (error) {
    return (error as Error).name;
  }
};

describe('whatever is asked in whatever order', () => {
  property.prop([fc.array(command, { maxLength: 20 }), fc.integer({ min: 0, max: 2_500 })])(
    'no money is made or lost, and nothing goes below zero',
    (commands, opening) => {
      const it = bank(opening);
      for (const each of commands) {
        run(it, each);
        const { available, held, cleared } = it.books();
        expect(available + held + cleared).toBe(opening);
        expect(Math.min(available, held, cleared)).toBeGreaterThanOrEqual(0);
        const charges = it.charges();
        expect(held).toBe(charges.reduce((sum, c) => sum + (c.state === 'held' ? c.amount : 0), 0));
        expect(cleared).toBe(
          charges.reduce(
            (sum, c) => sum + (c.state === 'taken' || c.state === 'refunded' ? c.amount - c.refunded : 0),
            0,
          ),
        );
      }
    },
  );

  property.prop([fc.array(command, { maxLength: 12 }), command])(
    'asking again at once changes nothing more and gets the same answer, but for what a cancellation refuses',
    (commands, last) => {
      const it = bank();
      for (const each of commands) run(it, each);
      const first = run(it, last);
      const books = it.books();
      expect(run(it, last)).toBe(first);
      expect(it.books()).toEqual(books);
    },
  );

  property.prop([fc.array(command, { maxLength: 12 }), fc.array(command, { maxLength: 12 })])(
    'once both compensations were answered all money is back, and nothing that comes late moves any',
    (before, after) => {
      const it = bank();
      const holds = (each: Command) => ({
        ...each,
        does: /debit/i.test(each.does) ? 'capture' : each.does,
      });
      for (const each of before.map(holds)) run(it, each);
      for (const key of ['one', 'two'] as OperationKey[]) {
        it.cancelCapture(key);
        it.void(key);
      }
      expect(it.books()).toEqual({ available: OPENING, held: 0, cleared: 0 });
      for (const each of after.map(holds)) run(it, each);
      expect(it.books()).toEqual({ available: OPENING, held: 0, cleared: 0 });
    },
  );
});
