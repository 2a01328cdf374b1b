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
  const sent = new Set<string>();
  for (;;) {
    const before = new Date(ports.now().getTime() - UNSENT_FOR_SECONDS * 1000);
    const events = await unsentBefore(ports.store, { before, limit: ROUND });
    // The index may still show what this run has sent; what it hides behind that is for the next sweep.
    const fresh = events.filter(({ id }) => !sent.has(id));
    if (fresh.length === 0) break;
    await carry(ports, fresh);
    for (const { id } of fresh) sent.add(id);
    if (ports.remaining() < ENOUGH_MS) break;
  }
  if (sent.size > 0) logger().warn('the relay had left events behind', { sent: sent.size });
};

export const handler = queueConsumer({ accepts: SweepRequested, handle: sweepOutbox, ports: outboxPorts });
