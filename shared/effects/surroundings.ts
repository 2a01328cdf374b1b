import { type Ids, uuidV7 } from '../ids/index.ts';
import { type Chance, type Now, type Pause, pause } from '../time/index.ts';
import { remainingMs } from '../tracing/index.ts';

/** What a commit takes from the world beside its store, so that a model or a test can be a world of its own. */
export interface Surroundings {
  readonly now: Now;
  readonly ids: Ids;
  /** 0 (inclusive) to 1 (exclusive), evenly. */
  readonly chance: Chance;
  /** Milliseconds that are left; a commit gives up before they are over. */
  readonly deadline: () => number;
  readonly pause: Pause;
}

/** The world as it is: the clock, chance, and what the invocation has left. */
export const inTheCity: Surroundings = {
  now: () => new Date(),
  ids: uuidV7,
  chance: Math.random,
  deadline: remainingMs,
  pause,
};
