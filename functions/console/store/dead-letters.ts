import { documentClient, sqsClient, undefinedFor } from '../../../shared/aws/index.ts';
import { countOf, urlOf } from '../../../shared/dead-letters/holding.ts';
import { type DeadLetters, deadLetters, moveTasks } from '../../../shared/dead-letters/index.ts';
import { recordsIn } from '../../../shared/dead-letters/worked.ts';
import type { DeadLetterPorts, MoveTaskPorts } from '../domain/ports.ts';
import { systemsPort } from './systems.ts';

export const deadLetterPorts = (): Pick<DeadLetterPorts, 'systems' | 'letters'> => ({
  ...systemsPort(),
  letters: (queue) => orEmpty(deadLetters({ client: sqsClient(), queue })),
});

/** SQS's own tasks that send a queue back. */
export const tasksPort = (): MoveTaskPorts => ({
  tasks: (queue) => moveTasks({ client: sqsClient(), queue }),
});

/** Whether a consumer has a record of a message. */
export const recordsPort = (): Pick<DeadLetterPorts, 'isThere'> => ({
  isThere: recordsIn(documentClient(), () => new Date()),
});

/** How many messages a queue has; none where it is not there. */
export const countsPort = (): Pick<DeadLetterPorts, 'countIn'> => ({
  countIn: async (queue) => {
    const url = await urlOf(sqsClient(), queue).catch(undefinedFor('QueueDoesNotExist'));
    if (url === undefined) return 0;
    const { visible, inHand } = await countOf(sqsClient(), url);
    return visible + inHand;
  },
});

/** A queue that its stack deletes at the moment, or has not made yet, holds nothing. */
export const orEmpty = ({ look, redrive, discard }: DeadLetters): DeadLetters => {
  const isAbsent = undefinedFor('QueueDoesNotExist');
  return {
    look: async () => (await look().catch(isAbsent)) ?? { letters: [], waiting: 0 },
    redrive: async (...asked) => (await redrive(...asked).catch(isAbsent)) ?? [],
    discard: async (...asked) => (await discard(...asked).catch(isAbsent)) ?? [],
  };
};
