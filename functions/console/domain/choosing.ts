/** Doing something with chosen letters, wherever in the city they lie. */
import type { DeadLetters, Outcome } from '../../../shared/dead-letters/index.ts';
import { type CityQueue, recordOf } from '../../../shared/dead-letters/queues.ts';
import type { LetterOutcome } from '../contract.ts';
import { type DeadQueue, deadQueuesOf, queueIn } from './dead-letters.ts';
import type { DeadLetterPorts } from './ports.ts';

interface Choice {
  readonly trails: readonly string[];
  readonly queue?: string | undefined;
}

/** What a queue is asked to do with the letters that are meant. */
type Work = (
  letters: DeadLetters,
  meant: (letter: Outcome['letter']) => boolean,
  isEnough: (read: readonly Outcome['letter'][]) => boolean,
) => Promise<readonly Outcome[]>;

/**
 * Asks every queue, or the one that is named, and adds a line for each trail that lies in none.
 * @throws {NotFoundError} the city has no dead-letter queue of this name
 */
export const withChosen = async (
  { systems, letters }: Pick<DeadLetterPorts, 'systems' | 'letters'>,
  { trails, queue }: Choice,
  work: Work,
): Promise<readonly Outcome[]> => {
  const queues: readonly DeadQueue[] = deadQueuesOf(await systems(), queue);
  const missing = new Set(trails);
  const wanted = new Set(trails);
  const isEnough = (read: readonly Outcome['letter'][]) => {
    for (const { trail } of read) missing.delete(trail);
    return missing.size === 0;
  };
  const outcomes = await Promise.all(
    queues.map((one) => work(letters(one.queue), ({ trail }) => wanted.has(trail), isEnough)),
  );
  return outcomes.flat();
};

/** Each outcome as it is told; what was meant and lies nowhere is gone. */
export const toldOf = (
  trails: readonly string[],
  outcomes: readonly Outcome[],
  dryRun: boolean,
  queues: readonly CityQueue[] = [],
): LetterOutcome[] => {
  const seen = new Set(outcomes.map(({ letter: { trail } }) => trail));
  return [
    ...outcomes.map((outcome) => outcomeView(outcome, dryRun, queues)),
    ...[...new Set(trails)]
      .filter((trail) => !seen.has(trail))
      .map((trail) => ({ trail, outcome: 'gone' }) as const),
  ];
};

/** One outcome as it is told. */
export const outcomeView = (
  { letter, ...became }: Outcome,
  dryRun: boolean,
  queues: readonly CityQueue[],
): LetterOutcome => {
  const { trail, queue, about, backTo, redrives } = letter;
  const record = recordOf(queues, letter);
  const isSent = became.outcome === 'sent back' && !dryRun;
  return {
    trail,
    queue,
    ...(about === undefined ? {} : { about }),
    ...(backTo === undefined ? {} : { to: queueIn(backTo) }),
    redrives: redrives + (isSent ? 1 : 0),
    ...(record === undefined ? {} : { effect: { owner: record.owner, name: record.name } }),
    ...became,
  };
};
