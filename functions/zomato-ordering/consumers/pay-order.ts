import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { pause } from '../../../shared/time/index.ts';
import { events } from '../contract.events.ts';
import type { OrderId } from '../contract.views.ts';
import { lacksQr } from '../domain/order.ts';
import { paymentSaid } from '../domain/paying.ts';
import type { Cashier, OrderingPorts, Paying } from '../domain/ports.ts';
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
    await note({ orders, now, ids }, id, await cashier.pay(order));
  };

const note = (
  { orders, now, ids }: Pick<PayOrderPorts, 'orders' | 'now' | 'ids'>,
  id: OrderId,
  said: Paying,
): Promise<unknown> =>
  orders.change(id, {
    name: `payment:${ids()}`,
    decide: (found) => paymentSaid(found, said, now().toISOString()),
  });

/** The payer is asked a moment after the payment has begun. So often it is looked whether it is time; then the sweep looks. */
const LOOKS = 10;
const LOOK_EVERY_MS = 500;

/** Has an order paid, and waits for what the payer is to scan: nobody tells of that. */
export const payOrder =
  ({ pause, ...ports }: PayOrderPorts & { readonly pause: (ms: number) => Promise<unknown> }) =>
  async ({ data }: Pick<CloudEventOf<typeof events.paymentWanted>, 'data'>): Promise<void> => {
    await pay(ports)(data.order);
    for (let looked = 0; looked < LOOKS; looked += 1) {
      const order = await ports.orders.load(data.order);
      if (!lacksQr(order) || order.payment.id === undefined) return;
      await pause(LOOK_EVERY_MS);
      await note(ports, order.id, await ports.cashier.look(order.payment.id));
    }
  };

export const handler = queueConsumer({
  accepts: events.paymentWanted.schema,
  handle: payOrder,
  ports: () => ({ ...orderingPorts(), cashier: cashier(), pause }),
});
