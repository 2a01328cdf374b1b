import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { DeadLetterPorts } from '../domain/ports.ts';
import { verdictsOn } from '../domain/verdicts.ts';
import { countsPort, deadLetterPorts, recordsPort } from '../store/dead-letters.ts';

/**
 * What has become of letters that were sent back.
 * @throws {NotFoundError} no system of the city has the queue to which one was sent
 */
export const judgeDeadLetters =
  (ports: DeadLetterPorts) =>
  async ({ body: { letters } }: RequestOf<typeof routes.judgeDeadLetters>) =>
    ({ status: 200, body: { items: await verdictsOn(ports, letters) } }) as const;

export const handler = restHandler({
  route: routes.judgeDeadLetters,
  handle: judgeDeadLetters,
  ports: () => ({ ...deadLetterPorts(), ...recordsPort(), ...countsPort() }),
});
