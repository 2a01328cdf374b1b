import { walksOfDue } from '../../../shared/effects/due.ts';
import {
  absent,
  type Change,
  check,
  type EffectStore,
  type Effects,
  equals,
  type Item,
  put,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import type { Insist } from '../../../shared/effects/until-unchanged.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import { OrderId } from '../contract.views.ts';
import type { Menu, Restaurant } from '../domain/catalogue.ts';
import type { Order } from '../domain/order.ts';
import type { Changing, Orders } from '../domain/ports.ts';
import {
  activePk,
  customerPk,
  INDEXES,
  kitchenPk,
  menuKey,
  orderIndexes,
  orderKey,
  restaurantKey,
  SHARDS,
  WANTED,
} from './keys.ts';

/** The partitions of what is under way. */
const ACTIVE = Array.from({ length: SHARDS }, (_, shard) => activePk(shard));

/** The catalogue has changed since it was read: read again, and decide anew. Between the store and the door alone. */
export class CatalogueChanged extends VersionConflictError {}

const stored = (order: Order): Item => ({ ...order, ...orderIndexes(order) }) as unknown as Item;

/** Ours alone: written by `placed` and `change` only. */
const orderIn = (item: Item): Order => withoutIndexes(item) as Order;

const ATTRIBUTES = new Set<string>(['pk', 'sk', ...Object.values(INDEXES).flatMap(({ pk, sk }) => [pk, sk])]);

/** What was written, without the keys by which it is found. */
export const withoutIndexes = (item: Item): unknown =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !ATTRIBUTES.has(name)));

/** Writes a new order, as long as the restaurant and its menu are what it was made of. */
export const placed = (
  order: Order,
  { restaurant, menu }: { restaurant: Restaurant; menu: Menu },
): Change[] => [
  put(
    orderKey(order.id),
    stored(order),
    when(absent(), () => new NotFoundError({ what: 'order', id: order.id })),
  ),
  check(restaurantKey(restaurant.id), isStill(restaurant.version)),
  check(menuKey(restaurant.id), isStill(menu.version)),
];

const isStill = (version: number) =>
  when(
    equals('version', version),
    (found) => new CatalogueChanged({ expected: version, found: Number(found?.version ?? 0) }),
  );

export const orders = (store: EffectStore, { commit }: Effects, insist: Insist): Orders => {
  const find = async (id: OrderId): Promise<Order | undefined> => {
    const item = await store.get(orderKey(id));
    return item && orderIn(item);
  };
  const load = async (id: OrderId): Promise<Order> => {
    const found = await find(id);
    if (!found) throw new NotFoundError({ what: 'order', id });
    return found;
  };
  const page = async (
    index: keyof typeof INDEXES,
    pk: string,
    { cursor, limit }: Page,
    newestFirst = false,
  ) => {
    const { items, next } = await store.query({
      ...{ index, pk, limit, newestFirst },
      ...(cursor === undefined ? {} : { from: cursor }),
    });
    return { items: items.map(orderIn), ...(next === undefined ? {} : { next }) } satisfies PageOf<Order>;
  };
  return {
    find,
    load,
    change: (id, { name, decide, keepDays = 30 }: Changing) =>
      insist(async () => {
        const order = await load(id);
        const decision = decide(order);
        if (decision === undefined) return order;
        const { order: after, events } = decision;
        const { repeated } = await commit({
          effect: { owner: `order:${id}`, name, keepDays },
          expects: { record: orderKey(id), version: order.version },
          changes: [put(orderKey(id), stored(after))],
          events,
          answer: after.version,
        });
        return repeated ? load(id) : after;
      }),
    ofCustomer: (customer, one) => page('byCustomer', customerPk(customer), one, true),
    ofKitchen: (restaurant, one) => page('byKitchen', kitchenPk(restaurant), one),
    wanted: (one) => page('wanted', WANTED, one),
    async underWay(most) {
      const shards = await Promise.all(
        ACTIVE.map((pk) => store.query({ index: 'active', pk, limit: most, newestFirst: true })),
      );
      const found = shards
        .flatMap(({ items }) => items.map(orderIn))
        .toSorted((one, other) => (one.id < other.id ? 1 : -1));
      const more = found.length > most || shards.some(({ next }) => next !== undefined);
      return { items: found.slice(0, most), more };
    },
    async countActive(most) {
      const counts = await Promise.all(
        ACTIVE.map((pk) => countOf(store, 'active', pk, Math.ceil(most / SHARDS))),
      );
      return counts.reduce((sum, one) => sum + one, 0);
    },
    due: (at) => walksOfDue(store, at, ({ id }) => OrderId.parse(id)),
  };
};

/** How many there are, to a bound: an index is counted by reading it. */
export const countOf = async (
  store: EffectStore,
  index: string,
  pk: string,
  most: number,
): Promise<number> => {
  let [count, from]: [number, string | undefined] = [0, undefined];
  do {
    const page: { items: readonly Item[]; next?: string } = await store.query({
      ...{ index, pk, limit: Math.min(100, most - count) },
      ...(from === undefined ? {} : { from }),
    });
    count += page.items.length;
    from = page.next;
  } while (from !== undefined && count < most);
  return count;
};
