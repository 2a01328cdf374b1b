import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { houseIndexes } from '../../../shared/effects/index.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import type { ItemId } from '../contract.ts';
import { hasEnded } from '../domain/order.ts';
import { taken } from '../domain/riding.ts';
import { cancelOrder } from '../doors/cancel-order.ts';
import { moveOrder } from '../doors/move-order.ts';
import { placeOrder } from '../doors/place-order.ts';
import {
  asha,
  CALL,
  customer,
  kitchen,
  LEOPOLD,
  LINK,
  rider,
  seedMenu,
  seedPlace,
  supper,
} from '../ordering.fixture.ts';
import { INDEXES } from './keys.ts';
import { orderingOn } from './ports.ts';

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('zomato-orders', INDEXES);
});
afterAll(() => table?.drop());

const worker = () => {
  const end = performance.now() + 40_000;
  return orderingOn(dynamoStore({ ...table, indexes: { ...houseIndexes, ...INDEXES } }), {
    ...{ now: () => new Date(), ids: uuidV7, chance: Math.random },
    ...{ deadline: () => end - performance.now(), pause },
  });
};
const people = { user: async () => ({ id: asha, link: LINK }) } as never;

it('of fifty riders at once one has the order, and the others are told so', async () => {
  const { catalogue, ...one } = worker();
  await catalogue.publish(LEOPOLD, seedPlace(LEOPOLD));
  await catalogue.publishMenu(LEOPOLD, seedMenu(LEOPOLD));
  const place = placeOrder({ ...one, catalogue, people });
  const body = supper({ payment: { method: 'cash_on_delivery' } });
  const { id } = (await place({ body, caller: customer(), idempotencyKey: 'k' }, CALL)).body;
  await one.orders.change(id, {
    name: 'accept',
    decide: (order) => ({ order: { ...order, state: 'ACCEPTED', version: order.version + 1 }, events: [] }),
  });
  const riders = Array.from({ length: 50 }, (_, n) => `rider_${n}`);
  const outcomes = await Promise.allSettled(
    riders.map((rider) =>
      worker().orders.change(id, {
        name: `take:${rider}`,
        decide: (order) => ({ order: taken(order, rider, new Date().toISOString()), events: [] }),
      }),
    ),
  );
  const has = riders.filter((_, n) => outcomes[n]?.status === 'fulfilled');
  expect(has).toEqual([(await one.orders.load(id)).rider.id]);
  const told = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.name] : []));
  expect(new Set(told)).toEqual(new Set(['OrderTakenError']));
});

it('of a cancellation and a pick-up at once one is first, and the other is told so', async () => {
  const { catalogue, ...one } = worker();
  const body = supper({ payment: { method: 'cash_on_delivery' } });
  const place = placeOrder({ ...one, catalogue, people });
  const { id } = (await place({ body, caller: customer(), idempotencyKey: 'race' }, CALL)).body;
  await one.orders.change(id, {
    name: 'ready',
    decide: (order) => ({
      order: { ...taken({ ...order, state: 'ACCEPTED' }, 'rider_1', order.placedAt), state: 'READY' },
      events: [],
    }),
  });
  const path = { orderId: id };
  const outcomes = await Promise.allSettled([
    cancelOrder(worker())({ path, headers: {}, body: { reason: 'no gas' }, caller: kitchen() }),
    moveOrder(worker())({ path, headers: {}, body: { to: 'PICKED_UP' }, caller: rider() }),
  ]);
  const { state } = await one.orders.load(id);
  const first = outcomes.findIndex(({ status }) => status === 'fulfilled');
  expect(state).toBe(['CANCELLED_BY_RESTAURANT', 'PICKED_UP'][first]);
  expect(outcomes[1 - first]).toMatchObject({
    ...{ status: 'rejected' },
    reason: { name: ['MoveNotAllowedError', 'OrderNotCancellableError'][first] },
  });
});

it('no order is made of a menu that was not, while the kitchen changes it', async () => {
  const { catalogue, orders } = worker();
  const prices = [10_000, 20_000, 30_000];
  const orderedAt: { total: number; unit: number }[] = [];
  await Promise.all([
    (async () => {
      for (const price of prices)
        await catalogue.changeItem(LEOPOLD, 'item_009' as ItemId, { price: price as never });
    })(),
    ...Array.from({ length: 12 }, async (_, n) => {
      const place = placeOrder({ ...worker(), people });
      const body = supper({
        payment: { method: 'cash_on_delivery' },
        items: [{ item: 'item_009', quantity: 1 }],
      });
      const outcome = await place({ body, caller: customer(), idempotencyKey: `menu-${n}` }, CALL).catch(
        (error: unknown) => error,
      );
      if (outcome instanceof Error) return expect(outcome.name).toBe('TransientError');
      const { bill, lines } = (outcome as Awaited<ReturnType<typeof place>>).body;
      orderedAt.push({ total: bill.itemsTotal, unit: lines[0]?.unitPrice ?? 0 });
    }),
  ]);
  expect(orderedAt.length).toBeGreaterThan(0);
  for (const { total, unit } of orderedAt) expect([18_000, ...prices]).toContain(unit === total ? unit : -1);
  const page = await orders.ofCustomer(asha, { limit: 50 });
  expect(page.items.length).toBe(orderedAt.length + 2);
  // What is under way lies in partitions, and is listed as one.
  const ids = page.items.filter((order) => !hasEnded(order)).map(({ id }) => id);
  const { items, more } = await orders.underWay(50);
  expect({ ids: items.map(({ id }) => id), more }).toEqual({ ids: ids.toSorted().toReversed(), more: false });
});
