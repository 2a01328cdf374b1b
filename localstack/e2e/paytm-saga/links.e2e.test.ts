import { beforeAll, describe, expect, it } from 'vitest';
import { events, type LinkId, type PaymentId, routes } from '../../../functions/paytm-saga/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ended, type Person, paidBack, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { serviceOf } from '../service.ts';
import { tableOf } from '../table.ts';

const { cast, city, differences, run, stage } = openCity();
/** The saga itself stands for the system that charges: it has a secret as every system that calls another one. */
const SYSTEM = 'paytm-saga';
const system = stage.as(serviceOf(SYSTEM, city), 'paytm-saga', routes);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const MINUTE = 60_000;

let asha: Person;
let ravi: Person;
let kitchen: Awaited<ReturnType<typeof cast.merchant>>;
beforeAll(async () => {
  [asha, ravi, kitchen] = await Promise.all([
    cast.person('linked', { wallet: 1_000 }),
    cast.person('not-linked'),
    cast.merchant('linked-kitchen'),
  ]);
}, MINUTE);

const linkOf = async (name: string, to = SYSTEM) =>
  (
    await asha.doors.createLink({
      body: { system: to, customer: 'customer_1', upTo: rupees(500) },
      idempotencyKey: `${run}.${name}`,
    })
  ).body;
const charge = (link: LinkId, reference: string, amount = 300, customer = 'customer_1') =>
  system.startPayment({
    body: {
      ...{ reference, merchantId: kitchen, amount: rupees(amount), method: 'paytm_wallet' },
      ...{ link, customer },
    },
    idempotencyKey: `${run}.${reference}`,
  });
const refund = (paymentId: PaymentId) =>
  system.refundPayment({
    path: { paymentId },
    body: { reason: 'the kitchen is closed' },
    idempotencyKey: `${run}.${paymentId}`,
  });

describe('a system with a link', () => {
  it('charges its payer, follows the payment, and gives it back', async () => {
    const link = await linkOf('charged');
    expect(link).toMatchObject({ user: asha.id, system: SYSTEM, upTo: rupees(500) });
    const started = await charge(link.id, 'charged');
    const { id } = started.body;
    expect([started.status, started.headers.location]).toEqual([202, `payments/${id}`]);
    expect(started.body).toMatchObject({ payer: asha.id, link: link.id, reference: 'charged' });
    expect((await charge(link.id, 'charged')).body.id).toBe(id);
    const path = { paymentId: id };
    const done = await waitFor(
      async () => {
        const { body } = await system.getPayment({ path });
        return body.status === 'in_progress' ? undefined : body;
      },
      { what: `payment ${id} to end`, timeoutMs: MINUTE },
    );
    expect(done.status).toBe('completed');
    expect((await asha.doors.getPayment({ path })).body).toEqual(done);
    const { body } = await refund(id);
    expect(await paidBack(system, id, body.id, MINUTE)).toMatchObject({ amount: rupees(300) });

    // What the city has heard lets the system know its own.
    const told = [...(await table.outboxOf(id)), ...(await table.outboxOf(body.id))];
    for (const type of [events.completed.type, events.refundCompleted.type])
      expect(told.find(({ event }) => event.type === type)?.event.data, type).toMatchObject({
        ...{ payment: id, reference: 'charged', startedBy: `service:${SYSTEM}` },
      });
  });

  it('takes no more by it than it allows, and nothing once its payer has ended it', async () => {
    const link = await linkOf('ended');
    await expect(charge(link.id, 'too-much', 501)).rejects.toMatchObject({
      ...{ name: 'LinkNotUsableError', status: 409 },
      facts: { because: 'amount', upTo: rupees(500) },
    });
    const path = { linkId: link.id };
    await expect(ravi.doors.endLink({ path })).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
    const { body } = await asha.doors.endLink({ path });
    expect(body).toEqual({ ...link, endedAt: expect.any(String) });
    expect((await asha.doors.endLink({ path })).body).toEqual(body);
    await expect(charge(link.id, 'too-late')).rejects.toMatchObject({
      ...{ name: 'LinkNotUsableError', status: 409 },
      facts: { because: 'ended' },
    });
  });

  it('finds no link of another system, and no payment that it has not started', async () => {
    const others = await linkOf('others', 'another-system');
    await expect(charge(others.id, 'others')).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
    const own = await linkOf('own');
    const stolen = charge(own.id, 'stolen', 300, 'customer_2');
    await expect(stolen).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
    const { id } = await pay(asha, {
      reference: 'mine',
      merchant: kitchen,
      amount: 10,
      method: 'paytm_wallet',
    });
    const asked = system.getPayment({ path: { paymentId: id } });
    await expect(asked).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
    expect((await ended(asha, id, MINUTE)).status).toBe('completed');
    await expect(refund(id)).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
  });
});

it('a system without a link, and a customer with one, are told of the field', async () => {
  const { id: link } = await linkOf('named');
  const body = { reference: 'named', merchantId: kitchen, amount: rupees(1) };
  for (const asked of [
    () => system.startPayment({ body, idempotencyKey: `${run}.without` }),
    () =>
      asha.doors.startPayment({
        body: { ...body, link, customer: 'customer_1' },
        idempotencyKey: `${run}.with`,
      }),
  ])
    await expect(asked()).rejects.toMatchObject({
      ...{ name: 'InvalidInputError', status: 400 },
      detail: expect.stringContaining('body.link'),
    });
});

it('leaves the books in order after all of them', async () => {
  expect(await differences()).toEqual([]);
});
