import * as z from 'zod';
import { effectOfMessage } from '../../../shared/effects/of-message.ts';
import { untilUnchanged } from '../../../shared/effects/until-unchanged.ts';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { events as ordering } from '../../zomato-ordering/contract.events.ts';
import { works } from '../contract.works.ts';
import { follow, type Heard } from '../domain/tracked.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/** What ordering tells of an order that whoever follows it wants to know. */
export const OrderEvent = z.union([
  ordering.placed.schema,
  ordering.moved.schema,
  ordering.riderChanged.schema,
]);

type FollowPorts = Pick<LogPorts, 'orders' | 'riders' | 'chance' | 'pause'>;

/**
 * Writes what ordering tells into the log of an order: once each, and in the order in which it happened, whatever the order in
 * which it is heard. What comes too early is kept until what it waits for is written.
 */
export const followOrders =
  (ports: FollowPorts) =>
  async (event: Heard): Promise<void> => {
    const insist = untilUnchanged(ports);
    let goesOn = await insist(() => take(ports, event, { isFirst: true }));
    while (goesOn) {
      goesOn = false;
      for (const kept of await ports.orders.held(event.subject)) {
        const early = OrderEvent.parse(kept);
        goesOn = (await insist(() => take(ports, early, { isFirst: false }))) || goesOn;
      }
    }
  };

/**
 * @returns whether the order went on by it
 * @throws {VersionConflictError} it has gone on by something else meanwhile
 */
const take = async (
  { orders, riders }: FollowPorts,
  event: Heard,
  { isFirst }: { readonly isFirst: boolean },
): Promise<boolean> => {
  const { order: id } = event.data;
  const found = await orders.find(id);
  const named =
    event.type === 'zomato-ordering.RiderChanged' ? await riders.named(event.data.rider) : undefined;
  const followed = follow(found?.order, event, named);
  if (followed.what === 'news') {
    const { id: causationId, correlationid: correlationId, traceparent } = event;
    const { repeated } = await orders.append(found, {
      ...{ order: followed.order, item: followed.item, effect: effectOfMessage(works.followOrders, event) },
      origin: { correlationId, causationId, ...(traceparent === undefined ? {} : { traceparent }) },
    });
    return !repeated;
  }
  if (!isFirst) return false; // it lies there already
  logger().info('no news of an order', { orderId: id, eventId: event.id, because: followed.what });
  if (followed.what === 'early') await orders.hold(found, id, event);
  return false;
};

export const handler = queueConsumer({ accepts: OrderEvent, handle: followOrders, ports: logPorts });
