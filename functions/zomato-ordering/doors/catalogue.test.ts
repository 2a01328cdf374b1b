import { beforeEach, describe, expect, it } from 'vitest';
import { type ItemId, type MenuItem, type OrderId, orderRoutes, type RestaurantId } from '../contract.ts';
import {
  asha,
  customer,
  kitchen,
  LEOPOLD,
  type OpenOrdering,
  openOrdering,
  operator,
  ravi,
  rider,
  seedMenu,
  seedPlace,
} from '../ordering.fixture.ts';
import { catalogue } from '../store/catalogue.ts';
import { changeItem } from './change-item.ts';
import { getMenu } from './get-menu.ts';
import { health } from './health.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listKitchenOrders } from './list-kitchen-orders.ts';
import { listOrders } from './list-orders.ts';
import { listOrdersUnderWay } from './list-orders-under-way.ts';
import { listRestaurants } from './list-restaurants.ts';
import { openRestaurant } from './open-restaurant.ts';
import { publishMenu } from './publish-menu.ts';
import { publishRestaurant } from './publish-restaurant.ts';

let ordering: OpenOrdering;
beforeEach(async () => {
  ordering = await openOrdering();
});
const TOIT = 'rest_001' as RestaurantId;
const list = async (query: object = {}) =>
  (await listRestaurants(ordering.ports)({ query: { limit: 20, sort: 'rating', ...query } as never })).body;
const names = async (query: object = {}) => (await list(query)).items.map(({ name }) => name);
const menu = (restaurantId: RestaurantId = LEOPOLD, over: { query?: object; headers?: object } = {}) =>
  getMenu(ordering.ports)({ path: { restaurantId }, query: {}, headers: {}, ...over } as never);

describe('the list of restaurants', () => {
  it('finds Leopold by Mumbai, whatever the capitals', async () => {
    expect(await names({ location: 'mumbai' })).toEqual(['Leopold Cafe']);
    expect(await list({ location: 'mumbai' })).toMatchObject({ count: 1, filters: { location: 'mumbai' } });
  });

  it.each([
    [
      'the best first',
      { sort: 'rating' },
      ['Toit Brewery', 'Barbeque Nation', 'Saravana Bhavan', 'Leopold Cafe'],
    ],
    [
      'the fastest first',
      { sort: 'delivery' },
      ['Saravana Bhavan', 'Leopold Cafe', 'Toit Brewery', 'Barbeque Nation'],
    ],
    [
      'by the alphabet',
      { sort: 'name' },
      ['Barbeque Nation', 'Leopold Cafe', 'Saravana Bhavan', 'Toit Brewery'],
    ],
    ['by cuisine', { cuisine: 'INDIAN' }, ['Barbeque Nation', 'Saravana Bhavan']],
    ['with something vegetarian', { vegetarian: true }, ['Toit Brewery', 'Saravana Bhavan', 'Leopold Cafe']],
    ['with nothing vegetarian', { vegetarian: false }, ['Barbeque Nation']],
    ['by words of what is cooked', { q: 'dosa' }, ['Saravana Bhavan']],
    ['by all words, not by one of them', { q: 'leopold dosa' }, []],
  ])('%s', async (_, query, found) => {
    expect(await names(query)).toEqual(found);
  });

  it('is read page by page, each restaurant once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await list({ limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...items.map(({ name }) => name));
      cursor = next;
    } while (cursor);
    expect(seen).toEqual(await names());
  });

  it('takes no cursor that it has not given', async () => {
    await expect(list({ cursor: 'yesterday' })).rejects.toThrow('InvalidInputError');
  });

  it('ends a look at last, with what it has found and where to go on', async () => {
    const endless = { ...ordering.store, query: async () => ({ items: [], next: 'further' }) };
    const { search } = catalogue(endless, {} as never, {} as never);
    expect(await search({}, { sort: 'name', limit: 5 })).toEqual({ items: [], next: 'further' });
  });

  it('has none that is closed, or has no menu', async () => {
    await ordering.ports.catalogue.open(TOIT, { open: false });
    await publishRestaurant(ordering.ports)({
      path: { restaurantId: 'rest_009' as RestaurantId },
      body: seedPlace('rest_001'),
    });
    expect(await names()).not.toContain('Toit Brewery');
    await ordering.ports.catalogue.open(TOIT, { open: true });
    expect(await names()).toContain('Toit Brewery');
  });
});

describe('a menu', () => {
  it('has what can be had now, and its categories', async () => {
    const { body, headers } = await menu();
    expect(body?.items.map(({ name }) => name)).toEqual(['Mumbai Pav Bhaji', 'Bombay Duck Curry']);
    expect(body).toMatchObject({ categories: ['Main Course', 'Street Food'], total: 2 });
    expect(headers).toMatchObject({
      ETag: expect.stringMatching(/^"\d+\.\d+"$/),
      'Cache-Control': 'no-cache',
    });
    const vegetarian = await menu(LEOPOLD, { query: { vegetarian: true } });
    expect(vegetarian.body?.items.map(({ name }) => name)).toEqual(['Mumbai Pav Bhaji']);
    expect(vegetarian.headers).not.toEqual(headers);
  });

  it('is not sent again to whoever has it, until it is another one', async () => {
    const { ETag } = (await menu()).headers as { ETag: string };
    const known = { headers: { 'if-none-match': `"other", W/${ETag}` } };
    expect(await menu(LEOPOLD, known)).toMatchObject({ status: 304, headers: { ETag } });
    await changeItem(ordering.ports)({
      path: { restaurantId: LEOPOLD, itemId: 'item_010' as ItemId },
      body: { available: false },
      caller: kitchen(),
    });
    const { status, body } = await menu(LEOPOLD, known);
    expect([status, body?.total]).toEqual([200, 1]);
  });

  it('of a closed restaurant, of none, and of one that has none yet, is not there', async () => {
    await openRestaurant(ordering.ports)({
      path: { restaurantId: LEOPOLD },
      body: { open: false },
      caller: kitchen(),
    });
    await expect(menu()).rejects.toThrow('RestaurantClosedError');
    await expect(menu('rest_999' as RestaurantId)).rejects.toThrow('NotFoundError');
    await ordering.ports.catalogue.publish('rest_009' as RestaurantId, seedPlace('rest_001'));
    await expect(menu('rest_009' as RestaurantId)).rejects.toThrow('NotFoundError');
  });
});

describe('a kitchen', () => {
  const put = (restaurantId: RestaurantId, items: MenuItem[], caller = kitchen(restaurantId)) =>
    publishMenu(ordering.ports)({ path: { restaurantId }, body: { items }, caller });

  it('changes its own menu, and no other’s', async () => {
    const [pavBhaji] = seedMenu(LEOPOLD) as [MenuItem];
    expect((await put(LEOPOLD, [pavBhaji])).body.total).toBe(1);
    await expect(put(LEOPOLD, [pavBhaji], kitchen(TOIT))).rejects.toThrow('ForbiddenError');
    expect((await put(LEOPOLD, [pavBhaji], operator)).body.total).toBe(1);
    const path = { restaurantId: LEOPOLD, itemId: pavBhaji.id };
    await expect(
      changeItem(ordering.ports)({ path, body: { price: 1 as never }, caller: kitchen(TOIT) }),
    ).rejects.toThrow('ForbiddenError');
    await expect(
      openRestaurant(ordering.ports)({ path, body: { open: false }, caller: kitchen(TOIT) }),
    ).rejects.toThrow('ForbiddenError');
  });

  it('names no item that another one has, now or before', async () => {
    await expect(put(TOIT, seedMenu(LEOPOLD))).rejects.toThrow('ItemOfOtherRestaurantError');
    expect((await menu(TOIT)).body?.total).toBe(3);
  });

  it('says nothing of an item that is not on its menu', async () => {
    const path = { restaurantId: LEOPOLD, itemId: 'item_004' as ItemId };
    await expect(
      changeItem(ordering.ports)({ path, body: { available: true }, caller: kitchen() }),
    ).rejects.toThrow('NotFoundError');
  });

  it('is published again without losing its menu, or being opened', async () => {
    await ordering.ports.catalogue.open(LEOPOLD, { open: false, opensAt: '2026-11-29T14:00:00.000Z' });
    const { body } = await publishRestaurant(ordering.ports)({
      path: { restaurantId: LEOPOLD },
      body: { ...seedPlace(LEOPOLD), rating: 5 },
    });
    expect(body).toMatchObject({ rating: 5, open: false, vegetarian: true });
    await ordering.ports.catalogue.open(LEOPOLD, { open: true });
    expect((await names())[0]).toBe('Leopold Cafe');
  });

  it('keeps both of two changes at once', async () => {
    const { catalogue: kept } = ordering.ports;
    await Promise.all([
      kept.changeItem(LEOPOLD, 'item_009' as ItemId, { available: false }),
      kept.changeItem(LEOPOLD, 'item_010' as ItemId, { price: 1 as never }),
      kept.open(LEOPOLD, { open: true }),
    ]);
    const { menu: now } = await kept.kitchen(LEOPOLD);
    expect(now.items).toMatchObject([{ available: false }, { price: 1 }]);
  });
});

describe('lists of orders', () => {
  it('are a customer’s own, newest first, and nobody else’s', async () => {
    const { ports, place, clock } = ordering;
    const first = await place();
    clock.advance(1_000);
    const second = await place();
    const of = (userId: typeof asha, caller = customer(), query: object = {}) =>
      listOrders(ports)({ path: { userId }, query: { limit: 20, ...query }, caller });
    expect((await of(asha)).body.items.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await of(asha)).body.items[0]).toMatchObject({
      total: 90_136,
      restaurant: 'Leopold Cafe',
      itemsCount: 3,
    });
    await expect(of(asha, customer(ravi))).rejects.toThrow('ForbiddenError');
    expect((await of(ravi, operator)).body.items).toEqual([]);
    const { items, next } = (await of(asha, customer(), { limit: 1 })).body;
    expect(items).toHaveLength(1);
    expect((await of(asha, customer(), { limit: 1, cursor: next })).body.items.map(({ id }) => id)).toEqual([
      first.id,
    ]);
  });

  it('are a kitchen’s own, without those that have ended', async () => {
    const { ports, place } = ordering;
    const [first, second] = [await place(), await place()];
    await ordering.cancel(first.id);
    const query = { limit: 20 };
    const { body } = await listKitchenOrders(ports)({
      path: { restaurantId: LEOPOLD },
      query,
      caller: kitchen(),
    });
    expect(body.items.map(({ id }) => id)).toEqual([second.id]);
    await expect(
      listKitchenOrders(ports)({ path: { restaurantId: LEOPOLD }, query, caller: kitchen(TOIT) }),
    ).rejects.toThrow('ForbiddenError');
  });

  it('are a rider’s where one is looked for, and say not for whom', async () => {
    const { id } = await ordering.place();
    await ordering.hear(id, 'PaymentCompleted');
    await ordering.move(id, 'ACCEPTED');
    await ordering.take(id, rider('rider_9'));
    await ordering.giveBack(id, rider('rider_9'));
    const { body } = await listDeliveries(ordering.ports)({ query: { limit: 20 } });
    expect(body.items).toEqual([
      expect.objectContaining({
        id,
        restaurant: 'Leopold Cafe',
        position: { latitude: 18.9228, longitude: 72.8317 },
      }),
    ]);
    expect(JSON.stringify(body)).not.toContain('Causeway');
  });

  it('the operator’s shows what is under way, where it is cooked and who brings it, and not for whom', async () => {
    const { place, ports, clock } = ordering;
    const list = async (limit = 50) => (await listOrdersUnderWay(ports)({ query: { limit } })).body;
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      clock.advance(1_000);
      ids.unshift((await place()).id);
    }
    const [newest, ridden, ended] = ids as [OrderId, OrderId, OrderId];
    await ordering.cancel(ended);
    await ordering.hear(ridden, 'PaymentCompleted');
    await ordering.move(ridden, 'ACCEPTED');
    await ordering.take(ridden);
    const { items, more } = await list();
    expect(more).toBe(false);
    expect(items.map(({ id }) => id)).toEqual(ids.filter((id) => id !== ended));
    expect(items[0]).toEqual({
      ...{ id: newest, state: 'PLACED', total: (await ordering.order(newest)).bill.total, itemsCount: 3 },
      ...{ restaurant: 'Leopold Cafe', position: seedPlace(LEOPOLD).position, placedAt: expect.any(String) },
    });
    expect(items[1]).toMatchObject({ state: 'ACCEPTED', rider: 'rider_1' });
    expect(await list(2)).toEqual({ items: items.slice(0, 2), more: true });
    expect(orderRoutes.listOrdersUnderWay.access).toEqual({ roles: ['operator'] });
  });
});

describe('health', () => {
  it('counts restaurants and orders under way, anew after ten seconds', async () => {
    const ask = health(ordering.ports);
    await ordering.place();
    expect((await ask({})).body).toMatchObject({
      ...{ status: 'healthy', service: 'zomato-ordering', restaurants: 4, activeOrders: 1 },
    });
    const { id } = await ordering.place();
    await ordering.cancel(id);
    await ordering.place();
    expect((await ask({})).body.activeOrders).toBe(1);
    ordering.clock.advance(10_000);
    expect((await ask({})).body.activeOrders).toBe(2);
  });
});
