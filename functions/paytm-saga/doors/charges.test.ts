import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HouseError } from '../../../shared/errors/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { MERCHANT, PAYER, settleIn } from '../city.fixture.ts';
import { events, type LinkId, type PaymentId } from '../contract.ts';
import { settlementOf } from '../domain/settlement.ts';
import { cityWithDoors, customer, heardLog, operator, system } from '../doors.fixture.ts';
import { close } from '../steps/close.ts';
import { stepDone } from '../store/payments.ts';

const UP_TO = rupees(500);
const zomato = system('zomato-ordering');
const irctc = system('irctc-booking');

let city: ReturnType<typeof cityWithDoors>;
let link: LinkId;
beforeEach(async () => {
  heardLog();
  city = cityWithDoors();
  await settleIn(city.store, { payments: [] });
  const body = { system: 'zomato-ordering', customer: 'customer_1', upTo: UP_TO };
  link = (await city.createLink(customer(), { body })).body.id;
});
afterEach(() => {
  vi.restoreAllMocks();
});

const order = (over: object = {}) => ({
  ...{ reference: 'order_1', merchantId: MERCHANT, amount: rupees(300), method: 'paytm_wallet' },
  ...{ link, customer: 'customer_1' },
  ...over,
});
const charge = async (over: object = {}, idempotencyKey = 'key-1') =>
  (await city.startPayment(zomato, { body: order(over), idempotencyKey })).body;
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: HouseError) => error,
  );
const paymentsOf = async () => (await city.listPayments(customer())).body.items;
const told = (type: string) =>
  city.store.all().flatMap(({ pk, event }) => {
    const one = event as { type: string; data: object } | undefined;
    return String(pk).startsWith('OUTBOX#') && one?.type === type ? [one.data] : [];
  });
/** The money has come to the merchant, and the saga says so. */
const completed = async (id: PaymentId) => {
  const { merchant, commission, gst } = settlementOf(rupees(300));
  const at = city.clock.now().toISOString();
  const facts = { merchantAmount: merchant, commission, gst };
  await city.store.transact([stepDone(id, 'settle_merchant', at, facts)]);
  const input = { payment: id, correlationId: 'correlation', traceparent: 'trace' };
  await close(city.ports)(input, { executionId: `${id}.1` });
};

describe('a payment that a system starts by a link', () => {
  it('is its payer’s, who finds it among their own, and keeps who started it', async () => {
    const { id, ...body } = await charge();
    expect(body).toMatchObject({ payer: PAYER, reference: 'order_1', link, status: 'in_progress' });
    expect(city.started).toEqual([`${id}.1`]);
    expect((await paymentsOf()).map((one) => one.id)).toEqual([id]);
    expect(await city.ports.payments.load(id)).toMatchObject({ startedBy: zomato.subject, link });
    const { items } = (await city.listPaymentHistory(operator, { path: { paymentId: id } })).body;
    expect(items).toMatchObject([{ what: 'accepted', by: zomato.subject }]);
  });

  it('may be as much as the link lets it be, and not a paisa more', async () => {
    await charge({ amount: UP_TO });
    const error = await refusalOf(charge({ amount: UP_TO + 1, reference: 'order_2' }, 'key-2'));
    expect(error).toMatchObject({ name: 'LinkNotUsableError', status: 409 });
    expect(error?.facts).toEqual({ link, because: 'amount', upTo: UP_TO });
    expect(await paymentsOf()).toHaveLength(1);
  });

  it('is refused once the link has ended; what was accepted before is answered as it was', async () => {
    const first = await charge();
    await city.endLink(customer(), { path: { linkId: link } });
    const error = await refusalOf(charge({ reference: 'order_2' }, 'key-2'));
    expect(error).toMatchObject({ name: 'LinkNotUsableError', status: 409, facts: { because: 'ended' } });
    expect(await charge()).toEqual(first);
    expect(await paymentsOf()).toHaveLength(1);
  });

  it('is refused as if there were no link to any system but its own', async () => {
    const none = 'link_0198c0de-0000-7000-8000-00000000dead';
    for (const [caller, id] of [[irctc, link] as const, [zomato, none] as const]) {
      const error = await refusalOf(city.startPayment(caller, { body: order({ link: id }) }));
      expect(error).toMatchObject({ name: 'NotFoundError', facts: { what: 'link', id } });
    }
    expect(await paymentsOf()).toEqual([]);
  });

  it('is refused as if there were no link to a system that means another of its customers', async () => {
    const error = await refusalOf(charge({ customer: 'customer_2' }));
    expect(error).toMatchObject({ name: 'NotFoundError', facts: { what: 'link', id: link } });
    await expect(charge({ customer: undefined })).rejects.toThrow('customer');
    expect(await paymentsOf()).toEqual([]);
  });

  it.each([
    ['without a link', zomato, { link: undefined, customer: undefined }, /the link by which/, /वह लिंक जिससे/],
    ['by a customer, with one', customer(), {}, /no link: it is for systems/, /कोई लिंक नहीं/],
  ] as const)('is refused %s, in both languages', async (_, caller, over, en, hi) => {
    const error = await refusalOf(city.startPayment(caller, { body: order(over) }));
    expect(error).toMatchObject({
      ...{ name: 'InvalidInputError', status: 400 },
      facts: {
        issues: [
          {
            field: 'body.link',
            expected: expect.stringMatching(en),
            expectedHi: expect.stringMatching(hi),
          },
        ],
      },
    });
    expect(await paymentsOf()).toEqual([]);
  });

  it('has a reference that is the payer’s, whoever started what', async () => {
    await charge();
    const mine = city.startPayment(customer(), { body: order({ link: undefined, customer: undefined }) });
    await expect(mine).rejects.toMatchObject({ name: 'ReferenceTakenError' });
  });
});

describe('what a system has started', () => {
  it('it may read; what others have started for the same payer it may not', async () => {
    const { id } = await charge();
    const path = { paymentId: id };
    expect((await city.getPayment(zomato, { path })).body).toEqual(
      (await city.getPayment(customer(), { path })).body,
    );
    const own = (
      await city.startPayment(customer(), {
        body: { ...order(), reference: 'own', link: undefined, customer: undefined },
      })
    ).body.id;
    for (const [caller, paymentId] of [[irctc, id] as const, [zomato, own] as const]) {
      const asked = city.getPayment(caller, { path: { paymentId } });
      await expect(asked).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'payment' } });
    }
  });

  it('says so to the city when it has ended, with the reference, and of which system it is', async () => {
    const { id } = await charge();
    await completed(id);
    expect(told(events.completed.type)).toEqual([
      expect.objectContaining({ payment: id, reference: 'order_1', startedBy: zomato.subject }),
    ]);
  });

  it('it may give back, and sees the refund, but not who asked for it', async () => {
    const { id } = await charge();
    await completed(id);
    const path = { paymentId: id };
    const asked = { path, body: { reason: 'the kitchen is closed' } };
    const others = city.refundPayment(irctc, asked);
    await expect(others).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'payment' } });
    const { status, body } = await city.refundPayment(zomato, asked);
    expect([status, body.status, body.amount]).toEqual([202, 'completed', rupees(300)]);
    expect(body).not.toHaveProperty('by');
    expect((await city.refundPayment(zomato, asked)).body).toEqual(body);
    const ofIt = { paymentId: id, refundId: body.id };
    expect((await city.getRefund(zomato, { path: ofIt })).body).toEqual(body);
    expect((await city.listPaymentRefunds(zomato, { path })).body.items).toEqual([body]);
    await expect(city.getRefund(irctc, { path: ofIt })).rejects.toMatchObject({ name: 'NotFoundError' });
    expect((await city.getRefund(operator, { path: ofIt })).body.by).toBe(zomato.subject);
    expect(told(events.refundCompleted.type)).toEqual([
      expect.objectContaining({ refund: body.id, reference: 'order_1', startedBy: zomato.subject }),
    ]);
  });

  it('is no more the system’s when an operator has the order made again', async () => {
    const { id } = await charge();
    const { body } = await city.rerunPayment(operator, { path: { paymentId: id } });
    expect(body).not.toHaveProperty('link');
    const asked = city.getPayment(zomato, { path: { paymentId: body.id } });
    await expect(asked).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
