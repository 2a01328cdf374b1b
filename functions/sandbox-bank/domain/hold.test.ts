import { describe, expect, it } from 'vitest';
import type { PlaceHold } from '../contract.ts';
import { asker, bank, OPENING, terms } from './bank.fixture.ts';
import type { Charge } from './charge.ts';
import { viewOf } from './view.ts';

const thrown = (name: string, facts: object = {}) =>
  expect.objectContaining({ name, facts: expect.objectContaining(facts) });

const ask = { ...(terms as PlaceHold), approval: { flow: 'qr', expiresInSeconds: 60 } } as PlaceHold;
const ALL = { available: OPENING, held: 0, cleared: 0 };
const HELD = { available: OPENING - 1_000, held: 1_000, cleared: 0 };

/** A bank whose payers answer by hand, and one of them has been asked. */
const asked = (opening = OPENING) => {
  const one = bank(opening);
  one.tell({ approvals: 'by_hand' });
  one.hold(asker.key, ask as never);
  return { ...one, view: (record: Charge) => viewOf(record, one.at()) };
};

describe('a request', () => {
  it('waits for the payer, and sets nothing aside meanwhile', () => {
    const it = asked();
    const again = it.view(it.hold(asker.key, ask as never));
    expect(again).toMatchObject({
      state: 'awaiting',
      approval: { flow: 'qr', expiresAt: '2026-11-24T10:01:00.000Z' },
    });
    expect(again).not.toHaveProperty('expiresAt');
    expect(it.books()).toEqual(ALL);
    expect(() => it.capture()).toThrow(thrown('HoldAwaitingError', { key: asker.key }));
  });

  it('is the same whenever it is made again, however long it then has; another way to ask is another one', () => {
    const it = asked();
    const shorter = { ...ask, approval: { flow: 'qr', expiresInSeconds: 7 } };
    expect(it.view(it.hold(asker.key, shorter as never)).approval?.expiresAt).toBe(
      '2026-11-24T10:01:00.000Z',
    );
    const other = { ...ask, approval: { flow: 'intent', expiresInSeconds: 60 } };
    expect(() => it.hold(asker.key, other as never)).toThrow(thrown('IdempotencyKeyReusedError'));
  });

  it('is approved, and from then on a hold like any other', () => {
    const it = asked();
    for (const _ of [1, 2]) {
      expect(it.view(it.answer('approve'))).toMatchObject({
        state: 'held',
        expiresAt: '2026-11-24T10:15:00.000Z',
      });
      expect(it.books()).toEqual(HELD);
    }
    expect(() => it.answer('decline')).toThrow(thrown('IdempotencyKeyReusedError'));
    expect(it.view(it.capture())).toMatchObject({ state: 'captured' });
    expect(it.view(it.answer('approve'))).toMatchObject({ state: 'captured' });
    expect(it.told()).toEqual(['held']);
  });

  it('is declined by the payer, for good', () => {
    const it = asked();
    for (const _ of [1, 2]) expect(it.answer('decline')).toMatchObject({ state: 'declined', code: 'ZA' });
    expect(() => it.answer('approve')).toThrow(thrown('IdempotencyKeyReusedError'));
    expect(it.hold(asker.key, ask as never)).toMatchObject({ state: 'declined', code: 'ZA' });
    expect(() => it.capture()).toThrow(thrown('HoldDeclinedError', { code: 'ZA' }));
    expect(it.books()).toEqual(ALL);
    expect(it.told()).toEqual(['declined']);
  });

  it('is declined by the bank when the payer approves what is not there', () => {
    const it = asked(999);
    for (const _ of [1, 2]) expect(it.answer('approve')).toMatchObject({ state: 'declined', code: 'Z9' });
    expect(it.told()).toEqual(['declined']);
  });

  it('expires when nobody answers, and moves nothing when the answer comes at last', () => {
    for (const comesRound of [false, true]) {
      const it = asked();
      it.wait(60_000);
      if (comesRound) it.comeRound();
      for (const decision of ['approve', 'decline'] as const) {
        expect(() => it.answer(decision)).toThrow(thrown('RequestExpiredError', { key: asker.key }));
      }
      const expired = thrown('HoldExpiredError', { key: asker.key, code: 'U69' });
      expect(() => it.hold(asker.key, ask as never)).toThrow(expired);
      expect(() => it.capture()).toThrow(expired);
      expect(it.view(it.cancelCapture())).toMatchObject({ state: 'expired' });
      expect(it.view(it.void())).toMatchObject({ state: 'expired' });
      expect(it.books()).toEqual(ALL);
      expect(it.told()).toEqual(['expired']);
    }
  });

  it('counts to its last millisecond', () => {
    const it = asked();
    it.wait(59_999);
    it.comeRound();
    expect(it.answer('approve')).toMatchObject({ state: 'held' });
  });

  it('is withdrawn by its void, and an answer after that is refused', () => {
    const it = asked();
    for (const _ of [1, 2]) expect(it.view(it.void())).toMatchObject({ state: 'voided' });
    expect(() => it.answer('approve')).toThrow(thrown('HoldVoidedError'));
    expect(() => it.hold(asker.key, ask as never)).toThrow(thrown('HoldCancelledError'));
    it.wait(60_000);
    it.comeRound();
    expect([it.state(), it.books(), it.told()]).toEqual(['voided', ALL, []]);
  });

  it('whose capture was cancelled is captured no more, whatever the payer answers', () => {
    const it = asked();
    for (const _ of [1, 2]) expect(it.view(it.cancelCapture())).toMatchObject({ state: 'awaiting' });
    expect(() => it.capture()).toThrow(thrown('CaptureCancelledError'));
    expect(it.answer('approve')).toMatchObject({ state: 'held', chargeCancelled: true });
    expect(() => it.capture()).toThrow(thrown('CaptureCancelledError'));
  });

  it('is none where nobody is to be asked, where the app approves at once, and where the bank has said no', () => {
    const unasked = bank();
    unasked.tell({ approvals: 'by_hand' });
    expect(unasked.hold()).toMatchObject({ state: 'held' });
    const atOnce = bank();
    expect(atOnce.hold(asker.key, ask as never)).toMatchObject({ state: 'held', flow: 'qr' });
    const told = bank();
    told.tell({ approvals: 'by_hand', declineCode: 'ZH' });
    expect(told.hold(asker.key, ask as never)).toMatchObject({ state: 'declined', code: 'ZH' });
    for (const one of [unasked, atOnce, told]) {
      expect(() => one.answer('approve')).toThrow(thrown('NothingToAnswerError', { key: asker.key }));
      expect(one.told()).toEqual([]);
    }
    const never = bank();
    expect(() => never.answer('approve')).toThrow(thrown('NotFoundError', { what: 'hold' }));
    never.debit();
    expect(() => never.answer('approve')).toThrow(thrown('NotFoundError'));
  });
});

describe('a hold that is not captured', () => {
  it('expires after as long as its account holds, and its money is available once that is written', () => {
    const it = bank();
    it.tell({ holdsForMs: 2_000 });
    it.hold();
    it.wait(1_999);
    it.comeRound();
    expect(it.state()).toBe('held');
    it.wait(1);
    const expired = thrown('HoldExpiredError', { key: asker.key });
    expect(() => it.capture()).toThrow(expired);
    expect(() => it.hold()).toThrow(expired);
    expect(it.books()).toEqual(HELD);
    it.comeRound();
    expect(it.books()).toEqual(ALL);
    expect(it.told()).toEqual(['expired']);
    try {
      it.capture();
    } catch (error) {
      expect(error).toMatchObject({ name: 'HoldExpiredError', facts: { key: asker.key } });
      expect((error as { facts: object }).facts).not.toHaveProperty('code');
    }
  });

  it('is a quarter of an hour there by default', () => {
    const it = bank();
    expect(viewOf(it.hold(), it.at())).toMatchObject({ expiresAt: '2026-11-24T10:15:00.000Z' });
  });

  it('gives its money back to whoever releases it, though the back office has not come round', () => {
    const it = bank();
    it.hold();
    it.wait(900_000);
    expect(viewOf(it.cancelCapture(), it.at())).toMatchObject({ state: 'expired', chargeCancelled: false });
    for (const _ of [1, 2]) expect(viewOf(it.void(), it.at())).toMatchObject({ state: 'expired' });
    expect(it.books()).toEqual(ALL);
    expect(it.told()).toEqual(['expired']);
  });

  it('of the days before holds expired is held for ever', () => {
    const it = bank();
    const { heldUntil: _none, ...old } = it.hold() as Charge & { state: 'held' };
    it.put(old as Charge);
    it.wait(1e10);
    it.comeRound();
    expect(viewOf(it.capture(), it.at())).toMatchObject({ state: 'captured' });
  });
});

describe('a capture that settles late', () => {
  const settling = () => {
    const it = bank();
    it.tell({ settlesAfterMs: 60_000 });
    it.hold();
    const view = () => viewOf(it.capture(), it.at());
    view();
    return { ...it, view };
  };

  it('is accepted at once, and the money moves later', () => {
    const it = settling();
    it.wait(59_999);
    it.comeRound();
    expect(it.view()).toMatchObject({ state: 'settling', settlesAt: '2026-11-24T10:01:00.000Z' });
    expect(it.books()).toEqual(HELD);
    it.wait(1);
    it.comeRound();
    expect(it.view()).toMatchObject({ state: 'captured', refunded: 0, bankReference: 'txn_1' });
    expect(it.view()).not.toHaveProperty('settlesAt');
    expect(it.books()).toEqual({ available: 500, held: 0, cleared: 1_000 });
    expect(it.told()).toEqual(['captured']);
  });

  it('is settled by the capture that is asked for again in time', () => {
    const it = settling();
    it.wait(60_000);
    expect(viewOf(it.charges()[0] as Charge, it.at())).toMatchObject({ state: 'settling' });
    expect(it.view()).toMatchObject({ state: 'captured' });
    expect(it.books()).toMatchObject({ held: 0, cleared: 1_000 });
    it.comeRound();
    expect(it.told()).toEqual(['captured']);
  });

  it('cannot be undone before anybody knows how it ends, and can as soon as it has', () => {
    const it = settling();
    it.wait(57_500);
    for (const undo of [it.void, it.cancelCapture]) {
      expect(() => undo()).toThrow(
        expect.objectContaining({
          name: 'OutcomePendingError',
          retryable: true,
          retryAfterSeconds: 3,
          facts: { key: asker.key, settlesAt: '2026-11-24T10:01:00.000Z' },
        }),
      );
    }
    expect(() => it.refund('refund-1', asker.key, 1)).toThrow(thrown('NothingToRefundError'));
    it.wait(2_500);
    it.comeRound();
    expect(() => it.void()).toThrow(thrown('HoldCapturedError'));
    expect(it.cancelCapture()).toMatchObject({ state: 'refunded', chargeCancelled: true });
    expect(it.books()).toEqual(ALL);
  });

  it('does not expire: it was captured in time', () => {
    const it = settling();
    it.tell({ settlesAfterMs: 86_400_000 });
    it.hold('p2' as never, { ...(terms as object), amount: 100 } as never);
    it.capture('p2' as never);
    it.wait(3_600_000);
    it.comeRound();
    expect(it.state('p2' as never)).toBe('settling');
  });
});

describe('a hold by card', () => {
  it.each(['credit_card', 'debit_card', 'emi'])(
    'of kind %s is declined in the words of ISO 8583',
    (instrument) => {
      const body = { ...(terms as object), instrument } as never;
      expect(bank(999).hold(asker.key, body)).toMatchObject({ state: 'declined', code: '51' });
    },
  );

  it.each(['upi', 'net_banking'])('is none by %s, which speaks NPCI’s language', (instrument) => {
    const body = { ...(terms as object), instrument } as never;
    expect(bank(999).hold(asker.key, body)).toMatchObject({ state: 'declined', code: 'Z9' });
  });

  it('is paid back in three months where nothing else is said, and under a plan of its own', () => {
    const body = { ...(terms as object), instrument: 'emi' } as never;
    const it = bank();
    expect(viewOf(it.hold(asker.key, body), it.at())).toMatchObject({ emi: { months: 3, instalment: 342 } });
    const six = { ...(body as object), emi: { months: 6 } } as never;
    expect(() => it.hold(asker.key, six)).toThrow(thrown('IdempotencyKeyReusedError'));
  });
});
