import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events, type OrderId } from '../contract.ts';
import { paymentSaid } from '../domain/paying.ts';
import type { Cashier, OrderingPorts } from '../domain/ports.ts';
import { cashier } from '../peers.saga.ts';
import { orderingPorts } from '../store/ports.ts';

export type PayOrderPorts = Pick<OrderingPorts, 'orders' | 'now' | 'ids'> & { readonly cashier: Cashier };

/**
 * Has an order paid. The payment saga knows the order as its key, so that asking again is the same payment, which is also
 * how it is asked what became of one. What it refuses for good fails the order; what it cannot answer comes again.
 */
export const pay =
  ({ orders, cashier, now, ids }: PayOrderPorts) =>
  async (id: OrderId): Promise<void> => {
    const order = await orders.load(id);
    // Cancelled before anybody asked for money.
    if (order.payment.state !== 'pending' || (order.state !== 'PLACED' && order.payment.id === undefined))
      return;
    const said = await cashier.pay(order);
    await orders.change(id, {
      name: `payment:${ids()}`,
      decide: (found) => paymentSaid(found, said, now().toISOString()),
    });
  };

export const payOrder =
  (ports: PayOrderPorts) =>
  ({ data }: Pick<CloudEventOf<typeof events.paymentWanted>, 'data'>): Promise<void> =>
    pay(ports)(data.order);

export const handler = queueConsumer({
  accepts: events.paymentWanted.schema,
  handle: payOrder,
  ports: () => ({ ...orderingPorts(), cashier: cashier() }),
});
