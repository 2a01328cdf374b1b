import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { type ClassCode, type JourneyDate, Quota } from '../contract.codes.ts';
import { events } from '../contract.events.ts';
import { openedFor, type Pool, poolIdOf } from '../domain/pool.ts';
import type { RailPorts } from '../domain/ports.ts';
import { closed, isDue } from '../domain/steps.ts';
import { toldDue } from '../domain/telling.ts';
import { classesOf, type Train } from '../domain/train.ts';
import { railPorts } from '../store/ports.ts';
import { poolWritten, runCharted } from '../store/rail.ts';

export type ChartPorts = Pick<RailPorts, 'pools' | 'trains' | 'effects' | 'insist' | 'now' | 'ids'>;

/**
 * Makes the chart of a train: nothing is sold or cancelled any more, the general quota gets what the others have not sold, and
 * each pool goes its last steps by its own events. Made again, it changes nothing.
 * @throws {NotFoundError} there is no such train
 * @throws {TransientError} others were faster again and again; a retry helps
 */
export const prepareChart =
  (ports: ChartPorts) =>
  async ({ data }: Pick<CloudEventOf<typeof events.chartDue>, 'data'>): Promise<void> => {
    const train = await ports.trains.load(data.train);
    for (const cls of classesOf(train)) await chartClass(ports, { train, date: data.date, cls });
    await ports.effects.commit({
      effect: { owner: `run:${data.train}.${data.date}`, name: 'charted', keepDays: 120 },
      changes: [runCharted(data, ports.now().toISOString())],
      answer: 'charted',
    });
  };

interface OfClass {
  readonly train: Train;
  readonly date: JourneyDate;
  readonly cls: ClassCode;
}

/** All quotas of a class in one transaction, so that no berth is in two of them, or in none. */
const chartClass = ({ pools, effects, insist, now, ids }: ChartPorts, { train, date, cls }: OfClass) =>
  insist(async () => {
    const known = await Promise.all(
      Quota.options.map((quota) => pools.find(poolIdOf(train.number, date, cls, quota))),
    );
    const all = Quota.options.map(
      (quota, index) => known[index] ?? openedFor(train, { date, cls, quota }, now()),
    );
    const [general, ...others] = all as [Pool, ...Pool[]];
    if (general.state !== 'open') return;
    const at = now().toISOString();
    const after = closed(general, others);
    const written = [after.general, ...after.others].map((pool) =>
      isDue(pool) ? { dueSince: at, ...pool } : pool,
    );
    await effects.commit({
      effect: { owner: general.id, name: 'closed', keepDays: 120 },
      changes: written.map((pool, index) => poolWritten(known[index], pool)),
      events: written.flatMap((pool) => toldDue(pool, { correlationId: ids() })),
      answer: at,
    });
  });

export const handler = queueConsumer({
  accepts: events.chartDue.schema,
  handle: prepareChart,
  ports: railPorts,
});
