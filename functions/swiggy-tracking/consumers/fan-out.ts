import { queueConsumer } from '../../../shared/lambda/index.ts';
import { gauge } from '../../../shared/lambda/metrics.ts';
import { logger } from '../../../shared/logging/index.ts';
import { say } from '../../../shared/messages/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import { isOf } from '../domain/access.ts';
import { broadcast, type Push } from '../domain/broadcast.ts';
import { among } from '../domain/followed.ts';
import { itemFrame } from '../domain/views.ts';
import { messages } from '../messages.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';
import { socketPush } from '../store/pushes.ts';

type FanOutPorts = Pick<LogPorts, 'orders' | 'bookings'> &
  Pick<ConnectionPorts, 'connections'> & { readonly push: Push };

/**
 * Sends an item of a log to everybody who follows what it is of and still has to do with it. Heard again it is sent again: whoever
 * has it drops it. Whoever has missed it sees a gap, and asks.
 */
export const fanOut =
  (ports: FanOutPorts) =>
  async ({ data }: CloudEventOf<typeof events.itemLogged>): Promise<void> => {
    const { sequence } = data;
    const id = 'booking' in data ? data.booking : data.order;
    const log = among(ports, id);
    const [found, item, audience] = await Promise.all([
      log.find(id),
      log.item(id, sequence),
      ports.connections.audienceOf(id),
    ]);
    // The log was forgotten, a month later: a letter that somebody sends back then is no news.
    if (!found || !item) return;
    const listeners = audience.filter((one) => isOf(found.tracked, one));
    const outcomes = await broadcast(ports, listeners, ({ language }) =>
      itemFrame(id, item, (name, facts = {}) => say(messages, name, facts, language)),
    );
    if (outcomes.missed > 0) gauge('PushesMissed', outcomes.missed);
    logger().info('item sent', { about: id, sequence, ...outcomes });
  };

export const handler = queueConsumer({
  accepts: events.itemLogged.schema,
  handle: fanOut,
  ports: () => ({ ...logPorts(), ...connectionPorts(), push: socketPush() }),
});
