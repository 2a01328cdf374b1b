import { VersionConflictError } from '../../../shared/effects/index.ts';
import { TransientError } from '../../../shared/errors/index.ts';
import { type Chance, fullJitterMs, type Pause } from '../../../shared/time/index.ts';

const MOST_TRIES = 12;

/**
 * Reads, decides and commits, again when somebody else has committed in between: everything that is added to a log goes after
 * what is there.
 * @throws {TransientError} others were always first; a retry can help
 */
export const untilUnchanged = async <T>(
  { chance, pause }: { readonly chance: Chance; readonly pause: Pause },
  work: () => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (caught) {
      if (!(caught instanceof VersionConflictError)) throw caught;
      if (attempt >= MOST_TRIES) throw new TransientError({ reason: caught.name }, { cause: caught });
      await pause(fullJitterMs(attempt, chance, { baseMs: 20, capMs: 500 }));
    }
  }
};
