import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { deadQueuesOf, letterView, lookInto } from '../domain/dead-letters.ts';
import type { DeadLetterPorts } from '../domain/ports.ts';
import { deadLetterPorts } from '../store/dead-letters.ts';

/**
 * The dead letters of the city. SQS knows no order, so all are read, and the oldest given.
 * @throws {NotFoundError} the city has no such dead-letter queue
 */
export const listDeadLetters =
  (ports: Pick<DeadLetterPorts, 'systems' | 'letters'>) =>
  async ({ query: { queue, error, limit } }: RequestOf<typeof routes.listDeadLetters>) => {
    const { lying, waiting } = await lookInto(ports, deadQueuesOf(await ports.systems(), queue));
    const found = lying.filter(({ letter }) => error === undefined || letter.error === error);
    const items = found.slice(0, limit).map(({ letter, system }) => letterView(letter, system));
    return { status: 200, body: { items, found: found.length, read: lying.length, waiting } } as const;
  };

export const handler = restHandler({
  route: routes.listDeadLetters,
  handle: listDeadLetters,
  ports: deadLetterPorts,
});
