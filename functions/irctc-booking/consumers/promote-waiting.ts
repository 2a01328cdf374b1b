import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import type { PoolId } from '../contract.views.ts';
import type { RailPorts } from '../domain/ports.ts';
import { advance } from '../store/giving-back.ts';
import { railPorts } from '../store/ports.ts';

export type PromotePorts = Pick<RailPorts, 'bookings' | 'pools' | 'effects' | 'insist' | 'now'>;

/**
 * Takes a pool one step on: the first who fits gets what is free. If there is more to do, the step tells so itself. The same
 * message again does not take a second step.
 * @param name which of the pool's effects it is
 * @throws {TransientError} others were faster again and again; a retry helps
 */
export const takeStep =
  ({ pools, insist, now, ...ports }: PromotePorts) =>
  (id: PoolId, name: string): Promise<void> =>
    insist(async () => {
      const pool = await pools.find(id);
      if (pool?.dueSince === undefined) return;
      const effect = { owner: id, name, keepDays: 30 };
      await advance({ pools, ...ports }, { effect, pool, at: now().toISOString() });
    });

export const promoteWaiting =
  (ports: PromotePorts) =>
  ({ id, data }: Pick<CloudEventOf<typeof events.promotionDue>, 'id' | 'data'>): Promise<void> =>
    takeStep(ports)(data.pool, `step:${id}`);

export const handler = queueConsumer({
  accepts: events.promotionDue.schema,
  handle: promoteWaiting,
  ports: railPorts,
});
