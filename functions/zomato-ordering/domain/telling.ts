/** What is told of an order, each by what has just been decided. */
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import type { OrderState } from '../contract.views.ts';
import type { Moved, Order } from './order.ts';

/** In whose name it is told: the order's own, so that one trace tells its whole story. */
const aboutOf = ({ id, version, correlationId, traceparent }: Order) => ({
  ...{ subject: id, sequence: version, correlationId },
  ...(traceparent ? { traceparent } : {}),
});
const idsOf = ({ id, customer, restaurant }: Order) => ({ order: id, customer, restaurant: restaurant.id });

export const toldPlaced = (order: Order): OutgoingEvent[] => [
  events.placed.of({
    ...aboutOf(order),
    data: {
      ...idsOf(order),
      ...{
        total: order.bill.total,
        method: order.payment.method,
        estimatedDelivery: order.estimatedDelivery,
      },
    },
  }),
  ...(order.payment.state === 'pending'
    ? [events.paymentWanted.of({ ...aboutOf(order), data: { order: order.id } })]
    : []),
];

/** An order has gone from one state to the one that it is in. */
export const toldMoved = (from: OrderState, order: Order): OutgoingEvent[] => {
  const { by, at } = order.moves.at(-1) as Moved;
  const { cancellation, payment } = order;
  return [
    events.moved.of({
      ...aboutOf(order),
      data: {
        ...idsOf(order),
        ...{ from, to: order.state, by, at },
        ...(order.rider.id === undefined ? {} : { rider: order.rider.id }),
        ...(payment.reason === undefined ? {} : { reason: payment.reason }),
        // Why in somebody’s own words is for a door to say.
        ...(cancellation ? { refund: cancellation.refund } : {}),
      },
    }),
    ...(payment.state === 'refund_due' ? toldRefund(order) : []),
  ];
};

export const toldRefund = (order: Order): OutgoingEvent[] => [
  events.refundWanted.of({ ...aboutOf(order), data: { order: order.id } }),
];

/** A rider has taken it, or given it back. */
export const toldRider = (order: Order, rider: string, at: string): OutgoingEvent[] => [
  events.riderChanged.of({
    ...aboutOf(order),
    data: { ...idsOf(order), state: order.rider.state, rider, at },
  }),
];
