import * as z from 'zod';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events as saga } from '../../paytm-saga/contract.events.ts';
import { OrderId } from '../contract.views.ts';
import type { Order } from '../domain/order.ts';
import { paymentSaid, refundArrived } from '../domain/paying.ts';
import type { Decision, OrderingPorts } from '../domain/ports.ts';
import { orderingPorts } from '../store/ports.ts';

/** What the payment saga tells that an order goes by. */
const PaymentFact = z.union([
  saga.completed.schema,
  saga.refused.schema,
  saga.compensated.schema,
  saga.refundCompleted.schema,
]);
type PaymentFact =
  | CloudEventOf<typeof saga.completed>
  | CloudEventOf<typeof saga.refused>
  | CloudEventOf<typeof saga.compensated>
  | CloudEventOf<typeof saga.refundCompleted>;

/** As which the payment saga knows us. */
const US = 'service:zomato-ordering';

/**
 * The payment saga tells what became of a payment or refund, and the order goes on by it. What we have not started, and what
 * the order knows already, is no news.
 */
export const hearPayment =
  ({ orders, now }: Pick<OrderingPorts, 'orders' | 'now'>) =>
  async (event: PaymentFact): Promise<void> => {
    const { startedBy, reference } = event.data;
    const id = OrderId.safeParse(reference);
    if (startedBy !== US || !id.success || !(await orders.find(id.data))) return;
    await orders.change(id.data, {
      name: `heard:${event.id}`,
      decide: (order) => said(order, event, now().toISOString()),
    });
  };

const said = (order: Order, event: PaymentFact, at: string): Decision | undefined => {
  if (event.type === saga.refundCompleted.type) return refundArrived(order, at);
  const { payment } = event.data;
  if (event.type === saga.completed.type) return paymentSaid(order, { status: 'completed', payment }, at);
  const reason = ('reason' in event.data && event.data.reason) || 'PaymentFailed';
  return paymentSaid(order, { status: 'failed', payment, reason }, at);
};

export const handler = queueConsumer({ accepts: PaymentFact, handle: hearPayment, ports: orderingPorts });
