import {
  absent,
  anyOf,
  cursorOf,
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
import type { Ids } from '../../../shared/ids/index.ts';
import type { Sorting } from '../contract.catalogue.ts';
import type { ItemId, MenuItem, RestaurantId } from '../contract.views.ts';
import { foundBy, type Menu, matches, type Restaurant } from '../domain/catalogue.ts';
import { ItemOfOtherRestaurantError } from '../domain/errors.ts';
import type { Catalogue } from '../domain/ports.ts';
import { CATALOGUE, INDEXES, itemKey, menuKey, restaurantIndexes, restaurantKey } from './keys.ts';
import { countOf, withoutIndexes } from './orders.ts';

const SORTED = { rating: 'byRating', delivery: 'byDelivery', name: 'byName' } as const satisfies {
  readonly [sorting in Sorting]: keyof typeof INDEXES;
};

/** A look reads so many, so often at most, before it answers with what it has found. */
const STRETCH = 100;
const LOOKS = 5;

export const catalogue = (
  store: EffectStore,
  { commit }: Effects,
  { ids, insist }: { readonly ids: Ids; readonly insist: Insist },
): Catalogue => {
  const restaurant = async (id: RestaurantId): Promise<Restaurant> => {
    const item = await store.get(restaurantKey(id));
    if (!item) throw new NotFoundError({ what: 'restaurant', id });
    return withoutIndexes(item) as Restaurant;
  };
  const menuOf = async (id: RestaurantId): Promise<Menu | undefined> => {
    const item = await store.get(menuKey(id));
    return item && (withoutIndexes(item) as Menu);
  };
  const kitchen = async (id: RestaurantId) => {
    const [place, menu] = await Promise.all([restaurant(id), menuOf(id)]);
    if (!menu) throw new NotFoundError({ what: 'menu', id });
    return { restaurant: place, menu };
  };

  /** Writes a restaurant, and its menu where that changes too, if nobody has since they were read. */
  const write = async (
    found: { restaurant?: Restaurant; menu?: Menu },
    to: { restaurant: Restaurant; menu?: Menu },
  ) => {
    const { restaurant: place, menu } = to;
    const { id } = place;
    await commit({
      effect: { owner: `catalogue:${id}`, name: `write:${ids()}`, keepDays: 1 },
      changes: [
        put(
          restaurantKey(id),
          { ...place, ...restaurantIndexes(place) } as unknown as Item,
          unchanged(found.restaurant?.version),
        ),
        ...(menu
          ? [
              put(menuKey(id), menu as unknown as Item, unchanged(found.menu?.version)),
              ...menu.items.map(named(id)),
            ]
          : []),
      ],
      answer: null,
    });
  };

  const cook = (id: RestaurantId, change: (items: readonly MenuItem[]) => readonly MenuItem[]) =>
    insist(async () => {
      const [found, before] = await Promise.all([restaurant(id), menuOf(id)]);
      const items = change(before?.items ?? []);
      const menu = { restaurant: id, version: (before?.version ?? 0) + 1, items };
      const place = { ...found, ...foundBy(found, items), version: found.version + 1 };
      await write({ restaurant: found, ...(before ? { menu: before } : {}) }, { restaurant: place, menu });
      return { restaurant: place, menu };
    });

  return {
    restaurant,
    kitchen,

    async ownerOf(item) {
      return (await store.get(itemKey(item)))?.restaurant as RestaurantId | undefined;
    },

    async search(filters, { sort, cursor, limit }) {
      const index = SORTED[sort];
      const items: Restaurant[] = [];
      let from = cursor;
      for (let look = 0; look < LOOKS; look += 1) {
        const page = await store.query({
          ...{ index, pk: CATALOGUE, limit: STRETCH },
          ...(from === undefined ? {} : { from }),
        });
        for (const item of page.items) {
          const found = withoutIndexes(item) as Restaurant;
          if (!matches(found, filters)) continue;
          items.push(found);
          if (items.length === limit) return { items, next: cursorOf(positionIn(item, index)) };
        }
        if (page.next === undefined) return { items };
        from = page.next;
      }
      return from === undefined ? { items } : { items, next: from };
    },

    count: (most) => countOf(store, 'byName', CATALOGUE, most),

    publish: (id, said) =>
      insist(async () => {
        const item = await store.get(restaurantKey(id));
        const found = item && (withoutIndexes(item) as Restaurant);
        const menu = await menuOf(id);
        const place: Restaurant = {
          ...{ open: true, ...(found?.opensAt === undefined ? {} : { opensAt: found.opensAt }) },
          ...(found ? { open: found.open } : {}),
          ...said,
          ...{ id, version: (found?.version ?? 0) + 1 },
          ...(menu ? foundBy(said, menu.items) : { vegetarian: false, words: '' }),
        };
        await write(found ? { restaurant: found } : {}, { restaurant: place });
        return place;
      }),

    open: (id, { open, opensAt }) =>
      insist(async () => {
        const found = await restaurant(id);
        const { opensAt: _, ...rest } = found;
        const place = { ...rest, open, version: found.version + 1, ...(opensAt && !open ? { opensAt } : {}) };
        await write({ restaurant: found }, { restaurant: place });
        return place;
      }),

    publishMenu: (id, items) => cook(id, () => items),

    async changeItem(id, item, to) {
      const { menu } = await cook(id, (items) => {
        if (!items.some((one) => one.id === item)) throw new NotFoundError({ what: 'item', id: item });
        return items.map((one) => (one.id === item ? { ...one, ...to } : one));
      });
      return menu.items.find((one) => one.id === item) as MenuItem;
    },
  };
};

const unchanged = (version: number | undefined) =>
  when(
    version === undefined ? absent() : equals('version', version),
    (found) => new VersionConflictError({ expected: version ?? 0, found: Number(found?.version ?? 0) }),
  );

/** An item belongs to whoever named it first. */
const named = (restaurant: RestaurantId) => (item: { readonly id: ItemId }) =>
  put(
    itemKey(item.id),
    { restaurant },
    when(
      anyOf(absent(), equals('restaurant', restaurant)),
      (found) =>
        new ItemOfOtherRestaurantError({
          item: item.id,
          restaurant: String(found?.restaurant) as RestaurantId,
        }),
    ),
  );

/** Where an index goes on behind an item. */
const positionIn = (item: Item, index: keyof typeof INDEXES) => {
  const { pk, sk } = INDEXES[index];
  return { pk: item.pk, sk: item.sk, [pk]: item[pk], [sk]: item[sk] };
};
