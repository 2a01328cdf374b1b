import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { OperationKey, PlaceHold } from '../contract.ts';
import { bank, OPENING, terms } from './bank.fixture.ts';

type Bank = ReturnType<typeof bank>;

const SECONDS = 60;
const ask = { ...(terms as PlaceHold), approval: { flow: 'qr', expiresInSeconds: SECONDS } } as PlaceHold;
const A_DAY_MS = 86_400_000;

const does = ['hold', 'capture', 'void', 'cancelCapture', 'debit', 'cancelDebit', 'refund'] as const;
/** What the payer, time and the back office do beside. */
const besides = ['ask', 'approve', 'decline', 'wait', 'comeRound'] as const;

const holdDoes = ['hold', 'ask', 'approve', 'capture', 'void', 'cancelCapture', 'wait', 'comeRound'] as const;

/** What may happen, in any order, on one of two keys. */
const command = fc.record({
  does: fc.constantFrom(...does, ...besides),
  key: fc.constantFrom('one', 'two'),
  amount: fc.integer({ min: 1, max: 1_200 }),
  refund: fc.constantFrom('r1', 'r2', 'r3'),
  waits: fc.constantFrom(1, 30_000, SECONDS * 1_000, 900_000),
});
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** How the account behaves: captures settle at once, soon, or when many things have happened. */
const lateness = fc.constantFrom(0, 30_000, A_DAY_MS);

const open = (settlesAfterMs: number, opening = OPENING): Bank => {
  const it = bank(opening);
  it.tell({ approvals: 'by_hand', settlesAfterMs });
  return it;
};

const run = (it: Bank, { does, key: name, amount, refund, waits }: Command): string => {
  const key = name as OperationKey;
  try {
    switch (does) {
      case 'ask':
        return it.hold(key, ask as never).state;
      case 'approve':
      case 'decline':
        return it.answer(does, key).state;
      case 'wait':
        it.wait(waits);
        return 'waited';
      case 'comeRound':
        it.comeRound();
        return 'came round';
      case 'refund':
        return it.refund(refund, key, amount).state;
      default:
        return it[does](key).state;
    }
  } catch (error) {
    return (error as Error).name;
  }
};

const onHolds = (each: Command): Command => ({
  ...each,
  does: each.does === 'debit' || each.does === 'cancelDebit' ? 'capture' : each.does,
});
/** What becomes of one hold, without what a random walk loses itself in. */
const onOneHold = fc.record({
  does: fc.constantFrom(...holdDoes),
  waits: fc.constantFrom(30_000, SECONDS * 1_000),
  ...{ key: fc.constant('one'), amount: fc.constant(1), refund: fc.constant('r1') },
}) as typeof command;
const CAPTURED = ['settling', 'taken'];
const ALIVE = ['awaiting', 'held', ...CAPTURED];
const keys = ['one', 'two'] as OperationKey[];
const commands = (maxLength: number) => fc.array(command, { maxLength });
const ALL = { available: OPENING, held: 0, cleared: 0 };

describe('whatever is asked in whatever order', () => {
  property.prop([commands(20), fc.integer({ min: 0, max: 2_500 }), lateness])(
    'no money is made or lost, and nothing goes below zero',
    (all, opening, late) => {
      const it = open(late, opening);
      for (const each of all) {
        run(it, each);
        const { available, held, cleared } = it.books();
        expect(available + held + cleared).toBe(opening);
        expect(Math.min(available, held, cleared)).toBeGreaterThanOrEqual(0);
        const charges = it.charges();
        const isHeld = (state: string) => state === 'held' || state === 'settling';
        expect(held).toBe(
          charges.reduce((sum, c) => sum + ('amount' in c && isHeld(c.state) ? c.amount : 0), 0),
        );
        expect(cleared).toBe(
          charges.reduce(
            (sum, c) => sum + (c.state === 'taken' || c.state === 'refunded' ? c.amount - c.refunded : 0),
            0,
          ),
        );
      }
    },
  );

  property.prop([commands(12), command, lateness])(
    'asking again at once changes nothing more and gets the same answer, but for what a cancellation refuses',
    (all, last, late) => {
      fc.pre(last.does !== 'wait');
      const it = open(late);
      for (const each of all) run(it, each);
      const first = run(it, last);
      const [books, told] = [it.books(), it.told()];
      expect(run(it, last)).toBe(first);
      expect([it.books(), it.told()]).toEqual([books, told]);
    },
  );

  property.prop([commands(14), commands(12), lateness])(
    'once both compensations were answered all money is back, and nothing that comes late moves any',
    (before, after, late) => {
      const it = open(late);
      for (const each of before.map(onHolds)) run(it, each);
      const undo = () => keys.flatMap((key) => [() => it.cancelCapture(key), () => it.void(key)]);
      for (const undone of undo()) {
        try {
          undone();
        } catch (error) {
          // What has been promised cannot be undone before it has happened; then it can.
          expect((error as Error).name).toBe('OutcomePendingError');
        }
      }
      it.wait(late);
      it.comeRound();
      for (const undone of undo()) undone();
      expect(it.books()).toEqual(ALL);
      for (const each of after.map(onHolds)) {
        run(it, each);
        expect(it.books()).toEqual(ALL);
      }
    },
  );

  property.prop([fc.array(onOneHold, { maxLength: 16 }), lateness], { numRuns: 300 })(
    'once a cancellation was answered, what it cancels is not there and does not come',
    (all, late) => {
      const it = open(late);
      const refused = new Set<string>();
      for (const each of all) {
        const isAnswered = !run(it, each).endsWith('Error');
        if (isAnswered && each.does === 'cancelCapture') for (const state of CAPTURED) refused.add(state);
        if (isAnswered && each.does === 'void') for (const state of ALIVE) refused.add(state);
        expect(refused).not.toContain(it.state(each.key as OperationKey));
      }
    },
  );

  property.prop([commands(14)])(
    'the compensations are answered at once where captures settle at once, also of what has run out',
    (before) => {
      const it = open(0);
      for (const each of before.map(onHolds)) run(it, each);
      for (const key of keys) {
        it.cancelCapture(key);
        it.void(key);
      }
      expect(it.books()).toEqual(ALL);
    },
  );

  property.prop([commands(20), lateness])(
    'what nobody has captured in time is available again, and what was captured has moved',
    (all, late) => {
      const it = open(late);
      for (const each of all) run(it, each);
      it.wait(A_DAY_MS);
      it.comeRound();
      expect(it.books().held).toBe(0);
      for (const { state } of it.charges()) expect(['awaiting', 'held', 'settling']).not.toContain(state);
    },
  );

  property.prop([commands(12), fc.constantFrom('approve', 'decline', 'capture', 'ask'), lateness])(
    'a request whose time is over moves nothing any more, and its client is told once',
    (all, last, late) => {
      const it = open(late);
      it.hold('three' as OperationKey, ask as never);
      for (const each of all) run(it, each);
      it.wait(SECONDS * 1_000);
      const books = it.books();
      const too = { does: last, key: 'three', amount: 1, refund: 'r1', waits: 1 } as unknown as Command;
      expect(run(it, too)).toMatch(/^(Request|Hold)ExpiredError$/);
      expect(it.books()).toEqual(books);
      for (const _ of [1, 2]) it.comeRound();
      expect(it.state('three' as OperationKey)).toBe('expired');
      expect(it.toldOf('three' as OperationKey)).toEqual(['expired']);
    },
  );

  property.prop([commands(20), lateness])(
    'a client is told how it ends once, and nothing after that',
    (all, late) => {
      const it = open(late);
      for (const each of all) run(it, each);
      for (const key of keys) {
        expect(['', 'held', 'declined', 'expired', 'captured', 'held,captured', 'held,expired']).toContain(
          it.toldOf(key).join(),
        );
      }
    },
  );
});
