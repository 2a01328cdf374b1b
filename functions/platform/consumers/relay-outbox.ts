import * as z from 'zod';
import { streamConsumer } from '../../../shared/lambda/index.ts';
import { CloudEvent } from '../../../shared/messaging/events.ts';
import { carry, type OutboxPorts, outboxPorts } from '../store/outbox.ts';

/** An item of the outbox, as the stream shows its insertion. */
export const OutboxItem = z.looseObject({
  pk: z.string().startsWith('OUTBOX#'),
  sk: z.string(),
  event: CloudEvent,
});
type OutboxItem = z.infer<typeof OutboxItem>;

/**
 * Sends events that were just committed, in their order, and marks them as sent: from then on they expire. When it
 * is stopped in between they are sent again, which consumers notice by their ids.
 * @throws {TransientError} the bus did not take them all, or the table was busy: the same batch again
 */
export const relayOutbox =
  (ports: OutboxPorts) =>
  async (items: readonly OutboxItem[]): Promise<void> => {
    if (items.length > 0)
      await carry(
        ports,
        items.map(({ event }) => event),
      );
  };

export const handler = streamConsumer({ accepts: OutboxItem, handle: relayOutbox, ports: outboxPorts });
