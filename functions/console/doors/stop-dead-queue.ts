import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { routes } from '../contract.ts';
import { deadQueuesOf } from '../domain/dead-letters.ts';
import type { DeadLetterPorts, MoveTaskPorts } from '../domain/ports.ts';
import { tasksPort } from '../store/dead-letters.ts';
import { systemsPort } from '../store/systems.ts';

/**
 * Stops SQS's own task that sends a queue back.
 * @throws {NotFoundError} the city has no such dead-letter queue, or no task of it runs
 */
export const stopDeadQueue =
  (ports: Pick<DeadLetterPorts, 'systems'> & MoveTaskPorts) =>
  async ({ path: { queue }, caller }: RequestOf<typeof routes.stopDeadQueue>) => {
    deadQueuesOf(await ports.systems(), queue);
    const task = await ports.tasks(queue).stop();
    logger().info('dead queue stopped', { queue, task, by: caller.subject });
    return { status: 200, body: task } as const;
  };

export const handler = restHandler({
  route: routes.stopDeadQueue,
  handle: stopDeadQueue,
  ports: () => ({ ...systemsPort(), ...tasksPort() }),
});
