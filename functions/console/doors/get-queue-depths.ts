import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { WatchPorts } from '../domain/ports.ts';
import { queuesOf } from '../domain/state.ts';
import { watchPorts } from '../store/watch.ts';

/**
 * How many messages the queues of a system hold now. CloudWatch, which costs and comes later, is not asked.
 * @throws {NotFoundError} no such system is deployed
 */
export const getQueueDepths =
  ({ systems, watch }: Pick<WatchPorts, 'systems' | 'watch'>) =>
  async ({ path: { system } }: RequestOf<typeof routes.getQueueDepths>) => {
    const view = (await systems()).find(({ name }) => name === system);
    if (!view) throw new NotFoundError({ what: 'system', id: system });
    const queues = await Promise.all(
      queuesOf(view).map(async (name) => ({ name, ...(await watch.queue(name)) })),
    );
    return { status: 200, body: { system, queues } } as const;
  };

export const handler = restHandler({
  route: routes.getQueueDepths,
  handle: getQueueDepths,
  ports: watchPorts,
});
