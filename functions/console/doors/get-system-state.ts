import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { WatchPorts } from '../domain/ports.ts';
import {
  ageOfQueue,
  functionState,
  lastHour,
  metricsOfFunction,
  queueState,
  queuesOf,
} from '../domain/state.ts';
import { watchPorts } from '../store/watch.ts';

/**
 * How a system does: its functions over the last hour, its queues, tables and alarms now.
 * @throws {NotFoundError} no such system is deployed
 */
export const getSystemState =
  ({ systems, watch, now }: WatchPorts) =>
  async ({ path: { system } }: RequestOf<typeof routes.getSystemState>) => {
    const view = (await systems()).find(({ name }) => name === system);
    if (!view) throw new NotFoundError({ what: 'system', id: system });
    const { functions, tables } = view;
    const queues = queuesOf(view);
    const hour = lastHour(now());
    const each = metricsOfFunction('').length;
    const [points, counts, described, alarms] = await Promise.all([
      watch.points([...functions.flatMap(metricsOfFunction), ...queues.map(ageOfQueue)], hour),
      Promise.all(queues.map((name) => watch.queue(name))),
      tables && Promise.all(tables.map(async (name) => ({ name, ...(await watch.table(name)) }))),
      watch.alarms(view.alarms),
    ]);
    const ages = points.slice(functions.length * each);
    const body = {
      ...{ system, from: hour.from.toISOString(), to: hour.to.toISOString() },
      functions: functions.map((name, n) => functionState(name, points.slice(n * each, (n + 1) * each))),
      queues: queues.map((name, n) => queueState(name, counts[n] ?? {}, ages[n] ?? [], hour.to)),
      ...(described ? { tables: described } : {}),
      alarms,
    };
    return { status: 200, body } as const;
  };

export const handler = restHandler({
  route: routes.getSystemState,
  handle: getSystemState,
  ports: watchPorts,
});
