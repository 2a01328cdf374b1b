import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import { CloudEvent } from '../../../shared/messaging/events.ts';
import { keptEvent } from '../domain/city-events.ts';
import { type CityEventPorts, cityEventPorts } from '../store/city-events.ts';

/**
 * Keeps every event of the city for three days, once for its id, behind those that arrived before it.
 * What is no CloudEvent is parked: somebody put it on the bus by another way than an outbox.
 */
export const keepEvents =
  ({ events, now }: CityEventPorts) =>
  (event: CloudEvent, { body }: Pick<MessageContext, 'body'>): Promise<void> =>
    events.keep(keptEvent(event, body, now()));

export const handler = queueConsumer({ accepts: CloudEvent, handle: keepEvents, ports: cityEventPorts });
