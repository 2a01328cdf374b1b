/** What comes back of an order that is cancelled: by its state, and by the time. Rules of this city; nobody publishes theirs. */
import { paise, portion } from '../../../shared/money/index.ts';
import type { Mover } from '../contract.views.ts';
import { foodPart } from './bill.ts';
import { OrderNotCancellableError } from './errors.ts';
import { mayMove, moved, type Order, type WAYS, withoutApproval } from './order.ts';

/** So soon after ordering nobody has to pay for a slip of the finger. */
export const REGRET_MS = 60_000;
/** What of the food, its packing and its tax a customer pays who cancels while it is cooked, in percent. */
const COOKED_PERCENT = 50;

/**
 * The order cancelled, with what is given back. What is paid is divided: refund and kept are the whole of it.
 * @throws {OrderNotCancellableError} too late: it is cooked, on its way, or has ended
 */
export const cancelled = (
  order: Order,
  {
    by,
    reason,
    at,
  }: {
    readonly by: Extract<Mover, 'customer' | 'kitchen' | 'clock'>;
    readonly reason: string;
    readonly at: string;
  },
): Order => {
  const to: keyof typeof WAYS = by === 'customer' ? 'CANCELLED_BY_CUSTOMER' : 'CANCELLED_BY_RESTAURANT';
  if (!mayMove(order, to, by)) throw new OrderNotCancellableError({ order: order.id, state: order.state });
  return givenBack(moved(order, to, { by, at }), { by, reason, at, kept: keptOf(order, by, at) });
};

/** The order that its kitchen does not want: nothing of it is kept. */
export const rejected = (
  order: Order,
  { reason, at }: { readonly reason: string; readonly at: string },
): Order =>
  givenBack(moved(order, 'REJECTED', { by: 'kitchen', at }), { by: 'kitchen', reason, at, kept: 0 });

/**
 * A payment that came to an order that had been cancelled meanwhile: all of it goes back.
 */
export const paidTooLate = (order: Order): Order =>
  order.cancellation
    ? {
        ...order,
        version: order.version + 1,
        payment: { ...order.payment, state: 'refund_due' },
        cancellation: { ...order.cancellation, refund: order.bill.total, kept: paise(0) },
      }
    : order;

const keptOf = (order: Order, by: Mover, at: string): number => {
  const regrets = Date.parse(at) - Date.parse(order.placedAt) <= REGRET_MS;
  return by === 'customer' && order.state === 'PREPARING' && !regrets
    ? portion(foodPart(order.bill), COOKED_PERCENT)
    : 0;
};

const givenBack = (
  order: Order,
  {
    kept,
    ...cancellation
  }: { readonly by: Mover; readonly reason: string; readonly at: string; readonly kept: number },
): Order => {
  const paid = order.payment.state === 'paid';
  const refund = paid ? order.bill.total - kept : 0;
  return {
    ...order,
    payment: {
      ...withoutApproval(order.payment),
      state: refund > 0 ? 'refund_due' : order.payment.state,
    },
    cancellation: { ...cancellation, refund: paise(refund), kept: paise(paid ? kept : 0) },
  };
};
