/** What becomes of an order when its payment does. */
import { paidTooLate } from './cancellation.ts';
import { lacksQr, moved, type Order, withoutApproval } from './order.ts';
import type { Decision, Paying } from './ports.ts';
import { toldMoved, toldRefund } from './telling.ts';

/**
 * What the payment saga has said, written with the order. Said again, or of an order that has gone on, it is no news:
 * undefined. An order that was cancelled meanwhile gives all of it back.
 */
export const paymentSaid = (order: Order, said: Paying, at: string): Decision | undefined => {
  if (order.payment.state !== 'pending') return undefined;
  if (said.status === 'completed') return paid(order, said.payment, at);
  if (said.status === 'failed') return unpaid(order, said, at);
  const isNews = order.payment.id !== said.payment || (lacksQr(order) && said.approval !== undefined);
  return isNews ? asked(order, said) : undefined;
};

const paid = (order: Order, id: string, at: string): Decision => {
  const known = { ...order, payment: withoutApproval({ ...order.payment, id, state: 'paid' }) };
  if (order.state === 'PLACED') {
    const after = moved(known, 'PAYMENT_CONFIRMED', { by: 'payment', at });
    return { order: after, events: toldMoved(order.state, after) };
  }
  const after = paidTooLate(known);
  return { order: after, events: toldRefund(after) };
};

const unpaid = (
  order: Order,
  { payment: id, reason }: Extract<Paying, { status: 'failed' }>,
  at: string,
): Decision => {
  const payment = withoutApproval({
    ...order.payment,
    ...(id === undefined ? {} : { id }),
    state: 'failed',
    reason,
  });
  if (order.state !== 'PLACED')
    return { order: { ...order, version: order.version + 1, payment }, events: [] };
  const after = moved({ ...order, payment }, 'PAYMENT_FAILED', { by: 'payment', at });
  return { order: after, events: toldMoved(order.state, after) };
};

const asked = (
  order: Order,
  { payment: id, approval }: Extract<Paying, { status: 'in_progress' | 'completed' }>,
): Decision => ({
  order: {
    ...order,
    version: order.version + 1,
    payment: { ...order.payment, id, ...(approval && order.state === 'PLACED' ? { approval } : {}) },
  },
  events: [],
});

/** The money is back with whoever paid it. */
export const refundArrived = (order: Order, at: string): Decision | undefined => {
  if (order.payment.state !== 'refund_due') return undefined;
  const after = moved({ ...order, payment: { ...order.payment, state: 'refunded' } }, 'REFUNDED', {
    by: 'payment',
    at,
  });
  return { order: after, events: toldMoved(order.state, after) };
};
