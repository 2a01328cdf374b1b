import { unsentBefore } from '../../../shared/effects/index.ts';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { SweepRequested, UNSENT_FOR_SECONDS } from '../contract.ts';
import { carry, type OutboxPorts, outboxPorts } from '../store/outbox.ts';

/** What one round takes of each shard. */
const ROUND = 50;
/** With less than this left, the rest waits for the next sweep. */
const ENOUGH_MS = 5_000;

/**
 * Sends what the relay has left behind: a stream can skip a record after a restart, or give one up that grew too
 * old. The oldest events go first, round after round, until none is old enough.
 * @throws {TransientError} the bus did not take them all: the next sweep finds them again
 */
export const sweepOutbox = (ports: OutboxPorts) => async (): Promise<void> => {
  let sent = 0;
  for (;;) {
    const before = new Date(ports.now().getTime() - UNSENT_FOR_SECONDS * 1000);
    const events = await unsentBefore(ports.store, { before, limit: ROUND });
    if (events.length === 0) break;
    await carry(ports, events);
    sent += events.length;
    if (ports.remaining() < ENOUGH_MS) break;
  }
  if (sent > 0) logger().warn('the relay had left events behind', { sent });
};

export const handler = queueConsumer({ accepts: SweepRequested, handle: sweepOutbox, ports: outboxPorts });
