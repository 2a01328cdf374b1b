import { beforeEach, describe, expect, it } from 'vitest';
import type { OrderId } from '../contract.ts';
import {
  customer,
  kitchen,
  type OpenOrdering,
  openOrdering,
  operator,
  PAYMENT,
  ravi,
  rider,
  supper,
} from '../ordering.fixture.ts';

let ordering: OpenOrdering;
let id: OrderId;
beforeEach(async () => {
  ordering = await openOrdering();
  ({ id } = await ordering.place());
});
const paid = () => ordering.hear(id, 'PaymentCompleted');
const cooked = async () => {
  await paid();
  for (const to of ['ACCEPTED', 'PREPARING', 'READY'] as const) await ordering.move(id, to);
};

describe('an order moves', () => {
  it('from the payment over kitchen and rider to the door, each telling of it', async () => {
    await paid();
    await ordering.move(id, 'ACCEPTED');
    await ordering.take(id);
    await ordering.move(id, 'PREPARING');
    await ordering.move(id, 'READY');
    for (const to of ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const)
      await ordering.move(id, to, rider());
    const order = await ordering.order(id);
    expect(order).toMatchObject({
      state: 'DELIVERED',
      payment: { state: 'paid', id: PAYMENT },
      rider: { id: 'rider_1' },
    });
    expect(order.moves.map(({ to, by }) => `${by} ${to}`)).toEqual([
      'customer PLACED',
      'payment PAYMENT_CONFIRMED',
      'kitchen ACCEPTED',
      'rider RIDER_ASSIGNED',
      'kitchen PREPARING',
      'kitchen READY',
      'rider PICKED_UP',
      'rider OUT_FOR_DELIVERY',
      'rider DELIVERED',
    ]);
    const told = ordering.told(id);
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(told.at(-1)?.data).toMatchObject({ from: 'OUT_FOR_DELIVERY', to: 'DELIVERED', rider: 'rider_1' });
  });

  it('and is not cooked before it is paid', async () => {
    await expect(ordering.move(id, 'ACCEPTED')).rejects.toThrow('MoveNotAllowedError');
    await paid();
    expect((await ordering.move(id, 'ACCEPTED')).state).toBe('ACCEPTED');
  });

  it('without a payment before, where it is paid at the door, and is paid there', async () => {
    const cash = await ordering.place(supper({ payment: { method: 'cash_on_delivery' } }), customer(ravi));
    for (const to of ['ACCEPTED', 'PREPARING', 'READY'] as const) await ordering.move(cash.id, to);
    await ordering.take(cash.id);
    for (const to of ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const)
      await ordering.move(cash.id, to, rider());
    expect((await ordering.order(cash.id, operator)).payment.state).toBe('paid');
  });

  it('once, however often it is said', async () => {
    await paid();
    const first = await ordering.move(id, 'ACCEPTED');
    expect(await ordering.move(id, 'ACCEPTED')).toEqual(first);
    await ordering.move(id, 'PREPARING');
    expect((await ordering.move(id, 'ACCEPTED')).state).toBe('PREPARING');
  });

  it.each([
    ['a step that is left out', 'PREPARING', kitchen()],
    ['a rider’s step by the kitchen', 'PICKED_UP', kitchen()],
    ['a step back to where nobody was', 'REJECTED', kitchen()],
  ] as const)('not by %s', async (_, to, who) => {
    await paid();
    if (to !== 'PREPARING') await ordering.move(id, 'ACCEPTED');
    await expect(ordering.move(id, to, who, { reason: 'x' })).rejects.toThrow('MoveNotAllowedError');
  });

  it('by nobody whose business it is not, who learns not even that it exists', async () => {
    await paid();
    const unknown = id.replace(/.$/, '0') as OrderId;
    for (const who of [kitchen('rest_001'), rider('rider_2')]) {
      const seen = await ordering.move(id, 'ACCEPTED', who).catch((error: unknown) => error);
      expect(seen).toMatchObject({ name: 'NotFoundError', facts: { what: 'order', id } });
      await expect(ordering.move(unknown, 'ACCEPTED', who)).rejects.toThrow('NotFoundError');
    }
    await expect(ordering.order(id, customer(ravi))).rejects.toThrow('NotFoundError');
  });

  it('only if it is what the caller has seen, where that is asked', async () => {
    await paid();
    await expect(ordering.move(id, 'ACCEPTED', kitchen(), { ifMatch: '"1"' })).rejects.toMatchObject({
      name: 'PreconditionFailedError',
      facts: { expected: '"1"', found: '"2"' },
    });
    expect((await ordering.move(id, 'ACCEPTED', kitchen(), { ifMatch: 'W/"1", "2"' })).version).toBe(3);
    expect((await ordering.move(id, 'PREPARING', kitchen(), { ifMatch: '*' })).version).toBe(4);
  });
});

describe('a rider', () => {
  it('takes an order that is cooked or waits, and no other', async () => {
    await expect(ordering.take(id)).rejects.toThrow('MoveNotAllowedError');
    await paid();
    await ordering.move(id, 'ACCEPTED');
    const taken = await ordering.take(id);
    expect(taken.rider).toEqual({ state: 'RIDER_ASSIGNED', id: 'rider_1' });
    expect(await ordering.take(id)).toEqual(taken);
    await expect(ordering.take(id, rider('rider_2'))).rejects.toThrow('OrderTakenError');
  });

  it('gives it back, and another one takes it', async () => {
    await cooked();
    await expect(ordering.move(id, 'PICKED_UP', rider())).rejects.toThrow('NotFoundError');
    await ordering.take(id);
    await ordering.giveBack(id);
    expect((await ordering.order(id)).rider).toEqual({ state: 'RIDER_UNASSIGNED' });
    await expect(ordering.giveBack(id)).rejects.toThrow('NotFoundError');
    await ordering.take(id, rider('rider_2'));
    await ordering.move(id, 'PICKED_UP', rider('rider_2'));
    await expect(ordering.giveBack(id, rider('rider_2'))).rejects.toThrow('MoveNotAllowedError');
    await expect(ordering.order(id, rider())).rejects.toThrow('NotFoundError');
  });

  it('finds what looks for one, and nothing of whom it is for', async () => {
    const wanted = async () =>
      (await ordering.ports.orders.wanted({ limit: 10 })).items.map((order) => order.id);
    expect(await wanted()).toEqual([]);
    await paid();
    await ordering.move(id, 'ACCEPTED');
    expect(await wanted()).toEqual([id]);
    await ordering.take(id);
    expect(await wanted()).toEqual([]);
    await ordering.giveBack(id);
    expect(await wanted()).toEqual([id]);
    await ordering.cancel(id);
    expect(await wanted()).toEqual([]);
  });
});
