/** The doors of restaurants and their menus. */
import * as z from 'zod';
import { defineRoute, page, pagingOf } from '../../shared/http/index.ts';
import { idSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise } from '../../shared/money/index.ts';
import { Phone } from './contract.people.ts';
import { ItemId, MenuItem, MenuView, Position, RestaurantId, RestaurantView } from './contract.views.ts';

export const paging = pagingOf({ most: 50, usual: 20 });

/** By which a list of restaurants is sorted: the best, the fastest, or the alphabet first. */
export const Sorting = z.enum(['rating', 'delivery', 'name']);
export type Sorting = z.infer<typeof Sorting>;

/** `true` or `false`, as a query has it. */
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const Words = z.string().trim().min(1).max(60);

const filters = z.object({
  location: Words.optional(),
  cuisine: Words.optional(),
  /** Words of its name, its cuisine, or what it cooks; all of them. */
  q: Words.optional(),
  vegetarian: Flag.optional(),
});
export type Filters = z.output<typeof filters>;

export const PublishRestaurant = z.strictObject({
  name: z.string().trim().min(1).max(80),
  cuisine: z.string().trim().min(1).max(40),
  location: z.string().trim().min(1).max(80),
  rating: z.number().min(0).max(5).multipleOf(0.1),
  deliveryMinutes: z.int().min(5).max(120),
  phone: Phone,
  position: Position,
  /** Who is paid for its orders: a merchant of the payment saga. */
  paidTo: idSchema('merchant'),
  /** For each order. */
  packing: Paise,
  deliveryFee: Paise,
});
export type PublishRestaurant = z.output<typeof PublishRestaurant>;

/** More would not fit into one transaction with their names. */
export const MOST_ITEMS = 80;

export const Menu = z.strictObject({
  items: z
    .array(MenuItem)
    .min(1)
    .max(MOST_ITEMS)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, {
      error: phrase({ en: 'each item once', hi: 'हर व्यंजन एक ही बार' }),
    }),
});

export const ChangeItem = z
  .strictObject({ available: z.boolean().optional(), price: Paise.optional() })
  .refine(({ available, price }) => available !== undefined || price !== undefined, {
    error: phrase({ en: 'available, price or both', hi: 'available, price या दोनों' }),
  });

const publishers = { roles: ['kitchen', 'operator'] } as const;
const one = { path: z.object({ restaurantId: RestaurantId }) };
/** What a browser, or a client that keeps a copy, says of it. */
const ifNoneMatch = { headers: z.object({ 'if-none-match': z.string().max(200).optional() }) };

export const catalogueRoutes = {
  listRestaurants: defineRoute({
    name: 'list-restaurants',
    method: 'GET',
    path: '/restaurants',
    summary:
      'Restaurants that take orders now, by words, place, cuisine and vegetarian kitchens; a page may hold fewer than asked for and have a next one.',
    access: { public: 'A menu in the window is for whoever walks by.' },
    request: { query: filters.extend({ ...paging, sort: Sorting.default('rating') }) },
    answers: {
      200: page(RestaurantView).extend({ count: z.int(), filters: z.record(z.string(), z.unknown()) }),
    },
    errors: ['TooManyRequestsError'],
  }),
  getMenu: defineRoute({
    name: 'get-menu',
    method: 'GET',
    path: '/restaurants/{restaurantId}/menu',
    summary: 'What can be ordered there now. With `If-None-Match`, 304 as long as it is the same.',
    access: { public: 'A menu in the window is for whoever walks by.' },
    request: { ...one, query: z.object({ vegetarian: Flag.optional() }), ...ifNoneMatch },
    answers: { 200: MenuView, 304: null },
    errors: ['RestaurantClosedError', 'TooManyRequestsError'],
  }),
  publishRestaurant: defineRoute({
    name: 'publish-restaurant',
    method: 'PUT',
    path: '/restaurants/{restaurantId}',
    summary: 'Takes a restaurant into the catalogue, or changes what is said of it there.',
    access: { roles: ['operator'] },
    makes: true,
    request: { ...one, body: PublishRestaurant },
    answers: { 200: RestaurantView },
    errors: [],
  }),
  openRestaurant: defineRoute({
    name: 'open-restaurant',
    method: 'PUT',
    path: '/restaurants/{restaurantId}/opening',
    summary: 'A kitchen closes, until it says otherwise, and opens again.',
    access: publishers,
    request: {
      ...one,
      body: z.strictObject({
        open: z.boolean(),
        /** When it will open, for whoever finds it closed. */
        opensAt: z.iso.datetime().optional(),
      }),
    },
    answers: { 200: RestaurantView },
    errors: [],
  }),
  publishMenu: defineRoute({
    name: 'publish-menu',
    method: 'PUT',
    path: '/restaurants/{restaurantId}/menu',
    summary: 'Puts a menu in the place of the one before. An item’s id belongs to one restaurant.',
    access: publishers,
    request: { ...one, body: Menu },
    answers: { 200: MenuView },
    errors: ['ItemOfOtherRestaurantError'],
  }),
  changeItem: defineRoute({
    name: 'change-item',
    method: 'PATCH',
    path: '/restaurants/{restaurantId}/menu/{itemId}',
    summary: 'Says that an item is sold out, or can be had again, or costs something else from now on.',
    access: publishers,
    request: {
      path: z.object({ restaurantId: RestaurantId, itemId: ItemId }),
      body: ChangeItem,
    },
    answers: { 200: MenuItem },
    errors: [],
  }),
} as const;
