/** What callers see of orders, restaurants and menus, and the names of their ids and states. */
import * as z from 'zod';
import { idSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise } from '../../shared/money/index.ts';

export const CustomerId = idSchema('customer');
export type CustomerId = z.infer<typeof CustomerId>;
export const OrderId = idSchema('order');
export type OrderId = z.infer<typeof OrderId>;

/** What the one who publishes a catalogue calls its things: `rest_004`, `item_009`. */
const catalogueName = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[a-z0-9_]{1,48}$`), {
    error: phrase({
      en: `${prefix}_ and 1 to 48 small English letters, digits or _`,
      hi: `${prefix}_ और 1 से 48 छोटे अंग्रेज़ी अक्षर, अंक या _`,
    }),
  });
export const RestaurantId = catalogueName('rest').brand<'rest'>();
export type RestaurantId = z.infer<typeof RestaurantId>;
export const ItemId = catalogueName('item').brand<'item'>();
export type ItemId = z.infer<typeof ItemId>;

/**
 * Where an order stands (domain/india.md, section 7). A rider is assigned beside the kitchen's work, so that is no
 * state of the order but of its rider: {@link RiderState}.
 */
export const OrderState = z.enum([
  'PLACED',
  'PAYMENT_CONFIRMED',
  'ACCEPTED',
  'PREPARING',
  'READY',
  'PICKED_UP',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
  'REJECTED',
  'CANCELLED_BY_CUSTOMER',
  'CANCELLED_BY_RESTAURANT',
  'PAYMENT_FAILED',
  'REFUNDED',
]);
export type OrderState = z.infer<typeof OrderState>;

/** From here nobody moves it on; what was paid may still come back. */
export const ENDS: readonly OrderState[] = [
  'DELIVERED',
  'REJECTED',
  'CANCELLED_BY_CUSTOMER',
  'CANCELLED_BY_RESTAURANT',
  'PAYMENT_FAILED',
  'REFUNDED',
];

/** `RIDER_UNASSIGNED`: one had it and gave it back; it is looked for again. */
export const RiderState = z.enum(['SEARCHING', 'RIDER_ASSIGNED', 'RIDER_UNASSIGNED']);
export type RiderState = z.infer<typeof RiderState>;

/** Who moved an order. `clock`: nobody did in time. */
export const Mover = z.enum(['customer', 'kitchen', 'rider', 'payment', 'clock']);
export type Mover = z.infer<typeof Mover>;

/** How an order is paid: from a linked wallet, by a UPI QR, or in cash at the door. */
export const PaymentMethod = z.enum(['wallet', 'upi_qr', 'cash_on_delivery']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

const Timestamp = z.iso.datetime();

/** WGS 84, in degrees; within India and its waters, so that a swapped pair is noticed. */
export const Position = z.strictObject({
  latitude: z.number().min(6).max(38),
  longitude: z.number().min(68).max(98),
});
export type Position = z.infer<typeof Position>;

/** What a thing is to the tax: food falls under GST, alcohol for people does not (Constitution, article 366 (12A)). */
export const TaxClass = z.enum(['food', 'alcohol']);
export type TaxClass = z.infer<typeof TaxClass>;

export const MenuItem = z.strictObject({
  id: ItemId,
  name: z.string().min(1).max(80),
  /** What one of it costs, before tax. */
  price: Paise,
  category: z.string().min(1).max(40),
  vegetarian: z.boolean(),
  preparationMinutes: z.int().min(0).max(240),
  taxClass: TaxClass.default('food'),
  available: z.boolean().default(true),
});
export type MenuItem = z.output<typeof MenuItem>;

export const RestaurantView = z.object({
  id: RestaurantId,
  name: z.string(),
  cuisine: z.string(),
  location: z.string(),
  /** 0 to 5, in tenths. */
  rating: z.number(),
  deliveryMinutes: z.int(),
  phone: z.string(),
  position: Position,
  /** Whether it has anything vegetarian that can be had now. */
  vegetarian: z.boolean(),
  /** Whether it takes orders now; one that does not is not in the list. */
  open: z.boolean(),
});
export type RestaurantView = z.infer<typeof RestaurantView>;

export const MenuView = z.object({
  restaurant: RestaurantView,
  /** What can be had now. */
  items: z.array(MenuItem),
  /** Sorted. */
  categories: z.array(z.string()),
  total: z.int(),
});
export type MenuView = z.infer<typeof MenuView>;

/** A line of an order, with the price that it had when it was ordered. */
export const OrderLine = z.object({
  item: ItemId,
  name: z.string(),
  quantity: z.int(),
  unitPrice: Paise,
  totalPrice: Paise,
  vegetarian: z.boolean(),
  instructions: z.string().optional(),
});
export type OrderLine = z.infer<typeof OrderLine>;

/** What an order costs. `total` is the sum of all but `coupon`, which is taken off. */
export const Bill = z.object({
  /** Unit price times quantity, over all lines. */
  itemsTotal: Paise,
  packing: Paise,
  /** 5 % of food and its packing, which the platform pays (CGST Act, section 9 (5)); alcohol is outside of it. */
  gstOnFood: Paise,
  deliveryFee: Paise,
  platformFee: Paise,
  /** 18 % of both fees. */
  gstOnFees: Paise,
  /** For the rider, untaxed. */
  tip: Paise,
  coupon: z.object({ code: z.string(), amount: Paise }).optional(),
  total: Paise,
});
export type Bill = z.infer<typeof Bill>;

export const PaymentState = z.enum(['pending', 'paid', 'on_delivery', 'failed', 'refund_due', 'refunded']);
export type PaymentState = z.infer<typeof PaymentState>;

export const CancellationView = z.object({
  order: OrderId,
  by: Mover,
  /** In the words of whoever cancelled, or of the house where nobody did. */
  reason: z.string(),
  /** What is given back, and what of the total is kept, because it was cooked by then. */
  refund: Paise,
  kept: Paise,
  refundState: z.enum(['none', 'due', 'completed']),
  at: Timestamp,
});
export type CancellationView = z.infer<typeof CancellationView>;

export const OrderView = z.object({
  id: OrderId,
  state: OrderState,
  /** Rises with each change; the `ETag` is made of it. */
  version: z.int(),
  customer: CustomerId,
  restaurant: z.object({
    id: RestaurantId,
    name: z.string(),
    location: z.string(),
    phone: z.string(),
    position: Position,
  }),
  lines: z.array(OrderLine),
  /** How many things, over all lines. */
  itemsCount: z.int(),
  bill: Bill,
  payment: z.object({
    method: PaymentMethod,
    state: PaymentState,
    /** Of the payment saga. */
    id: z.string().optional(),
    /** What to show as a QR, and until when it can be paid. */
    approval: z.object({ link: z.string(), expiresAt: Timestamp }).optional(),
    /** The name of the error by which it failed. */
    reason: z.string().optional(),
  }),
  rider: z.object({ state: RiderState, id: z.string().optional() }),
  delivery: z.object({ address: z.string(), phone: z.string(), position: Position }),
  estimatedDelivery: Timestamp,
  placedAt: Timestamp,
  /** Oldest first. */
  moves: z.array(z.object({ to: z.union([OrderState, RiderState]), by: Mover, at: Timestamp })),
  cancellation: CancellationView.optional(),
});
export type OrderView = z.infer<typeof OrderView>;

/** A line in a list of orders. */
export const OrderSummary = z.object({
  id: OrderId,
  state: OrderState,
  total: Paise,
  restaurant: z.string(),
  itemsCount: z.int(),
  placedAt: Timestamp,
});
export type OrderSummary = z.infer<typeof OrderSummary>;

/** A line in the list of what is under way: where it is cooked, and who brings it. For whom it is it does not say. */
export const OrderUnderWay = OrderSummary.extend({ position: Position, rider: z.string().optional() });
export type OrderUnderWay = z.infer<typeof OrderUnderWay>;
