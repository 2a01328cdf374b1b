import { describe, expect, it } from 'vitest';
import type { ClearingAlias } from '../contract.ts';
import { asker, bank, into, OPENING, terms } from './bank.fixture.ts';
import type { Charge } from './charge.ts';
import type { Refund } from './debit.ts';
import { captureHold, voidHold } from './hold.ts';
import { viewOf as viewAt } from './view.ts';

const viewOf = (record: Charge | Refund) => viewAt(record, new Date('2026-11-24T10:00:00.000Z'));
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
    expect(() => voidHold(hold, { ...asker, client: 'paytm-wallet' }, it.at())).toThrow(
      thrown('ForbiddenError'),
    );
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
    expect(() =>
      captureHold(hold, asker, 'clearing:paytm-wallet' as ClearingAlias, 'txn_1', {
        at: it.at(),
        settlesAfterMs: 0,
      }),
    ).toThrow(thrown('ForbiddenError'));
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
