import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { routes } from '../contract.ts';
import { toldOf, withChosen } from '../domain/choosing.ts';
import type { DeadLetterPorts } from '../domain/ports.ts';
import { deadLetterPorts } from '../store/dead-letters.ts';

/**
 * Deletes chosen letters for good, and tells of each whether it did.
 * @throws {NotFoundError} the city has no such dead-letter queue
 */
export const discardDeadLetters =
  (ports: Pick<DeadLetterPorts, 'systems' | 'letters'>) =>
  async ({ body, caller }: RequestOf<typeof routes.discardDeadLetters>) => {
    const { trails, dryRun } = body;
    const outcomes = await withChosen(ports, body, (letters, meant, isEnough) =>
      letters.discard(meant, { dryRun, isEnough }),
    );
    const items = toldOf(trails, outcomes, dryRun);
    if (!dryRun) for (const item of items) logger().info('dead letter', { ...item, by: caller.subject });
    return { status: 200, body: { dryRun, items } } as const;
  };

export const handler = restHandler({
  route: routes.discardDeadLetters,
  handle: discardDeadLetters,
  ports: deadLetterPorts,
});
