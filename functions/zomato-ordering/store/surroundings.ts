import { remainingMs } from '../../../shared/aws/index.ts';
import { type Ids, uuidV7 } from '../../../shared/ids/index.ts';
import { type Now, pause } from '../../../shared/time/index.ts';

/** What every port is made with, beside its table. */
export interface Surroundings {
  readonly now: Now;
  readonly ids: Ids;
  readonly chance: () => number;
  /** Milliseconds that are left to the caller. */
  readonly deadline: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

export const inTheCity: Surroundings = {
  now: () => new Date(),
  ids: uuidV7,
  chance: Math.random,
  deadline: remainingMs,
  pause,
};
