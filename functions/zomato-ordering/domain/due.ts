/** What time does to orders: asks again about money, and ends what a kitchen does not answer. */
import { lacksQr, type Order } from './order.ts';

/** The payment saga ends within five minutes; who has heard nothing by then asks. */
export const PAYMENT_MS = 6 * 60_000;
/** Whoever pays by UPI cannot before there is something to scan, and nobody tells of that. */
export const QR_MS = 20_000;
/** A kitchen that says nothing for so long does not want it. */
export const ANSWER_MS = 10 * 60_000;
/** A refund that was not told of is asked for again. */
export const REFUND_MS = 2 * 60_000;

/** What is to be done for an order when its time has come. */
export type Overdue = 'pay' | 'cancel' | 'refund';

/** What is due of an order, and when; undefined where nothing is. */
export const dueOf = (order: Order): { readonly what: Overdue; readonly at: number } | undefined => {
  const since = Date.parse(order.moves.at(-1)?.at ?? order.placedAt);
  const { state, payment } = order;
  if (payment.state === 'refund_due') return { what: 'refund', at: since + REFUND_MS };
  if (state === 'PLACED' && payment.state === 'pending')
    return { what: 'pay', at: since + (lacksQr(order) ? QR_MS : PAYMENT_MS) };
  if (state === 'PLACED' || state === 'PAYMENT_CONFIRMED') return { what: 'cancel', at: since + ANSWER_MS };
  return undefined;
};

/** As an index has it: ISO 8601 UTC. */
export const dueAt = (order: Order): string | undefined => {
  const due = dueOf(order);
  return due && new Date(due.at).toISOString();
};

/** What is to be done now, by the record itself: an index may show what has been done since. */
export const overdue = (order: Order, now: Date): Overdue | undefined => {
  const due = dueOf(order);
  return due && due.at <= now.getTime() ? due.what : undefined;
};
