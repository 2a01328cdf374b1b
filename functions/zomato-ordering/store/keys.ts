import { dueIndex, dueOf } from '../../../shared/effects/due.ts';
import type { Item, Key } from '../../../shared/effects/index.ts';
import { shardOf } from '../../../shared/effects/shard.ts';
import type { Restaurant } from '../domain/catalogue.ts';
import { dueAt } from '../domain/due.ts';
import { hasEnded, type Order } from '../domain/order.ts';

// Keys and index attributes of the tables, in one place. They must not be written anywhere else.

export const orderKey = (id: string): Key => ({ pk: `ORDER#${id}`, sk: 'ORDER' });
export const restaurantKey = (id: string): Key => ({ pk: `RESTAURANT#${id}`, sk: 'RESTAURANT' });
export const menuKey = (restaurant: string): Key => ({ pk: `RESTAURANT#${restaurant}`, sk: 'MENU' });
/** Whose item it is, for as long as there are catalogues. */
export const itemKey = (id: string): Key => ({ pk: `ITEM#${id}`, sk: 'ITEM' });

export const userKey = (id: string): Key => ({ pk: `USER#${id}`, sk: 'USER' });
/** The account of an address, which it is unique by. */
export const emailKey = (email: string): Key => ({ pk: `EMAIL#${email}`, sk: 'EMAIL' });
export const sessionKey = (id: string): Key => ({ pk: `SESSION#${id}`, sk: 'SESSION' });

/** How many partitions share what is listed for the whole city. */
export const SHARDS = 4;

/** The indexes of the table of orders beside those of every table of effects. */
export const INDEXES = {
  /** A customer’s orders, all of them. */
  byCustomer: { pk: 'customerPk', sk: 'customerSk' },
  /** A kitchen’s orders that have not ended. */
  byKitchen: { pk: 'kitchenPk', sk: 'kitchenSk' },
  /** Orders that look for a rider. */
  wanted: { pk: 'wantedPk', sk: 'wantedSk' },
  /** Orders to which time does something, by when. */
  ...dueIndex,
  /** Orders that have not ended. */
  active: { pk: 'activePk', sk: 'activeSk' },
  /** Restaurants that take orders, in each order in which they are listed. */
  byRating: { pk: 'cataloguePk', sk: 'ratingSk' },
  byDelivery: { pk: 'cataloguePk', sk: 'deliverySk' },
  byName: { pk: 'cataloguePk', sk: 'nameSk' },
} as const;

export const customerPk = (customer: string): string => `CUSTOMER#${customer}`;
export const kitchenPk = (restaurant: string): string => `KITCHEN#${restaurant}`;
export const WANTED = 'WANTED';
export const activePk = (shard: number): string => `ACTIVE#${shard}`;
export const CATALOGUE = 'CATALOGUE';

/** Where a search looks from: an order that is not there has no attribute of that index. */
export const orderIndexes = (order: Order): Item => {
  const { id, customer, restaurant, placedAt } = order;
  const at = `${placedAt}#${id}`;
  const shard = shardOf(id, SHARDS);
  return {
    ...{ customerPk: customerPk(customer), customerSk: at },
    ...(hasEnded(order)
      ? {}
      : {
          ...{ kitchenPk: kitchenPk(restaurant.id), kitchenSk: at },
          ...{ activePk: activePk(shard), activeSk: at },
        }),
    ...(looksForRider(order) ? { wantedPk: WANTED, wantedSk: at } : {}),
    ...dueOf(id, dueAt(order)),
  };
};

const looksForRider = ({ state, rider }: Order): boolean =>
  rider.state !== 'RIDER_ASSIGNED' && (state === 'ACCEPTED' || state === 'PREPARING' || state === 'READY');

/** A restaurant that is closed, or has no menu, is in no list. */
export const restaurantIndexes = ({ id, name, rating, deliveryMinutes, open, words }: Restaurant): Item =>
  open && words !== ''
    ? {
        cataloguePk: CATALOGUE,
        // The best first, while sort keys rise.
        ratingSk: `${String(Math.round(50 - rating * 10)).padStart(2, '0')}#${id}`,
        deliverySk: `${String(deliveryMinutes).padStart(3, '0')}#${id}`,
        nameSk: `${name.toLowerCase()}#${id}`,
      }
    : {};
