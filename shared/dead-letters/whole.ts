/** Sending back a whole queue: by SQS's own task where that can do what is asked, else letter by letter. */
import type { Pause } from '../time/index.ts';
import type { MoveTask, MoveTasks } from './move.ts';
import type { DeadLetters, Outcome } from './queue.ts';
import type { LETTERWISE, WAYS } from './words.ts';

/** What became of a redrive, whichever way it went. */
export interface Redriven {
  readonly way: (typeof WAYS)[number];
  /** Why it went letter by letter. */
  readonly because?: (typeof LETTERWISE)[number];
  /** So many letters were sent back, or would be. */
  readonly moved: number;
  /** How far SQS's task is, where there was one. */
  readonly task?: MoveTask;
  /** Each letter by its trail; a task tells of none. */
  readonly outcomes: readonly Outcome[];
}

/** Time, and how a task is waited for. */
export interface Following {
  /** Letters a second. */
  readonly ratePerSecond: number;
  /** Says what would happen, and does nothing. @default false */
  readonly dryRun?: boolean;
  /** Starts nothing where the queue has had a task: that is followed, or told of as it ended. @default false */
  readonly follow?: boolean;
  /** Milliseconds for which a task is followed. It goes on when they are over. */
  readonly leftMs: () => number;
  readonly pause: Pause;
}

export interface WholePorts {
  readonly letters: Pick<DeadLetters, 'look'>;
  readonly tasks: MoveTasks;
  /** Sends every letter back by ourselves. */
  readonly letterwise: () => Promise<readonly Outcome[]>;
}

/** Between two looks at a task. */
const LOOK_MS = 500;

/**
 * Redrives a queue. SQS's task moves hundreds a second without us, but knows only what SQS itself has moved here: what
 * was parked or could not be delivered would end it. It asks no consumer's record, and gives each message a new id, so
 * that a trail ends unless an earlier redrive wrote it on the message. A task that runs already is followed, and one
 * that fails is finished letter by letter.
 * @param wanted why it has to go letter by letter, whatever lies there; undefined where it does not
 * @throws {QueueDoesNotExist} there is no such queue
 */
export const redriveWhole = async (
  { letters, tasks, letterwise }: WholePorts,
  following: Following,
  wanted?: Redriven['because'],
): Promise<Redriven> => {
  const one = async (because: NonNullable<Redriven['because']>, task?: MoveTask): Promise<Redriven> => {
    const outcomes = await letterwise();
    const moved = outcomes.filter(({ outcome }) => outcome === 'sent back').length + (task?.moved ?? 0);
    return { way: 'letter by letter', because, moved, outcomes, ...(task ? { task } : {}) };
  };
  const whole = (task: MoveTask): Redriven => ({ way: 'move task', moved: task.moved, task, outcomes: [] });
  const followed = async (): Promise<Redriven> => {
    const task = await ended(tasks, following);
    return task.state === 'failed' ? one('its task failed', task) : whole(task);
  };
  if (wanted !== undefined) return one(wanted);

  const { dryRun = false, follow = false, ratePerSecond } = following;
  // A look would hide from a running task what it has still to move.
  const newest = await tasks.newest();
  if (newest && (follow || newest.state === 'running')) return dryRun ? whole(newest) : followed();

  const { letters: found, waiting } = await letters.look();
  if (found.length === 0) return one('nothing lies there');
  if (found.some(({ kind }) => kind !== 'moved')) return one('not only moved letters');
  if (dryRun) return { way: 'move task', moved: waiting, outcomes: [] };
  const begun = await tasks.start(ratePerSecond);
  return 'refused' in begun ? one('SQS refused') : followed();
};

/** The newest task, when it has ended or the time is over. */
const ended = async (tasks: MoveTasks, { leftMs, pause }: Following): Promise<MoveTask> => {
  for (;;) {
    const task = (await tasks.newest()) ?? { state: 'running', moved: 0, toMove: 0 };
    if (task.state !== 'running' || leftMs() < LOOK_MS) return task;
    await pause(LOOK_MS);
  }
};
