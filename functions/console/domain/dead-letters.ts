/** Dead letters as the console shows them, and in which queues of the city they lie. */

import type { DeadLetter } from '../../../shared/dead-letters/index.ts';
import { deadQueuesIn } from '../../../shared/dead-letters/queues.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { maskText } from '../../../shared/privacy/index.ts';
import type { DeadLetterView, SystemView } from '../contract.ts';
import type { DeadLetterPorts } from './ports.ts';
import { payloadOf } from './runs.ts';

/** A queue of dead letters, and whose it is. */
export interface DeadQueue {
  readonly queue: string;
  readonly system: string;
}

/**
 * The dead-letter queues of the city, or the one that is meant.
 * @throws {NotFoundError} no system of the city has a dead-letter queue of this name
 */
export const deadQueuesOf = (systems: readonly SystemView[], wanted?: string): readonly DeadQueue[] => {
  const all = systems.flatMap(({ name: system, queues }) =>
    deadQueuesIn(queues).map((queue) => ({ queue, system })),
  );
  if (wanted === undefined) return all;
  const found = all.filter(({ queue }) => queue === wanted);
  if (found.length === 0) throw new NotFoundError({ what: 'queue', id: wanted });
  return found;
};

/** The name of a queue in its ARN. */
export const queueIn = (arn: string): string => arn.split(':')[5] ?? arn;

/** So much of what an error says is shown: letters. */
const LONGEST_MESSAGE = 1_000;

/** A letter, its message by its size alone where it is long, and `whole` is not asked for. */
export const letterView = (letter: DeadLetter, system: string, whole = false): DeadLetterView => {
  const { attributes, body, message, backTo, ...shown } = letter;
  return {
    ...shown,
    system,
    message: maskText(message).slice(0, LONGEST_MESSAGE),
    ...(backTo === undefined ? {} : { backTo: queueIn(backTo) }),
    body: payloadOf(body, whole),
  };
};

/** A letter, and whose it is. */
export interface Lying {
  readonly letter: DeadLetter;
  readonly system: string;
}

/** Reads queues at once: all their letters, the oldest first, and how many lie there as SQS counts. */
export const lookInto = async (
  { letters }: Pick<DeadLetterPorts, 'letters'>,
  queues: readonly DeadQueue[],
): Promise<{ readonly lying: readonly Lying[]; readonly waiting: number }> => {
  const looks = await Promise.all(
    queues.map(async ({ queue, system }) => ({ system, ...(await letters(queue).look()) })),
  );
  return {
    lying: looks
      .flatMap(({ system, letters: found }) => found.map((letter) => ({ letter, system })))
      .toSorted((a, b) => a.letter.since.localeCompare(b.letter.since)),
    waiting: looks.reduce((sum, { waiting }) => sum + waiting, 0),
  };
};
