import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import type { OrderId } from '../contract.views.ts';
import { refundArrived } from '../domain/paying.ts';
import { cashier } from '../peers.saga.ts';
import { orderingPorts } from '../store/ports.ts';
import type { PayOrderPorts } from './pay-order.ts';

/** Has given back what an order's cancellation says. The payment saga knows it by the order: asked again, it is one refund. */
export const refund =
  ({ orders, cashier, now, ids }: PayOrderPorts) =>
  async (id: OrderId): Promise<void> => {
    const order = await orders.load(id);
    if (order.payment.state !== 'refund_due') return;
    if ((await cashier.refund(order)) !== 'completed') return; // it tells when it is
    await orders.change(id, {
      name: `refund:${ids()}`,
      decide: (found) => refundArrived(found, now().toISOString()),
    });
  };

export const refundOrder =
  (ports: PayOrderPorts) =>
  ({ data }: Pick<CloudEventOf<typeof events.refundWanted>, 'data'>): Promise<void> =>
    refund(ports)(data.order);

export const handler = queueConsumer({
  accepts: events.refundWanted.schema,
  handle: refundOrder,
  ports: () => ({ ...orderingPorts(), cashier: cashier() }),
});
