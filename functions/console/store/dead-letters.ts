import { sqsClient, undefinedFor } from '../../../shared/aws/index.ts';
import { type DeadLetters, deadLetters } from '../../../shared/dead-letters/index.ts';
import type { DeadLetterPorts } from '../domain/ports.ts';
import { systemsPort } from './systems.ts';

export const deadLetterPorts = (): Pick<DeadLetterPorts, 'systems' | 'letters'> => ({
  ...systemsPort(),
  letters: (queue) => orEmpty(deadLetters({ client: sqsClient(), queue })),
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
