import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaymentId, UserId } from '../contract.ts';
import { asha, cityWithDoors, customer, heardLog, operator } from '../doors.fixture.ts';
import { setAside } from '../store/payments.ts';

let city: ReturnType<typeof cityWithDoors>;
let log: ReturnType<typeof heardLog>;
let id: PaymentId;
let payer: UserId;
const asked = (idempotencyKey = 'key-1') => ({
  path: { paymentId: id },
  body: { reason: 'the bank is back' },
  idempotencyKey,
});
/** As the machine parks it: the letter first. */
const parks = async () => {
  const letter = { error: 'TransientError', cause: 'the bank does not answer' };
  await city.ports.parking.park({
    ...letter,
    subject: { payment: id },
    correlationId: 'c',
    traceparent: 't',
  });
  await city.store.transact([setAside(id, 'TransientError', city.clock.now().toISOString())]);
  city.clock.advance(1);
};
const said = (level: string) =>
  log.flatMap((line) => (line.level === level && line.payment === id ? [line.message] : []));

beforeEach(async () => {
  log = heardLog();
  city = cityWithDoors();
  payer = (await city.createUser(operator, { body: asha })).body.id;
  const stall = { reference: 'stall', name: 'Dadar Vada Pav' };
  const merchantId = (await city.createMerchant(operator, { body: stall })).body.id;
  const body = { reference: 'PAY_001', merchantId, amount: 100 };
  id = (await city.startPayment(customer(payer), { body })).body.id;
  await parks();
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('tells operators why it waits for a person, and its payer not', async () => {
  const one = { path: { paymentId: id } };
  expect((await city.getPayment(operator, one)).body.attention).toBe('TransientError');
  const { body } = await city.listPayments(operator, { query: { state: 'needs_attention' } });
  expect(body.items).toMatchObject([{ id, attention: 'TransientError' }]);
  expect((await city.getPayment(customer(payer), one)).body).not.toHaveProperty('attention');
});

describe('the letter of a payment that goes on', () => {
  it('is taken out, so that the alarm goes off', async () => {
    expect(city.letters()).toEqual([id]);
    expect((await city.resumePayment(operator, asked())).status).toBe(202);
    expect(city.letters()).toEqual([]);
    expect(said('WARN')).toEqual([]);
  });

  it('stays where the queue fails; the payment goes on, the log says so, and who asks again takes it out', async () => {
    city.faults.settle = new Error('no such queue');
    expect((await city.resumePayment(operator, asked())).body.status).toBe('in_progress');
    expect(city.started).toEqual([`${id}.1`, `${id}.2`]);
    expect([city.letters(), said('WARN')]).toEqual([[id], ['its letter is left in the parking queue']]);
    delete city.faults.settle;
    await city.resumePayment(operator, asked());
    expect(city.letters()).toEqual([]);
  });

  it('may be gone: then the log says so', async () => {
    await city.ports.parking.settle({ payment: id }, '9999');
    expect((await city.resumePayment(operator, asked())).status).toBe(202);
    expect(said('WARN')).toEqual(['no letter of it was found in the parking queue']);
  });

  it('is left when it came since: who asks again under the first key answers for the first parking', async () => {
    await city.resumePayment(operator, asked());
    await parks();
    await city.resumePayment(operator, asked());
    expect(city.letters()).toEqual([id]);
    await city.resumePayment(operator, asked('key-2'));
    expect(city.letters()).toEqual([]);
  });

  it('is left when it is another payment’s', async () => {
    const other = 'payment_0198c0de-0000-7000-8000-00000000beef' as PaymentId;
    await city.ports.parking.park({
      ...{ subject: { payment: other }, error: 'E', cause: '', correlationId: 'c', traceparent: 't' },
    });
    city.clock.advance(1);
    await city.resumePayment(operator, asked());
    expect(city.letters()).toEqual([other]);
  });
});
