/** The doors of orders: of those who eat, cook and ride. */
import * as z from 'zod';
import { defineRoute, type ParsedPart, page } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise } from '../../shared/money/index.ts';
import { paging } from './contract.catalogue.ts';
import { Phone } from './contract.people.ts';
import {
  CancellationView,
  CustomerId,
  ItemId,
  OrderId,
  OrderState,
  OrderSummary,
  OrderUnderWay,
  OrderView,
  PaymentMethod,
  Position,
  RestaurantId,
} from './contract.views.ts';

export const PlaceOrder = z.strictObject({
  restaurantId: RestaurantId,
  items: z
    .array(
      z.strictObject({
        item: ItemId,
        quantity: z.int().min(1).max(20),
        /** For the kitchen. Lines of one item are one line, unless these differ. */
        instructions: z.string().trim().min(1).max(140).optional(),
      }),
    )
    .min(1)
    .max(30),
  delivery: z.strictObject({
    address: z.string().trim().min(5).max(200),
    phone: Phone,
    position: Position,
  }),
  payment: z.strictObject({ method: PaymentMethod }),
  coupon: z
    .string()
    .regex(/^[A-Z0-9]{3,20}$/, {
      error: phrase({ en: '3 to 20 capital letters or digits', hi: '3 से 20 बड़े अक्षर या अंक' }),
    })
    .optional(),
  tip: Paise.max(50_000).optional(),
});

/** What a kitchen or a rider may say of an order, in the order in which it happens. */
export const Move = z.enum([
  'ACCEPTED',
  'REJECTED',
  'PREPARING',
  'READY',
  'PICKED_UP',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
]);
export type Move = z.infer<typeof Move>;

const Reason = z.string().trim().min(1).max(140);

const one = { path: z.object({ orderId: OrderId }) };
/** The `ETag` of what the caller has seen: the change happens only if it is still so (RFC 9110, section 13.1.1). */
const ifMatch = { headers: z.object({ 'if-match': z.string().max(200).optional() }) };

export const orderRoutes = {
  placeOrder: defineRoute({
    name: 'place-order',
    method: 'POST',
    path: '/orders',
    summary:
      'Orders from one restaurant, at the prices of its menu; paid from a linked wallet, by a UPI QR, or at the door.',
    access: { roles: ['customer'] },
    idempotent: 'key',
    request: { body: PlaceOrder },
    answers: { 201: OrderView },
    errors: [
      'RestaurantClosedError',
      'ItemOfOtherRestaurantError',
      'ItemUnavailableError',
      'CouponNotValidError',
      'WalletNotLinkedError',
      'NotFoundError',
    ],
  }),
  getOrder: defineRoute({
    name: 'get-order',
    method: 'GET',
    path: '/orders/{orderId}',
    summary:
      'An order, for whoever has to do with it: who eats, cooks or rides, and systems that follow it. Somebody else’s is 404, as if it did not exist.',
    access: { roles: ['customer', 'kitchen', 'rider', 'operator', 'service'] },
    request: one,
    answers: { 200: OrderView },
    errors: [],
  }),
  listOrders: defineRoute({
    name: 'list-orders',
    method: 'GET',
    path: '/users/{userId}/orders',
    summary: 'A customer’s own orders, newest first.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ userId: CustomerId }), query: z.object(paging) },
    answers: { 200: page(OrderSummary) },
    errors: [],
  }),
  listOrdersUnderWay: defineRoute({
    name: 'list-orders-under-way',
    method: 'GET',
    path: '/orders',
    summary:
      'What is under way in the whole city, newest first: its kitchen and its rider, and not for whom; `more`: there are others.',
    access: { roles: ['operator'] },
    request: { query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }) },
    answers: { 200: z.object({ items: z.array(OrderUnderWay), more: z.boolean() }) },
    errors: [],
  }),
  listKitchenOrders: defineRoute({
    name: 'list-kitchen-orders',
    method: 'GET',
    path: '/restaurants/{restaurantId}/orders',
    summary: 'What a kitchen has to do, the oldest first: its orders that have not ended.',
    access: { roles: ['kitchen', 'operator'] },
    request: { path: z.object({ restaurantId: RestaurantId }), query: z.object(paging) },
    answers: { 200: page(OrderSummary) },
    errors: [],
  }),
  listDeliveries: defineRoute({
    name: 'list-deliveries',
    method: 'GET',
    path: '/deliveries',
    summary:
      'Orders that look for a rider, those that have looked the longest first; and where each is to be fetched.',
    access: { roles: ['rider'] },
    request: { query: z.object(paging) },
    answers: {
      200: page(
        z.object({
          id: OrderId,
          state: OrderState,
          restaurant: z.string(),
          position: Position,
          placedAt: z.iso.datetime(),
        }),
      ),
    },
    errors: [],
  }),
  moveOrder: defineRoute({
    name: 'move-order',
    method: 'POST',
    path: '/orders/{orderId}/moves',
    summary: 'A kitchen, or the order’s rider, says how far it is. Said again, it changes nothing.',
    access: { roles: ['kitchen', 'rider'] },
    request: {
      ...one,
      ...ifMatch,
      body: z
        .strictObject({ to: Move, reason: Reason.optional() })
        .refine(({ to, reason }) => (to === 'REJECTED') === (reason !== undefined), {
          path: ['reason'],
          error: phrase({ en: 'why, with REJECTED and with nothing else', hi: 'कारण, केवल REJECTED के साथ' }),
        }),
    },
    answers: { 200: OrderView },
    errors: ['MoveNotAllowedError', 'PreconditionFailedError'],
  }),
  takeDelivery: defineRoute({
    name: 'take-delivery',
    method: 'PUT',
    path: '/orders/{orderId}/rider',
    summary: 'A rider takes an order; of two at once one gets it. Said again, it changes nothing.',
    access: { roles: ['rider'] },
    request: one,
    answers: { 200: OrderView },
    errors: ['OrderTakenError', 'MoveNotAllowedError'],
  }),
  giveBackDelivery: defineRoute({
    name: 'give-back-delivery',
    method: 'DELETE',
    path: '/orders/{orderId}/rider',
    summary: 'A rider gives an order back that is not picked up yet: another one is looked for.',
    access: { roles: ['rider'] },
    request: one,
    answers: { 204: null },
    errors: ['MoveNotAllowedError'],
  }),
  cancelOrder: defineRoute({
    name: 'cancel-order',
    method: 'PUT',
    path: '/orders/{orderId}/cancellation',
    summary:
      'Cancels an order: whoever ordered until it is ready, the kitchen until it is picked up. The answer says what is given back.',
    access: { roles: ['customer', 'kitchen'] },
    request: { ...one, ...ifMatch, body: z.strictObject({ reason: Reason }) },
    answers: { 200: CancellationView },
    errors: ['OrderNotCancellableError', 'PreconditionFailedError'],
  }),
  getCancellation: defineRoute({
    name: 'get-cancellation',
    method: 'GET',
    path: '/orders/{orderId}/cancellation',
    summary: 'Why an order was cancelled, and what became of the money. 404 as long as it is not.',
    access: { roles: ['customer', 'kitchen', 'operator'] },
    request: one,
    answers: { 200: CancellationView },
    errors: [],
  }),
} as const;

/** An order as its door hands it on. */
export type PlaceOrder = ParsedPart<typeof orderRoutes.placeOrder, 'body'>;
