/** Sends dead letters back, or discards them, as many calls as it takes, and tells of each letter once. */
import {
  type deadLetterRoutes,
  type LetterOutcome,
  MOST_LETTERS,
  type QueueOutcome,
} from '../../functions/console/contract.ts';

export interface Meant {
  readonly trails: readonly string[];
  readonly dryRun: boolean;
  readonly ratePerSecond: number;
  readonly edits: { readonly [trail: string]: readonly { readonly path: string; readonly json: string }[] };
}

export type RedriveBody = (typeof deadLetterRoutes.redriveDeadLetters.request.body)['_input'];

/** A call takes what it has time for; one that reached nothing at all would be asked without end. */
const MOST_IDLE_CALLS = 3;

/**
 * What became of each letter, told call by call. Letters that a call did not reach go along with the next one.
 * @param call the door
 * @throws what the door throws: what was told until then has happened
 */
export const sendAll = async (
  { trails, dryRun, ratePerSecond, edits }: Meant,
  call: (body: RedriveBody) => Promise<readonly LetterOutcome[]>,
  tell: (outcomes: readonly LetterOutcome[]) => void,
): Promise<void> => {
  let left = [...trails];
  let idle = 0;
  while (left.length > 0) {
    const now = left.slice(0, MOST_LETTERS);
    const own = Object.fromEntries(
      Object.entries(edits).flatMap(([trail, places]) => (now.includes(trail) ? [[trail, [...places]]] : [])),
    );
    const outcomes = await call({ trails: now, dryRun, ratePerSecond, edits: own });
    const reached = outcomes.filter(({ outcome }) => outcome !== 'not reached');
    const missed = new Set(
      outcomes.flatMap(({ trail, outcome }) => (outcome === 'not reached' ? [trail] : [])),
    );
    idle = reached.length === 0 ? idle + 1 : 0;
    if (idle >= MOST_IDLE_CALLS) {
      tell(outcomes);
      return;
    }
    tell(reached);
    left = [...now.filter((trail) => missed.has(trail)), ...left.slice(MOST_LETTERS)];
  }
};

/**
 * Sends a whole queue back, told call by call: each follows a task of SQS, or sends letters, for as long as it has time.
 * @param call the door; `follow` where a task is only to be followed, since somebody may have stopped it meanwhile
 * @throws what the door throws: what was told until then has happened
 */
export const redriveQueue = async (
  call: (follow: boolean) => Promise<QueueOutcome>,
  tell: (outcome: QueueOutcome) => void,
): Promise<void> => {
  let items: readonly LetterOutcome[] = [];
  let follow = false;
  for (;;) {
    const outcome = await call(follow);
    const reached = outcome.items.filter((one) => one.outcome !== 'not reached');
    // A task says each time how many it has moved in all; of letters each call tells its own.
    const before = items.filter((one) => one.outcome === 'sent back').length;
    items = [...items, ...reached];
    tell({ ...outcome, items: [...items], moved: outcome.moved + before });
    follow = outcome.task?.state === 'running';
    const isMissed = reached.length > 0 && reached.length < outcome.items.length;
    if (outcome.dryRun || !(follow || isMissed)) return;
  }
};
