import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import { paymentId } from '../city.fixture.ts';
import { type MerchantId, PaymentId, type UserId } from '../contract.ts';
import { asha, cityWithDoors, customer, heardLog, operator } from '../doors.fixture.ts';

let city: ReturnType<typeof cityWithDoors>;
let payer: UserId;
let merchantId: MerchantId;
beforeEach(async () => {
  heardLog();
  city = cityWithDoors();
  payer = (await city.createUser(operator, { body: asha })).body.id;
  const stall = { reference: 'stall', name: 'Dadar Vada Pav' };
  merchantId = (await city.createMerchant(operator, { body: stall })).body.id;
});
afterEach(() => {
  vi.restoreAllMocks();
});

const paid = async (over: object = {}): Promise<PaymentId> => {
  const body = { reference: 'vada-pav', merchantId, amount: rupees(1_500), ...over };
  return (await city.startPayment(customer(payer), { body })).body.id;
};
const rerun = (id: PaymentId, idempotencyKey = 'again') =>
  city.rerunPayment(operator, { path: { paymentId: id }, idempotencyKey });
const kept = (id: string) => city.ports.payments.load(PaymentId.parse(id));

describe('a rerun of a payment', () => {
  it('is the same order, as a payment of its own that begins', async () => {
    const upi = { flow: 'collect', expiresInSeconds: 60, channel: 'ios_app' };
    const first = await paid({ upi, description: 'two of them', metadata: { table: '7' } });
    city.clock.advance(3_600_000);
    const { status, headers, body } = await rerun(first);
    expect(status).toBe(202);
    expect(headers?.Location).toBe(`../${body.id}`);
    expect(body).toMatchObject({
      ...{ payer, merchant: merchantId, amount: 150_000, method: 'upi', description: 'two of them' },
      ...{ rerunOf: first, status: 'in_progress', steps: [], reference: body.id },
    });
    const [order, again] = await Promise.all([kept(first), kept(body.id)]);
    expect(again).toMatchObject({ upi: order.upi, metadata: { table: '7' }, actor: 1, direction: 'forward' });
    // Asked anew, for as long as the order said.
    expect(again.approval).toEqual({ flow: 'collect', expiresAt: '2026-11-24T11:01:00.000Z' });
    expect(city.started).toEqual([`${first}.1`, `${body.id}.1`]);
  });

  it('by EMI has the months of the order', async () => {
    const { body } = await rerun(await paid({ method: 'emi', emiMonths: 12 }));
    expect(body).toMatchObject({ method: 'emi', emiMonths: 12 });
  });

  it('calls nobody back: whoever ordered the first did not order this', async () => {
    const { body } = await rerun(await paid({ callbackUrl: 'https://shop.example/paid' }));
    expect(await kept(body.id)).not.toHaveProperty('callbackUrl');
  });

  it('is told of to operators: what it is a rerun of, and who wanted it; its payer sees a payment', async () => {
    const first = await paid();
    const { body } = await rerun(first);
    const one = { path: { paymentId: body.id } };
    expect((await city.getPayment(operator, one)).body.rerunOf).toBe(first);
    expect((await city.getPayment(customer(payer), one)).body).not.toHaveProperty('rerunOf');
    expect((await city.getPayment(operator, { path: { paymentId: first } })).body).not.toHaveProperty(
      'rerunOf',
    );
    const history = await city.listPaymentHistory(operator, { ...one, query: {} });
    expect(history.body.items).toMatchObject([{ what: 'accepted', amount: 150_000, by: 'operator' }]);
  });

  it('is one for a key, and another for the next', async () => {
    const first = await paid();
    const { body } = await rerun(first);
    expect((await rerun(first)).body).toEqual(body);
    expect((await rerun(first, 'once-more')).body.id).not.toBe(body.id);
  });

  it('of another payment under the same key is refused', async () => {
    const first = await paid();
    await rerun(first);
    const { body } = await rerun(first, 'other');
    await expect(rerun(PaymentId.parse(body.id))).rejects.toMatchObject({
      name: 'IdempotencyKeyReusedError',
      status: 422,
    });
  });

  it('of a payment that is not there is 404', async () => {
    await expect(rerun(paymentId(9))).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
  });

  it('is accepted also where its start fails: the sweeper starts it', async () => {
    const first = await paid();
    city.faults.start = new Error('Step Functions is away');
    const { status, body } = await rerun(first);
    expect(status).toBe(202);
    expect(city.started).not.toContain(`${body.id}.1`);
    delete city.faults.start;
    city.clock.advance(60_000);
    await city.sweep();
    expect(city.started).toContain(`${body.id}.1`);
  });
});
