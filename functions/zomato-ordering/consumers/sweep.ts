import { inRounds } from '../../../shared/effects/rounds.ts';
import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { SweepRequested } from '../contract.sweep.ts';
import type { OrderId } from '../contract.views.ts';
import { cancelled } from '../domain/cancellation.ts';
import { overdue } from '../domain/due.ts';
import { toldMoved } from '../domain/telling.ts';
import { cashier } from '../peers.saga.ts';
import { orderingPorts } from '../store/ports.ts';
import { type PayOrderPorts, pay } from './pay-order.ts';
import { refund } from './refund-order.ts';

/** With less than this left nothing begins: the payment saga is asked for ten seconds at most. */
const A_PIECE_MS = 12_000;

/**
 * Does what time does to orders: asks again about money that nobody told of, and cancels what a kitchen has not answered.
 * It goes round the shards and does what has been due the longest in each. One that cannot be done stays due, and the next
 * sweep, a minute later, tries it again; so it does with what too little time was left for.
 */
export const sweep =
  (ports: PayOrderPorts) =>
  async (_: SweepRequested, { remainingMs }: Pick<MessageContext, 'remainingMs'>): Promise<void> => {
    const isDone = await inRounds(ports.orders.due(ports.now()), {
      work: (id) => doDue(ports, id),
      failed: (order, error) => logger().error('it could not be done', { order, error }),
      ...{ remainingMs, pieceMs: A_PIECE_MS },
    });
    if (!isDone) logger().warn('too little time is left; the next sweep goes on');
  };

const doDue = async (ports: PayOrderPorts, id: OrderId): Promise<void> => {
  // The index lags: what it shows may have gone on since.
  const what = overdue(await ports.orders.load(id), ports.now());
  if (what === 'pay') await pay(ports)(id);
  if (what === 'refund') await refund(ports)(id);
  if (what === 'cancel') await endUnanswered(ports, id);
};

/** By the clock of the write itself: a kitchen that accepts at that moment, or the sweep, is first, and the other is not. */
const endUnanswered = ({ orders, now }: PayOrderPorts, id: OrderId) =>
  orders.change(id, {
    name: 'unanswered',
    decide: (order) => {
      if (overdue(order, now()) !== 'cancel') return undefined;
      const at = now().toISOString();
      const after = cancelled(order, { by: 'clock', reason: 'the kitchen did not answer', at });
      return { order: after, events: toldMoved(order.state, after) };
    },
  });

export const handler = queueConsumer({
  accepts: SweepRequested,
  handle: sweep,
  ports: () => ({ ...orderingPorts(), cashier: cashier() }),
});
