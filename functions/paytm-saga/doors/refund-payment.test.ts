import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeerUnavailableError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import {
  completedPayment,
  DAY,
  MERCHANT,
  newPayment,
  PAYER,
  paymentId,
  START,
  settleIn,
} from '../city.fixture.ts';
import type { Method, PaymentId, RefundId } from '../contract.ts';
import { events } from '../contract.ts';
import { settlementOf } from '../domain/settlement.ts';
import { cityWithDoors, customer, heardLog, operator, stranger } from '../doors.fixture.ts';

const AMOUNT = rupees(1_500);
const merchant: Caller = { subject: MERCHANT, roles: ['merchant'] };
const other: Caller = { subject: MERCHANT.replace(/2$/, '9'), roles: ['merchant'] };
const unreachable = () => new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });

let city: ReturnType<typeof cityWithDoors>;
let log: ReturnType<typeof heardLog>;
beforeEach(() => {
  log = heardLog();
  city = cityWithDoors();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A payment that has completed: at the bank, in the ledger's past, and in its record. */
const paid = async (method: Method = 'upi'): Promise<PaymentId> => {
  const payment = completedPayment({ method, amount: AMOUNT });
  await settleIn(city.store, { payments: [payment] });
  await city.bank.bank.hold(payment.id, { account: 'account', amount: AMOUNT, method });
  await city.bank.bank.capture(payment.id);
  return payment.id;
};
const asked = (paymentId: PaymentId, body: object = {}, idempotencyKey = 'key-1') => ({
  ...{ path: { paymentId }, idempotencyKey },
  body: { reason: 'the vada pav was cold', ...body },
});
const postings = async () => {
  const shards = [0, 1, 2, 3].map((shard) =>
    city.listPostings(operator, { path: { day: DAY }, query: { shard } }),
  );
  return (await Promise.all(shards)).flatMap(({ body }) => body.items);
};
const at = async (account: string) =>
  (await postings()).reduce((sum, line) => sum + (line.account === account ? line.amount : 0), 0);
const told = (type: string) =>
  city.store
    .all()
    .filter(
      ({ pk, event }) => String(pk).startsWith('OUTBOX#') && (event as { type?: string })?.type === type,
    );
const sweepOften = async (times: number) => {
  for (let n = 0; n < times; n += 1) {
    city.clock.advance(60_000);
    await city.sweep();
  }
};
const look = async (payment: PaymentId, refund: RefundId, caller: Caller = operator) =>
  (await city.getRefund(caller, { path: { paymentId: payment, refundId: refund } })).body;

describe('a refund by the merchant', () => {
  it('takes the merchant’s part, commission and tax, and the bank pays it back', async () => {
    const id = await paid();
    const { status, headers, body } = await city.refundPayment(merchant, asked(id, { amount: rupees(500) }));
    expect([status, headers]).toEqual([202, { Location: `refunds/${body.id}` }]);
    expect(body).toMatchObject({ payment: id, amount: rupees(500), status: 'completed', endedAt: START });
    expect(body).toMatchObject({ merchantAmount: rupees(485), commission: 1_271, gst: 229 });
    expect(body.transactionId).toBe(`bank-${body.id}`);
    expect(city.bank.clearing()).toBe(rupees(1_000));
    const accounts = [`merchant:${MERCHANT}`, 'commission', 'gst-output', 'refunds-due', 'bank-clearing'];
    expect(await Promise.all(accounts.map(at))).toEqual([-48_500, -1_271, -229, 0, 50_000]);
    const steps = (await postings()).map(({ payment, step }) => `${step} of ${payment}`);
    expect(steps.sort()).toEqual([
      ...Array.from({ length: 4 }, () => `refund of ${id}`),
      ...Array.from({ length: 2 }, () => `refund_paid of ${id}`),
    ]);
    const { body: payment } = await city.getPayment(customer(), { path: { paymentId: id } });
    expect(payment).toMatchObject({ status: 'completed', refunded: rupees(500) });
  });

  it('tells the city and the payer, in the order of its own numbers', async () => {
    const id = await paid();
    const { body } = await city.refundPayment(merchant, asked(id));
    const [completed] = told(events.refundCompleted.type);
    expect(completed?.event).toMatchObject({
      ...{ subject: body.id, sequence: 1 },
      data: { refund: body.id, payment: id, payer: PAYER, merchant: MERCHANT, amount: AMOUNT, method: 'upi' },
    });
    const [notice] = told(events.noticeRequested.type);
    expect(notice?.event).toMatchObject({
      ...{ subject: body.id, sequence: 2 },
      data: { kind: 'refund_notice', refund: body.id, recipient: PAYER, amount: AMOUNT },
    });
  });

  it('of what came from a wallet is there at once, and no bank is asked', async () => {
    const id = await paid('paytm_wallet');
    city.faults.payBack = unreachable();
    const { body } = await city.refundPayment(merchant, asked(id));
    expect(body).toMatchObject({ amount: AMOUNT, status: 'completed', endedAt: START });
    expect((await city.getWallet(customer(), { path: { userId: PAYER } })).body.balance).toBe(AMOUNT);
    expect(await Promise.all([`wallet:${PAYER}`, 'refunds-due', 'bank-clearing'].map(at))).toEqual([
      AMOUNT,
      0,
      0,
    ]);
    expect(told(events.refundCompleted.type)).toHaveLength(1);
    expect(city.bank.paidBack.size).toBe(0);
  });

  it('comes once under its key, also when nothing is left, and another body under it is refused', async () => {
    const id = await paid();
    const first = await city.refundPayment(merchant, asked(id));
    expect(await city.refundPayment(merchant, asked(id))).toEqual(first);
    expect([city.bank.clearing(), await at('bank-clearing')]).toEqual([0, AMOUNT]);
    const less = city.refundPayment(merchant, asked(id, { amount: 1 }));
    await expect(less).rejects.toMatchObject({ name: 'IdempotencyKeyReusedError' });
  });

  it('of more than is left is refused, and nothing moves', async () => {
    const id = await paid();
    for (const key of ['one', 'two']) await city.refundPayment(merchant, asked(id, { amount: 70_000 }, key));
    const more = city.refundPayment(merchant, asked(id, { amount: 10_001 }, 'three'));
    await expect(more).rejects.toMatchObject({
      name: 'RefundTooLargeError',
      status: 422,
      facts: { left: 10_000 },
    });
    const rest = await city.refundPayment(operator, asked(id, {}, 'four'));
    expect(rest.body.amount).toBe(10_000);
    const accounts = [`merchant:${MERCHANT}`, 'commission', 'gst-output', 'refunds-due'];
    const { merchant: part, commission, gst } = settlementOf(AMOUNT);
    expect(await Promise.all(accounts.map(at))).toEqual([-part, -commission, -gst, 0]);
    await expect(city.refundPayment(operator, asked(id, {}, 'five'))).rejects.toMatchObject({
      facts: { left: 0 },
    });
  });

  it('that meets another on the way reads again, and gives up only after eight of them', async () => {
    const id = await paid();
    const { payments } = city.ports;
    const stale = await payments.load(id);
    await city.refundPayment(merchant, asked(id, { amount: 100 }, 'first'));
    const load = vi.spyOn(payments, 'load').mockResolvedValueOnce(stale).mockResolvedValueOnce(stale);
    expect((await city.refundPayment(merchant, asked(id, { amount: 200 }, 'second'))).status).toBe(202);
    expect((await payments.load(id)).refunded).toBe(300);
    load.mockResolvedValue(stale);
    const never = city.refundPayment(merchant, asked(id, { amount: 200 }, 'third'));
    await expect(never).rejects.toMatchObject({ name: 'VersionConflictError', retryable: true });
  });

  it('of a payment that has not completed is refused', async () => {
    await settleIn(city.store, { payments: [newPayment()] });
    const early = city.refundPayment(merchant, asked(paymentId(0)));
    await expect(early).rejects.toMatchObject({ name: 'PaymentNotCompletedError', status: 409 });
  });
});

describe('whose refund it is', () => {
  it('decides the merchant: another one, or a payer, does not even find the payment', async () => {
    const id = await paid();
    const strangers = [other, { subject: PAYER, roles: ['merchant'] }] as const;
    for (const caller of strangers) {
      const refund = city.refundPayment(caller, asked(id));
      await expect(refund).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'payment' } });
    }
    expect(city.bank.clearing()).toBe(AMOUNT);
  });

  it('is seen by payer, merchant and operator, the audit by the last only, and by nobody else', async () => {
    const id = await paid();
    const ids: RefundId[] = [];
    for (const key of ['one', 'two', 'three']) {
      city.clock.advance(1_000);
      ids.unshift((await city.refundPayment(merchant, asked(id, { amount: 100 }, key))).body.id);
    }
    const [newest] = ids as [RefundId];
    const path = { paymentId: id };
    for (const caller of [customer(), merchant, operator]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 2, ...(cursor ? { cursor } : {}) };
        const { body } = await city.listPaymentRefunds(caller, { path, query });
        seen.push(...body.items.map((refund) => refund.id));
        cursor = body.next;
      } while (cursor);
      expect(seen).toEqual(ids);
      expect((await look(id, newest, caller)).by).toBe(caller === operator ? MERCHANT : undefined);
    }
    for (const caller of [customer(stranger), other]) {
      await expect(look(id, newest, caller)).rejects.toMatchObject({ name: 'NotFoundError' });
      await expect(city.listPaymentRefunds(caller, { path })).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    }
    const elsewhere = look(paymentId(1), newest);
    await expect(elsewhere).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'refund' } });
  });
});

describe('a refund that the bank does not answer', () => {
  it('is due until the sweeper gets an answer, and is paid once', async () => {
    const id = await paid();
    city.faults.payBack = unreachable();
    const { status, body } = await city.refundPayment(merchant, asked(id));
    expect([status, body.status]).toEqual([202, 'in_progress']);
    expect(log.at(-1)).toMatchObject({ level: 'WARN', refundId: body.id });
    expect([await at('refunds-due'), await at('bank-clearing'), city.bank.clearing()]).toEqual([
      AMOUNT,
      0,
      0,
    ]);
    expect((await city.listRefunds(operator)).body.items).toMatchObject([
      { id: body.id, status: 'in_progress' },
    ]);
    expect(told(events.refundCompleted.type)).toEqual([]);
    await sweepOften(2);
    delete city.faults.payBack;
    await sweepOften(1);
    expect(await look(id, body.id)).toMatchObject({ status: 'completed' });
    expect([await at('refunds-due'), await at('bank-clearing'), city.bank.clearing()]).toEqual([
      0,
      AMOUNT,
      0,
    ]);
    expect((await city.refundPayment(merchant, asked(id))).body.status).toBe('completed');
    expect((await city.listRefunds(operator)).body.items).toEqual([]);
  });

  it('is parked after fifteen sweeps', async () => {
    const id = await paid();
    city.faults.payBack = unreachable();
    const { body } = await city.refundPayment(merchant, asked(id));
    await sweepOften(14);
    expect([await look(id, body.id), city.parked()]).toMatchObject([{ status: 'in_progress' }, []]);
    await sweepOften(3);
    expect(await look(id, body.id)).toMatchObject({
      status: 'needs_attention',
      attention: 'PeerUnavailableError',
    });
    expect([city.parked(), city.letters()]).toEqual([[body.id], [body.id]]);
  });
});

describe('a refund to an account that takes no money', () => {
  it('is parked at once, and goes on when an operator says so', async () => {
    const id = await paid();
    city.bank.behaviour.creditsBlocked = true;
    const { body } = await city.refundPayment(merchant, asked(id));
    await sweepOften(1);
    expect([await look(id, body.id, merchant), city.letters()]).toMatchObject([
      { status: 'needs_attention' },
      [body.id],
    ]);
    const query = { state: 'needs_attention' };
    const { items } = (await city.listRefunds(operator, { query })).body;
    expect(items).toMatchObject([{ id: body.id, attention: 'CreditsBlockedError' }]);
    expect(await at('refunds-due')).toBe(AMOUNT);
    city.bank.behaviour.creditsBlocked = false;
    await sweepOften(1);
    expect((await look(id, body.id)).status).toBe('needs_attention');

    const resume = { path: { refundId: body.id }, body: { reason: 'the account is open again' } };
    for (const _ of [1, 2]) {
      expect(await city.resumeRefund(operator, resume)).toMatchObject({
        status: 202,
        body: { status: 'in_progress' },
      });
    }
    expect(city.letters()).toEqual([]);
    await sweepOften(1);
    const audit = { by: 'operator', reason: 'the account is open again', after: 'CreditsBlockedError' };
    const seen = await look(id, body.id);
    expect(seen).toMatchObject({ status: 'completed', resumptions: [audit] });
    expect(seen).not.toHaveProperty('attention');
    expect([city.bank.clearing(), await at('refunds-due')]).toEqual([0, 0]);
    const late = city.resumeRefund(operator, { ...resume, idempotencyKey: 'key-2' });
    await expect(late).rejects.toMatchObject({
      name: 'NothingToResumeError',
      facts: { status: 'completed' },
    });
  });
});
