import { redriveWhole } from '../../../shared/dead-letters/index.ts';
import { turnsOf } from '../../../shared/dead-letters/pace.ts';
import { workedOn } from '../../../shared/dead-letters/queues.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { pause } from '../../../shared/time/index.ts';
import { routes } from '../contract.ts';
import { outcomeView } from '../domain/choosing.ts';
import { deadQueuesOf } from '../domain/dead-letters.ts';
import type { MoveTaskPorts } from '../domain/ports.ts';
import { deadLetterPorts, recordsPort, tasksPort } from '../store/dead-letters.ts';
import { type RedrivePorts, type Remaining, TO_ANSWER_MS } from './redrive-dead-letters.ts';

/**
 * Sends a whole queue back, as far as there is time: by SQS's own task where that can do it, else letter by letter.
 * @throws {NotFoundError} the city has no such dead-letter queue
 */
export const redriveDeadQueue =
  (ports: RedrivePorts & MoveTaskPorts) =>
  async (
    { path: { queue }, body, caller }: RequestOf<typeof routes.redriveDeadQueue>,
    { remainingMs }: Remaining,
  ) => {
    const systems = await ports.systems();
    deadQueuesOf(systems, queue);
    const queues = systems.flatMap((system) => system.queues);
    const { ratePerSecond, dryRun, follow, keepTrails } = body;
    const leftMs = () => remainingMs() - TO_ANSWER_MS;
    const time = { ratePerSecond, leftMs, pause: ports.pause };
    const turn = turnsOf({ ...time, now: ports.nowMs });
    const worked = workedOn(queues, ports.isThere);
    const letters = ports.letters(queue);
    const letterwise = () => letters.redrive(() => true, { dryRun, worked, turn });
    const { outcomes, ...redriven } = await redriveWhole(
      { letters, tasks: ports.tasks(queue), letterwise },
      { ...time, dryRun, follow },
      keepTrails ? 'trails are kept' : undefined,
    );
    const items = outcomes.map((outcome) => outcomeView(outcome, dryRun, queues));
    if (!dryRun) {
      logger().info('dead queue', { queue, ...redriven, ratePerSecond, by: caller.subject });
      for (const item of items) logger().info('dead letter', { ...item, by: caller.subject });
    }
    return { status: 200, body: { dryRun, queue, ...redriven, items } } as const;
  };

export const handler = restHandler({
  route: routes.redriveDeadQueue,
  handle: redriveDeadQueue,
  ports: () => ({ ...deadLetterPorts(), ...recordsPort(), ...tasksPort(), nowMs: Date.now, pause }),
});
