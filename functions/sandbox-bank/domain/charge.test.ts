import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountId, ClearingAlias, OperationKey } from '../contract.ts';
import { type Account, wellBehaved } from './account.ts';
import { type Charge, cancelCapture, captureHold, type Decision, placeHold, voidHold } from './charge.ts';
import { cancelDebit, debitAccount, type Refund, refundCharge } from './debit.ts';
import { viewOf } from './view.ts';

const into = 'clearing:paytm-saga' as ClearingAlias;
const asker = { key: 'payment_1-reserve' as OperationKey, client: 'paytm-saga' };
const terms = { account: 'account_1' as AccountId, amount: 1_000, instrument: 'upi' } as never;
const OPENING = 1_500;

/** The bank in one variable: one account, one clearing account, charges and refunds by key. */
const bank = (opening = OPENING) => {
  let account: Account = {
    id: 'account_1' as AccountId,
    reference: 'asha',
    available: opening,
    held: 0,
    behaviour: wellBehaved,
    openedAt: '2026-11-24T10:00:00.000Z',
  };
  let cleared = 0;
  const charges = new Map<string, Charge>();
  const refunds = new Map<string, Refund>();
  const keep = <R extends Charge | Refund>({ record, money }: Decision<R>): R => {
    if (money !== undefined) {
      account = {
        ...account,
        available: account.available + money.available,
        held: account.held + money.held,
      };
      cleared += money.cleared;
    }
    if (record.kind === 'refund') refunds.set(record.key, record);
    else charges.set(record.key, record);
    return record;
  };
  return {
    books: () => ({ available: account.available, held: account.held, cleared }),
    charges: () => [...charges.values()],
    state: (key = asker.key) => charges.get(key)?.state,
    tell: (behaviour: Partial<Account['behaviour']>) => {
      account = { ...account, behaviour: { ...account.behaviour, ...behaviour } };
    },
    hold: (key = asker.key, body = terms) =>
      keep(placeHold(charges.get(key), account, { ...asker, key }, body)),
    capture: (key = asker.key) => keep(captureHold(charges.get(key), { ...asker, key }, into, 'txn_1')),
    void: (key = asker.key) => keep(voidHold(charges.get(key), { ...asker, key })),
    cancelCapture: (key = asker.key) => keep(cancelCapture(charges.get(key), { ...asker, key })),
    debit: (key = asker.key) =>
      keep(
        debitAccount(
          charges.get(key),
          account,
          { ...asker, key },
          { ...(terms as object), into } as never,
          'txn_2',
        ),
      ),
    cancelDebit: (key = asker.key) => keep(cancelDebit(charges.get(key), { ...asker, key })),
    refund: (key: string, of: string, amount: number) => {
      const decision = refundCharge(
        refunds.get(key),
        charges.get(of),
        { ...asker, key: key as OperationKey },
        { of: of as OperationKey, amount: amount as never },
        'txn_3',
      );
      if (decision.charge !== undefined) charges.set(of, decision.charge);
      return keep(decision);
    },
  };
};

const thrown = (name: string, facts: object = {}) =>
  expect.objectContaining({ name, facts: expect.objectContaining(facts) });

describe('a hold', () => {
  it('sets money aside and leaves the balance as it is', () => {
    const it = bank();
    expect(viewOf(it.hold())).toMatchObject({ state: 'held', amount: 1_000, chargeCancelled: false });
    expect(it.books()).toEqual({ available: 500, held: 1_000, cleared: 0 });
  });

  it('is declined with Z9 when not enough is available, and stays declined after money came', () => {
    const poor = bank(999);
    expect(poor.hold()).toMatchObject({ state: 'declined', code: 'Z9' });
    expect(poor.books()).toEqual({ available: 999, held: 0, cleared: 0 });
    expect(poor.hold()).toMatchObject({ state: 'declined', code: 'Z9' });
  });

  it('is declined with the code that the account was told to answer, however much money there is', () => {
    const it = bank();
    it.tell({ declineCode: 'ZM' });
    expect(it.hold()).toMatchObject({ state: 'declined', code: 'ZM' });
    it.tell({ declineCode: null });
    expect(it.hold()).toMatchObject({ state: 'declined', code: 'ZM' });
  });

  it('refuses another amount under the same key', () => {
    const it = bank();
    it.hold();
    expect(() => it.hold(asker.key, { ...(terms as object), amount: 999 } as never)).toThrow(
      thrown('IdempotencyKeyReusedError'),
    );
    expect(() => it.debit()).toThrow(thrown('IdempotencyKeyReusedError'));
  });

  it('of another client is out of reach', () => {
    const it = bank();
    const hold = it.hold();
    expect(() => voidHold(hold, { ...asker, client: 'paytm-wallet' })).toThrow(thrown('ForbiddenError'));
  });

  it('comes too late after its void, before which there was nothing', () => {
    const it = bank();
    expect(viewOf(it.void())).toEqual({ kind: 'hold', key: asker.key, state: 'cancelled' });
    expect(() => it.hold()).toThrow(thrown('HoldCancelledError', { key: asker.key }));
    expect(it.books()).toEqual({ available: OPENING, held: 0, cleared: 0 });
  });

  it('comes too late after its void, although it had come before', () => {
    const it = bank();
    it.hold();
    expect(viewOf(it.void())).toMatchObject({ state: 'voided' });
    expect(() => it.hold()).toThrow(thrown('HoldCancelledError'));
  });
});

describe('a capture', () => {
  it('moves all that is held into the clearing account', () => {
    const it = bank();
    it.hold();
    expect(viewOf(it.capture())).toMatchObject({ state: 'captured', into, refunded: 0 });
    expect(it.books()).toEqual({ available: 500, held: 0, cleared: 1_000 });
  });

  it('goes into nobody else’s clearing account', () => {
    const it = bank();
    const hold = it.hold();
    expect(() => captureHold(hold, asker, 'clearing:paytm-wallet' as ClearingAlias, 'txn_1')).toThrow(
      thrown('ForbiddenError'),
    );
  });

  it('of nothing is not found', () => {
    expect(() => bank().capture()).toThrow(thrown('NotFoundError', { what: 'hold' }));
  });

  it('is refused by name after a void, a decline and a cancellation', () => {
    const voided = bank();
    voided.hold();
    voided.void();
    expect(() => voided.capture()).toThrow(thrown('HoldVoidedError'));
    const declined = bank(1);
    declined.hold();
    expect(() => declined.capture()).toThrow(thrown('HoldDeclinedError', { code: 'Z9' }));
    const early = bank();
    early.void();
    expect(() => early.capture()).toThrow(thrown('HoldCancelledError'));
    const cancelled = bank();
    cancelled.hold();
    cancelled.cancelCapture();
    expect(() => cancelled.capture()).toThrow(thrown('CaptureCancelledError'));
    expect(cancelled.books()).toEqual({ available: 500, held: 1_000, cleared: 0 });
  });

  it('keeps its hold from being voided until all of it was given back', () => {
    const it = bank();
    it.hold();
    it.capture();
    expect(() => it.void()).toThrow(thrown('HoldCapturedError'));
    it.refund('refund-1', asker.key, 400);
    expect(() => it.void()).toThrow(thrown('HoldCapturedError'));
    it.cancelCapture();
    expect(viewOf(it.void())).toMatchObject({ state: 'refunded', refunded: 1_000 });
    expect(it.books()).toEqual({ available: OPENING, held: 0, cleared: 0 });
  });

  it('that was cancelled after it happened is refused when it comes again', () => {
    const it = bank();
    it.hold();
    it.capture();
    it.cancelCapture();
    expect(() => it.capture()).toThrow(thrown('CaptureCancelledError'));
    expect(it.books()).toEqual({ available: OPENING, held: 0, cleared: 0 });
  });
});

describe('a debit', () => {
  it('takes at once, and is undone by one call', () => {
    const it = bank();
    expect(viewOf(it.debit())).toMatchObject({ state: 'debited', into });
    expect(it.books()).toEqual({ available: 500, held: 0, cleared: 1_000 });
    expect(viewOf(it.cancelDebit())).toMatchObject({ state: 'refunded', chargeCancelled: true });
    expect(it.books()).toEqual({ available: OPENING, held: 0, cleared: 0 });
    expect(() => it.debit()).toThrow(thrown('DebitCancelledError'));
  });

  it('comes too late after its cancellation', () => {
    const it = bank();
    it.cancelDebit();
    expect(() => it.debit()).toThrow(thrown('DebitCancelledError'));
  });

  it('is declined like a hold', () => {
    expect(bank(999).debit()).toMatchObject({ state: 'declined', code: 'Z9' });
  });
});

describe('a refund', () => {
  it('gives back parts until nothing is left', () => {
    const it = bank();
    it.debit();
    it.refund('refund-1', asker.key, 400);
    expect(it.state()).toBe('taken');
    it.refund('refund-2', asker.key, 600);
    expect(it.state()).toBe('refunded');
    expect(() => it.refund('refund-3', asker.key, 1)).toThrow(thrown('RefundTooLargeError', { left: 0 }));
  });

  it('happens once under its key, and another amount under it is refused', () => {
    const it = bank();
    it.debit();
    it.refund('refund-1', asker.key, 400);
    it.refund('refund-1', asker.key, 400);
    expect(it.books().cleared).toBe(600);
    expect(() => it.refund('refund-1', asker.key, 401)).toThrow(thrown('IdempotencyKeyReusedError'));
  });

  it('of what was not taken is refused', () => {
    const it = bank();
    expect(() => it.refund('refund-1', asker.key, 1)).toThrow(thrown('NothingToRefundError'));
    it.hold();
    expect(() => it.refund('refund-1', asker.key, 1)).toThrow(thrown('NothingToRefundError'));
  });
});

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
