import * as z from 'zod';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import { events as ordering } from '../../zomato-ordering/contract.events.ts';
import { works } from '../contract.works.ts';
import { follow, type Heard } from '../domain/tracked.ts';
import { hearing } from '../store/hearing.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/** What ordering tells of an order that whoever follows it wants to know. */
export const OrderEvent = z.union([
  ordering.placed.schema,
  ordering.moved.schema,
  ordering.riderChanged.schema,
]);

type FollowPorts = Pick<LogPorts, 'orders' | 'riders' | 'chance' | 'pause'>;

/** Writes what ordering tells into the log of an order, each event once, in the order in which it happened. */
export const followOrders = ({ orders, riders, ...ports }: FollowPorts): ((event: Heard) => Promise<void>) =>
  hearing({
    ...ports,
    ...{ log: orders, work: works.followOrders, parse: OrderEvent.parse },
    follow: async (order, event) =>
      follow(
        order,
        event,
        event.type === 'zomato-ordering.RiderChanged' ? await riders.named(event.data.rider) : undefined,
      ),
  });

export const handler = queueConsumer({ accepts: OrderEvent, handle: followOrders, ports: logPorts });
