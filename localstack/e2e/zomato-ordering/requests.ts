/** What is asked of ordering's doors by whoever tries them all. */
import { uuidV7 } from '../../../shared/ids/index.ts';
import type { Said } from '../described-api.ts';
import { subjectOf } from '../fuzz.ts';

export const dish = { name: 'Dal', price: 10_000, category: 'Main', vegetarian: true, preparationMinutes: 5 };

/** Requests of one run, by people with these tokens. */
export const requestsOf = (run: string, tokens: { readonly [who: string]: string }) => {
  const restaurant = `rest_${run}`;
  const closed = `rest_${run}_closed`;
  const nowhere = `rest_${run}_nowhere`;
  const item = `item_${run}`;
  const place = {
    ...{ name: 'The Fuzz', cuisine: 'Anything', location: `Lane ${run}`, rating: 4.2, deliveryMinutes: 20 },
    ...{ phone: '+919876543210', position: { latitude: 19, longitude: 72.8 } },
    ...{ paidTo: `merchant_${uuidV7()}`, packing: 0, deliveryFee: 0 },
  };
  const delivery = {
    address: 'Somewhere 1',
    phone: '+919876543000',
    position: { latitude: 19, longitude: 72.8 },
  };
  const order = (over: object = {}) => ({
    ...{ restaurantId: restaurant, items: [{ item, quantity: 1 }], delivery },
    payment: { method: 'cash_on_delivery' },
    ...over,
  });

  /** For each operation a request that is right but for what it names: nothing is there by these names. */
  const rightButMissing = (): { readonly [operation: string]: Said } => {
    const orderId = `order_${uuidV7()}`;
    const key = () => ({ 'idempotency-key': uuidV7() });
    const kitchen = { token: tokens.nowhere ?? '', path: { restaurantId: nowhere, itemId: item } };
    const email = `nobody.${uuidV7()}@example.in`;
    return {
      health: {},
      'sign-up': { body: { email, password: 'long enough', name: 'x', phone: '+919876543000' } },
      'log-in': { body: { email: `nobody.${run}@example.in`, password: 'x' } },
      'refresh-session': { body: { refreshToken: 'x' } },
      'log-out': { body: { refreshToken: 'x' } },
      'link-wallet': {
        ...{ token: tokens.noAccount ?? '', path: { userId: subjectOf(tokens.noAccount) } },
        body: { link: `link_${uuidV7()}` },
      },
      'list-restaurants': { query: { q: nowhere } },
      'get-menu': { path: { restaurantId: nowhere } },
      'publish-restaurant': {
        token: tokens.operator ?? '',
        path: { restaurantId: `${nowhere}_new` },
        body: place,
      },
      'open-restaurant': { ...kitchen, body: { open: true } },
      'publish-menu': { ...kitchen, body: { items: [{ ...dish, id: `${item}_none` }] } },
      'change-item': { ...kitchen, body: { available: true } },
      'place-order': { token: tokens.another ?? '', body: order({ restaurantId: nowhere }), headers: key() },
      'get-order': { token: tokens.eater ?? '', path: { orderId } },
      'list-orders': { token: tokens.noAccount ?? '', path: { userId: subjectOf(tokens.noAccount) } },
      'list-orders-under-way': { token: tokens.operator ?? '' },
      'list-kitchen-orders': kitchen,
      'list-deliveries': { token: tokens.rider ?? '' },
      'move-order': { token: tokens.kitchen ?? '', path: { orderId }, body: { to: 'ACCEPTED' } },
      'take-delivery': { token: tokens.rider ?? '', path: { orderId } },
      'give-back-delivery': { token: tokens.rider ?? '', path: { orderId } },
      'cancel-order': { token: tokens.eater ?? '', path: { orderId }, body: { reason: 'x' } },
      'get-cancellation': { token: tokens.eater ?? '', path: { orderId } },
      openapi: {},
    };
  };
  return { restaurant, closed, nowhere, item, place, order, rightButMissing };
};
