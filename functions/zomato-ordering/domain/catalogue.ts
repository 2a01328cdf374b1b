/** Restaurants and menus: what they are, how they are found, and what an order may take of them. */
import { type Paise, paise } from '../../../shared/money/index.ts';
import type { Filters, PublishRestaurant } from '../contract.catalogue.ts';
import type { PlaceOrder } from '../contract.orders.ts';
import type {
  ItemId,
  MenuItem,
  MenuView,
  OrderLine,
  RestaurantId,
  RestaurantView,
} from '../contract.views.ts';
import type { Billed } from './bill.ts';
import { ItemUnavailableError, RestaurantClosedError } from './errors.ts';

export interface Restaurant extends PublishRestaurant {
  readonly id: RestaurantId;
  readonly version: number;
  readonly open: boolean;
  readonly opensAt?: string;
  /** Whether its menu has anything vegetarian that can be had. */
  readonly vegetarian: boolean;
  /** Everything by which it is found, in small letters. */
  readonly words: string;
}

export interface Menu {
  readonly restaurant: RestaurantId;
  readonly version: number;
  readonly items: readonly MenuItem[];
}

/** What a menu says to whoever looks for restaurants. */
export const foundBy = (
  { name, cuisine }: Pick<Restaurant, 'name' | 'cuisine'>,
  items: readonly MenuItem[],
): Pick<Restaurant, 'vegetarian' | 'words'> => ({
  vegetarian: items.some(({ vegetarian, available }) => vegetarian && available),
  words: [name, cuisine, ...items.map((item) => item.name)].join(' ').toLowerCase(),
});

/** Parts of words count, and no capitals: `mumbai` finds `Colaba, Mumbai`. */
export const matches = (restaurant: Restaurant, { location, cuisine, q, vegetarian }: Filters): boolean =>
  restaurant.open &&
  isIn(location, restaurant.location) &&
  isIn(cuisine, restaurant.cuisine) &&
  (q ?? '').split(/\s+/).every((word) => isIn(word, restaurant.words)) &&
  (vegetarian === undefined || restaurant.vegetarian === vegetarian);

const isIn = (part: string | undefined, whole: string): boolean =>
  whole.toLowerCase().includes((part ?? '').toLowerCase());

/** @throws {RestaurantClosedError} with the time after which asking again helps */
export const mustBeOpen = ({ id, open, opensAt }: Restaurant, now: Date): void => {
  if (open) return;
  const seconds = opensAt === undefined ? undefined : (Date.parse(opensAt) - now.getTime()) / 1000;
  throw new RestaurantClosedError(
    { restaurant: id, ...(opensAt === undefined ? {} : { opensAt }) },
    seconds === undefined || seconds <= 0 ? {} : { retryAfterSeconds: seconds },
  );
};

/** A line with what the bill and the kitchen's clock ask of it. */
export interface Chosen extends Billed {
  readonly line: OrderLine;
  readonly preparationMinutes: number;
}

type Asked = PlaceOrder['items'][number];

/**
 * What is ordered, at the menu's prices; what was asked for twice in the same way is one line. An item that is not on
 * the menu is the caller's to find out about.
 * @throws {ItemUnavailableError} it is sold out
 */
export const chosen = (menu: Menu, asked: readonly Asked[]): Chosen[] =>
  onePerWish(asked).map(({ item: id, quantity, instructions }) => {
    const item = menu.items.find((one) => one.id === id);
    if (!item) throw new RangeError(`${id} is not on the menu`);
    if (!item.available) throw new ItemUnavailableError({ item: id });
    const totalPrice = paise(item.price * quantity);
    return {
      line: {
        ...{ item: id, name: item.name, quantity, unitPrice: item.price as Paise, totalPrice },
        vegetarian: item.vegetarian,
        ...(instructions === undefined ? {} : { instructions }),
      },
      ...{ totalPrice, taxClass: item.taxClass, preparationMinutes: item.preparationMinutes },
    };
  });

/** Ids that are asked for and are not on the menu. */
export const notOn = (menu: Menu, asked: readonly Asked[]): readonly ItemId[] =>
  asked.map(({ item }) => item).filter((id) => !menu.items.some((one) => one.id === id));

const onePerWish = (asked: readonly Asked[]): readonly Asked[] => {
  const wishes = new Map<string, Asked>();
  for (const one of asked) {
    const wish = `${one.item} ${one.instructions ?? ''}`;
    const known = wishes.get(wish);
    wishes.set(wish, known ? { ...known, quantity: known.quantity + one.quantity } : one);
  }
  return [...wishes.values()];
};

/** When it will be there: dishes are cooked side by side, so the slowest counts; then it is brought. */
export const estimatedDelivery = (
  choice: readonly Chosen[],
  { deliveryMinutes }: Pick<Restaurant, 'deliveryMinutes'>,
  now: Date,
): Date => {
  const cooking = Math.max(...choice.map(({ preparationMinutes }) => preparationMinutes));
  return new Date(now.getTime() + (cooking + deliveryMinutes) * 60_000);
};

export const restaurantView = (restaurant: Restaurant): RestaurantView => {
  const { id, name, cuisine, location, rating, deliveryMinutes, phone, position, vegetarian, open } =
    restaurant;
  return { id, name, cuisine, location, rating, deliveryMinutes, phone, position, vegetarian, open };
};

/** The menu as people read it: what can be had now, and in which categories. */
export const menuView = (
  { restaurant, menu }: { readonly restaurant: Restaurant; readonly menu: Menu },
  vegetarian?: boolean,
): MenuView => {
  const items = menu.items.filter(
    (item) => item.available && (vegetarian === undefined || item.vegetarian === vegetarian),
  );
  return {
    restaurant: restaurantView(restaurant),
    items,
    categories: [...new Set(items.map(({ category }) => category))].sort(),
    total: items.length,
  };
};
