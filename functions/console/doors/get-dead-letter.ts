import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { deadQueuesOf, letterView, lookInto } from '../domain/dead-letters.ts';
import type { DeadLetterPorts } from '../domain/ports.ts';
import { deadLetterPorts } from '../store/dead-letters.ts';

/**
 * What lies under a trail, whole.
 * @throws {NotFoundError} nothing does now, or somebody else has it in hand; or there is no such queue
 */
export const getDeadLetter =
  (ports: Pick<DeadLetterPorts, 'systems' | 'letters'>) =>
  async ({ path: { trail }, query: { queue } }: RequestOf<typeof routes.getDeadLetter>) => {
    const { lying } = await lookInto(ports, deadQueuesOf(await ports.systems(), queue));
    const found = lying.filter(({ letter }) => letter.trail === trail);
    if (found.length === 0) throw new NotFoundError({ what: 'dead letter', id: trail });
    const items = found.map(({ letter, system }) => letterView(letter, system, true));
    return { status: 200, body: { items } } as const;
  };

export const handler = restHandler({
  route: routes.getDeadLetter,
  handle: getDeadLetter,
  ports: deadLetterPorts,
});
