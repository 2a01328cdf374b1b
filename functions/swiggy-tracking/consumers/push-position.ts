import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { PositionDue } from '../contract.events.ts';
import { isOf, seesRider } from '../domain/access.ts';
import { broadcast, type Push } from '../domain/broadcast.ts';
import { isUnsent, positionView, sentOut, tooEarlyBy } from '../domain/positions.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';
import { type PushQueue, pushQueue } from '../store/push-queue.ts';
import { socketPush } from '../store/pushes.ts';

type PushPorts = Pick<LogPorts, 'orders' | 'positions' | 'now'> &
  Pick<ConnectionPorts, 'connections'> &
  PushQueue & { readonly push: Push };

/**
 * Sends where the rider of an order is now to those who may see it: not more than once a second, and not what was sent already.
 * What comes in while it is sent has a push of its own asked for.
 */
export const pushPosition =
  (ports: PushPorts) =>
  async ({ order: id }: PositionDue): Promise<void> => {
    const position = await ports.positions.find(id);
    if (!position || !isUnsent(position)) return;
    const early = tooEarlyBy(position, ports.now());
    if (early > 0) return ports.ask(id, early);
    const [found, audience] = await Promise.all([ports.orders.find(id), ports.connections.audienceOf(id)]);
    const order = found?.tracked;
    // What a rider sent who has given the order back is where nobody is who has it.
    if (!order || order.rider !== position.rider) return;
    const listeners = audience.filter(
      (one) => one.role !== 'rider' && isOf(order, one) && seesRider(order, one),
    );
    const frame = { type: 'position', order: id, position: positionView(position) } as const;
    const outcomes = await broadcast(ports, listeners, () => frame);
    const { revision } = position;
    const after = await ports.positions.change(id, (now) => now && sentOut(now, revision, ports.now()));
    if (after?.again) await ports.ask(id, tooEarlyBy(after.record, ports.now()));
    logger().info('position sent', { orderId: id, revision, ...outcomes });
  };

export const handler = queueConsumer({
  accepts: PositionDue,
  handle: pushPosition,
  ports: () => ({ ...logPorts(), ...connectionPorts(), ...pushQueue(), push: socketPush() }),
});
