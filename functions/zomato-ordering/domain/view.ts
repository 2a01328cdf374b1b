/** What callers see of an order. Consents, merchants and traces stay inside. */
import type { CancellationView, OrderSummary, OrderUnderWay, OrderView } from '../contract.views.ts';
import type { Order } from './order.ts';

export const orderView = (order: Order): OrderView => {
  const { id, version, state, customer, lines, bill, rider, delivery, placedAt, estimatedDelivery, moves } =
    order;
  const { paidTo: _, ...restaurant } = order.restaurant;
  const { link: __, ...payment } = order.payment;
  const cancellation = cancellationView(order);
  return {
    ...{
      id,
      state,
      version,
      customer,
      restaurant,
      bill,
      payment,
      rider,
      delivery,
      placedAt,
      estimatedDelivery,
    },
    lines: [...lines],
    itemsCount: itemsIn(order),
    moves: [...moves],
    ...(cancellation ? { cancellation } : {}),
  };
};

export const summaryOf = (order: Order): OrderSummary => ({
  id: order.id,
  state: order.state,
  total: order.bill.total,
  restaurant: order.restaurant.name,
  itemsCount: itemsIn(order),
  placedAt: order.placedAt,
});

export const underWayView = (order: Order): OrderUnderWay => ({
  ...summaryOf(order),
  position: order.restaurant.position,
  ...(order.rider.id === undefined ? {} : { rider: order.rider.id }),
});

/** Undefined as long as it is not cancelled. */
export const cancellationView = ({ id, cancellation, payment }: Order): CancellationView | undefined =>
  cancellation && {
    order: id,
    ...cancellation,
    refundState: payment.state === 'refunded' ? 'completed' : payment.state === 'refund_due' ? 'due' : 'none',
  };

const itemsIn = ({ lines }: Pick<Order, 'lines'>): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);
