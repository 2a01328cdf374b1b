import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeerUnavailableError } from '../../../shared/errors/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { MERCHANT, PAYER, paymentId } from '../city.fixture.ts';
import type { HistoryEntry } from '../contract.history.ts';
import type { Payment } from '../domain/payment.ts';
import { type Asked, cityWithDoors, customer, heardLog, operator, stranger } from '../doors.fixture.ts';
import { onePayment, PAYMENT } from '../one-payment.fixture.ts';
import { sweepOnce } from '../operator.fixture.ts';
import { merchantChanged } from '../store/people.ts';

beforeEach(() => {
  heardLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** One payment, the machine that drives it, and the doors of its city. */
const setUp = async (over: Partial<Payment> & { wallet?: number } = {}) => {
  const saga = await onePayment(over);
  const doors = cityWithDoors(saga.store);
  const path = { paymentId: PAYMENT };
  const history = async (caller = operator, asked: Asked = {}) =>
    (await doors.listPaymentHistory(caller, { path, ...asked })).body.items;
  return { ...saga, doors, path, history };
};
/** In short: what, and which step. */
const short = (entries: readonly HistoryEntry[]) =>
  entries.map(({ what, step, outcome, status }) => [what, step ?? status, outcome].filter(Boolean).join(' '));

const STEPS_TO_CAPTURE = [
  ...['done validate_user', 'done check_kyc', 'done validate_merchant', 'done check_fraud'],
  ...['asked reserve_funds', 'done reserve_funds', 'asked process_payment', 'done process_payment'],
];

describe('the history of a payment', () => {
  it('is what happened, in order, to its payer; an operator sees by which execution, and what moved', async () => {
    const { execute, history } = await setUp();
    expect(await execute()).toBe('Completed');
    const told = [
      ...STEPS_TO_CAPTURE,
      ...['done settle_merchant', 'done notify_merchant', 'done send_receipt', 'done update_analytics'],
      'ended completed',
    ];
    const payers = await history(customer());
    expect(short(payers)).toEqual(told);
    for (const entry of payers) expect(Object.keys(entry)).not.toContain('execution');
    expect(JSON.stringify(payers)).not.toContain('hold:');

    const seen = await history();
    expect(short(seen)).toEqual(told);
    expect(new Set(seen.map(({ execution }) => execution))).toEqual(new Set([1]));
    expect(seen.find(({ step }) => step === 'settle_merchant')).toMatchObject({
      transaction: expect.stringMatching(/^transaction_/),
      postings: [
        { account: `hold:${PAYER}`, amount: -150_000 },
        { account: `merchant:${MERCHANT}`, amount: 145_500 },
        { account: 'commission', amount: 3_814 },
        { account: 'gst-output', amount: 686 },
      ],
    });
  });

  it('tells the turn with its reason in the reader’s language, and what was undone', async () => {
    const city = await setUp();
    await city.execute(1, { dieAt: 'SettleMerchant' });
    await city.store.transact([merchantChanged(MERCHANT, { settlement: 'frozen' })]);
    expect(await city.execute(1)).toBe('Compensated');
    const english = await city.history(customer());
    expect(short(english)).toEqual([
      ...STEPS_TO_CAPTURE,
      ...['turned_back', 'undone process_payment reversed', 'undone reserve_funds nothing'],
      'ended compensated',
    ]);
    const reasonIn = (entries: HistoryEntry[]) => entries.find(({ what }) => what === 'turned_back')?.reason;
    expect(reasonIn(english)).toEqual({
      name: 'SettlementFrozenError',
      detail: expect.stringContaining('settlement account is frozen'),
    });
    const hindi = await city.history(customer(), { language: 'hi' });
    expect(reasonIn(hindi)?.detail).toContain('निपटान खाता रोका गया');
  });

  it('tells operators who let it go on and why, and by whom it was handed over', async () => {
    const city = await setUp();
    await city.execute(1, { dieAt: 'ReserveFunds' });
    city.known.set(`${PAYMENT}.1`, 'ended');
    city.clock.advance(60_000);
    await sweepOnce(city as never);
    city.outage.add('refund');
    await city.store.transact([merchantChanged(MERCHANT, { settlement: 'frozen' })]);
    expect(await city.execute(2)).toBe('NeedsAttention');
    city.doors.clock.advance(120_000);
    await city.doors.resumePayment(operator, { path: city.path, body: { reason: 'the bank is back' } });
    city.outage.clear();
    city.clock.advance(180_000);
    expect(await city.execute(3)).toBe('Compensated');

    const seen = await city.history();
    expect(seen.find(({ what }) => what === 'handed_over')).toMatchObject({
      ...{ by: 'sweeper', execution: 1, next: 2 },
    });
    expect(seen.find(({ what }) => what === 'needs_attention')).toMatchObject({
      ...{ execution: 2, reason: { name: expect.any(String), detail: expect.stringMatching(/\.$/) } },
    });
    expect(seen.find(({ what }) => what === 'resumed')).toMatchObject({
      ...{ by: 'operator', note: 'the bank is back', next: 3, after: expect.any(String) },
    });
    const payers = await city.history(customer());
    expect(short(payers)).not.toContain('handed_over');
    expect(payers.find(({ what }) => what === 'resumed')).toEqual({
      ...{ at: expect.any(String), what: 'resumed' },
    });
  });

  it('has the refunds: to its payer with the merchant’s word, to operators with what they wait for', async () => {
    const city = await setUp();
    await city.execute();
    const { doors, path } = city;
    doors.bank.charges.set(PAYMENT, { state: 'taken', amount: 150_000, chargeCancelled: false });
    doors.faults.payBack = new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });
    doors.clock.advance(1_000);
    const merchant = { subject: MERCHANT, roles: ['merchant'] as const };
    const { body: refund } = await doors.refundPayment(merchant, {
      path,
      body: { amount: rupees(500), reason: 'one of three was cold' },
    });
    for (let n = 0; n < 15; n += 1) {
      doors.clock.advance(60_000);
      await doors.sweep();
    }
    doors.clock.advance(60_000);
    const mended = { path: { refundId: refund.id }, body: { reason: 'the bank is back' } };
    await doors.resumeRefund(operator, mended);
    delete doors.faults.payBack;
    doors.clock.advance(60_000);
    await doors.sweep();

    const about = { refund: refund.id };
    const seen = (await city.history()).filter((entry) => entry.refund);
    expect(seen).toMatchObject([
      { what: 'refund_accepted', ...about, amount: 50_000, by: MERCHANT, note: 'one of three was cold' },
      { what: 'refund_needs_attention', ...about, reason: { name: 'PeerUnavailableError' } },
      { what: 'refund_resumed', ...about, by: 'operator', note: 'the bank is back' },
      { what: 'refund_paid', ...about, amount: 50_000, postings: [{}, { account: 'bank-clearing' }] },
    ]);
    const payers = (await city.history(customer())).filter((entry) => entry.refund);
    expect(payers).toEqual([
      {
        ...{ at: expect.any(String), what: 'refund_accepted', ...about, amount: 50_000 },
        note: 'one of three was cold',
      },
      { at: expect.any(String), what: 'refund_paid', ...about, amount: 50_000 },
    ]);
  });

  it('begins when it was accepted, and comes page by page', async () => {
    const doors = cityWithDoors();
    const body = { reference: 'PAY_001', merchantId: MERCHANT, amount: rupees(10) };
    const { id } = (await doors.startPayment(customer(), { body })).body;
    await doors.startPayment(customer(), { body });
    const path = { paymentId: id };
    expect((await doors.listPaymentHistory(operator, { path })).body.items).toMatchObject([
      { what: 'accepted', amount: rupees(10), by: PAYER },
    ]);
    const city = await setUp();
    await city.execute();
    const seen: HistoryEntry[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 3, ...(cursor ? { cursor } : {}) };
      const { body } = await city.doors.listPaymentHistory(customer(), { path: city.path, query });
      expect(body.items.length).toBeLessThanOrEqual(3);
      seen.push(...body.items);
      cursor = body.next;
    } while (cursor);
    expect(seen).toEqual(await city.history(customer()));
  });

  it('is its payer’s and an operator’s: to others it does not exist', async () => {
    const { doors, path } = await setUp();
    const others = doors.listPaymentHistory(customer(stranger), { path });
    const none = doors.listPaymentHistory(customer(), { path: { paymentId: paymentId(9) } });
    for (const asked of [others, none]) {
      await expect(asked).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'payment' } });
    }
  });
});
