/** An order: what it is, and how it moves. Who may do what, from where, stands in one table. */
import type { Paise } from '../../../shared/money/index.ts';
import {
  type Bill,
  type CustomerId,
  ENDS,
  type Mover,
  type OrderId,
  type OrderLine,
  type OrderState,
  type PaymentMethod,
  type PaymentState,
  type Position,
  type RestaurantId,
  type RiderState,
} from '../contract.views.ts';
import { MoveNotAllowedError } from './errors.ts';

export interface Moved {
  readonly to: OrderState | RiderState;
  readonly by: Mover;
  readonly at: string;
}

export interface Cancellation {
  readonly by: Mover;
  readonly reason: string;
  readonly refund: Paise;
  readonly kept: Paise;
  readonly at: string;
}

export interface Order {
  readonly id: OrderId;
  readonly version: number;
  readonly state: OrderState;
  readonly customer: CustomerId;
  readonly restaurant: {
    readonly id: RestaurantId;
    readonly name: string;
    readonly location: string;
    readonly phone: string;
    readonly position: Position;
    /** The merchant who is paid. */
    readonly paidTo: string;
  };
  readonly lines: readonly OrderLine[];
  readonly bill: Bill;
  readonly payment: {
    readonly method: PaymentMethod;
    readonly state: PaymentState;
    /** The payer's consent, as it was when the order was placed. */
    readonly link?: string;
    readonly id?: string;
    readonly approval?: { readonly link: string; readonly expiresAt: string };
    readonly reason?: string;
  };
  readonly rider: { readonly state: RiderState; readonly id?: string };
  readonly delivery: { readonly address: string; readonly phone: string; readonly position: Position };
  readonly placedAt: string;
  readonly estimatedDelivery: string;
  readonly moves: readonly Moved[];
  readonly cancellation?: Cancellation;
  readonly correlationId: string;
  readonly traceparent?: string;
}

/** One way of an order: where it leads, from where, and who alone may take it. */
interface Way {
  readonly from: readonly OrderState[];
  readonly by: readonly Mover[];
}

/** Everything that an order can do. A way that does not stand here does not exist. */
export const WAYS: { readonly [to in Exclude<OrderState, 'PLACED'>]: Way } = {
  PAYMENT_CONFIRMED: { from: ['PLACED'], by: ['payment'] },
  PAYMENT_FAILED: { from: ['PLACED'], by: ['payment'] },
  ACCEPTED: { from: ['PLACED', 'PAYMENT_CONFIRMED'], by: ['kitchen'] },
  REJECTED: { from: ['PLACED', 'PAYMENT_CONFIRMED'], by: ['kitchen'] },
  PREPARING: { from: ['ACCEPTED'], by: ['kitchen'] },
  READY: { from: ['PREPARING'], by: ['kitchen'] },
  PICKED_UP: { from: ['READY'], by: ['rider'] },
  OUT_FOR_DELIVERY: { from: ['PICKED_UP'], by: ['rider'] },
  DELIVERED: { from: ['OUT_FOR_DELIVERY'], by: ['rider'] },
  CANCELLED_BY_CUSTOMER: {
    from: ['PLACED', 'PAYMENT_CONFIRMED', 'ACCEPTED', 'PREPARING'],
    by: ['customer'],
  },
  CANCELLED_BY_RESTAURANT: {
    from: ['PAYMENT_CONFIRMED', 'PLACED', 'ACCEPTED', 'PREPARING', 'READY'],
    by: ['kitchen', 'clock'],
  },
  REFUNDED: { from: ['REJECTED', 'CANCELLED_BY_CUSTOMER', 'CANCELLED_BY_RESTAURANT'], by: ['payment'] },
};

export const hasEnded = ({ state }: Pick<Order, 'state'>): boolean => ENDS.includes(state);

/** The kitchen begins for nothing that nobody pays: it is paid, or will be at the door. */
export const isSafeToCook = ({ state, payment }: Pick<Order, 'state' | 'payment'>): boolean =>
  state === 'PAYMENT_CONFIRMED' || payment.method === 'cash_on_delivery';

/** A QR that nobody can pay any more, or should, is shown to nobody. */
export const withoutApproval = ({ approval: _, ...payment }: Order['payment']): Order['payment'] => payment;

/** Whether its payer waits for something to scan. */
export const lacksQr = ({ state, payment }: Pick<Order, 'state' | 'payment'>): boolean =>
  state === 'PLACED' &&
  payment.method === 'upi_qr' &&
  payment.state === 'pending' &&
  payment.approval === undefined;

/** Whether it can go there now, by this one. */
export const mayMove = (order: Order, to: keyof typeof WAYS, by: Mover): boolean => {
  const way = WAYS[to];
  return (
    way.from.includes(order.state) &&
    way.by.includes(by) &&
    (by !== 'kitchen' || order.state !== 'PLACED' || isSafeToCook(order)) &&
    (to !== 'PICKED_UP' || order.rider.state === 'RIDER_ASSIGNED')
  );
};

/** Whether it has been there already. */
export const hasBeen = (order: Order, state: OrderState): boolean =>
  order.moves.some(({ to }) => to === state);

/**
 * The order one step on.
 * @throws {MoveNotAllowedError} there is no such way from where it is, or not for this one
 */
export const moved = (
  order: Order,
  to: keyof typeof WAYS,
  { by, at }: { readonly by: Mover; readonly at: string },
): Order => {
  if (!mayMove(order, to, by)) throw new MoveNotAllowedError({ order: order.id, from: order.state, to });
  const step = { ...order, state: to, version: order.version + 1, moves: [...order.moves, { to, by, at }] };
  // Whoever brings it takes the cash.
  const paysNow = to === 'DELIVERED' && order.payment.state === 'on_delivery';
  return paysNow ? { ...step, payment: { ...order.payment, state: 'paid' } } : step;
};
