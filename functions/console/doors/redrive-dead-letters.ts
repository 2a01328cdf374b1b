import { editing } from '../../../shared/dead-letters/edit.ts';
import { turnsOf } from '../../../shared/dead-letters/pace.ts';
import { workedOn } from '../../../shared/dead-letters/queues.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { pause } from '../../../shared/time/index.ts';
import { routes } from '../contract.ts';
import { toldOf, withChosen } from '../domain/choosing.ts';
import type { DeadLetterPorts } from '../domain/ports.ts';
import { deadLetterPorts, recordsPort } from '../store/dead-letters.ts';

/** So much of its time a door keeps to answer. */
export const TO_ANSWER_MS = 2_000;

/**
 * Sends chosen letters back at a rate, as far as there is time, and tells of each what became of it. What its consumer has
 * worked on already is not sent, nor what cannot be edited as it was asked.
 * @throws {NotFoundError} the city has no such dead-letter queue
 */
export const redriveDeadLetters =
  (ports: RedrivePorts) =>
  async ({ body, caller }: RequestOf<typeof routes.redriveDeadLetters>, { remainingMs }: Remaining) => {
    const { trails, dryRun, ratePerSecond, edits } = body;
    const leftMs = () => remainingMs() - TO_ANSWER_MS;
    const turn = turnsOf({ ratePerSecond, leftMs, now: ports.nowMs, pause: ports.pause });
    const queues = (await ports.systems()).flatMap((system) => system.queues);
    const worked = workedOn(queues, ports.isThere);
    const outcomes = await withChosen(ports, body, (letters, meant, isEnough) =>
      letters.redrive(meant, { dryRun, isEnough, worked, edited: editing(edits), turn }),
    );
    const items = toldOf(trails, outcomes, dryRun, queues);
    for (const item of dryRun ? [] : items) {
      const places = edits[item.trail]?.map(({ path }) => path);
      logger().info('dead letter', { ...item, ...(places ? { edited: places } : {}), by: caller.subject });
    }
    return { status: 200, body: { dryRun, items } } as const;
  };

export type Remaining = Pick<CallContext, 'remainingMs'>;

export interface RedrivePorts extends Pick<DeadLetterPorts, 'systems' | 'letters' | 'isThere'> {
  readonly nowMs: () => number;
  readonly pause: typeof pause;
}

export const handler = restHandler({
  route: routes.redriveDeadLetters,
  handle: redriveDeadLetters,
  ports: () => ({ ...deadLetterPorts(), ...recordsPort(), nowMs: Date.now, pause }),
});
