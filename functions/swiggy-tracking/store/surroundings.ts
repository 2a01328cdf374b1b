import { type Ids, uuidV7 } from '../../../shared/ids/index.ts';
import { type Chance, type Now, type Pause, pause } from '../../../shared/time/index.ts';
import { remainingMs } from '../../../shared/tracing/index.ts';

export interface Surroundings {
  readonly now: Now;
  readonly ids: Ids;
  readonly chance: Chance;
  /** Milliseconds that are left to the caller. */
  readonly deadline: () => number;
  readonly pause: Pause;
}

/** The world as it is. */
export const surroundings = (): Surroundings => ({
  now: () => new Date(),
  ids: uuidV7,
  chance: Math.random,
  deadline: remainingMs,
  pause,
});
