import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events as ordering } from '../../zomato-ordering/contract.events.ts';
import { type OrdersOfOrdering, ordering as orderingOverHttp } from '../peers.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

type LearnPorts = Pick<LogPorts, 'positions'> & { readonly ordering: OrdersOfOrdering };

/** What ordering says where nobody can ever tell us. */
const NOBODY_KNOWS = new Set(['NotFoundError', 'PeerMissingError']);

/**
 * Asks ordering where a new order begins and ends, for estimates of when its rider arrives. No event says it: an address is
 * nobody's business but theirs who need it. Without it an order is followed all the same.
 * @throws {PeerUnavailableError} ordering does not answer; the message comes again
 */
export const learnPlaces =
  ({ positions, ordering: peer }: LearnPorts) =>
  async ({ data: { order } }: CloudEventOf<typeof ordering.placed>): Promise<void> => {
    try {
      await positions.keepPlaces(order, await peer.placesOf(order));
    } catch (error) {
      if (!(error instanceof Error && NOBODY_KNOWS.has(error.name))) throw error;
      logger().warn('nobody knows where an order goes', { orderId: order, reason: error.name });
    }
  };

export const handler = queueConsumer({
  accepts: ordering.placed.schema,
  handle: learnPlaces,
  ports: () => ({ ...logPorts(), ordering: orderingOverHttp() }),
});
