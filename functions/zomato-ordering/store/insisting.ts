import { VersionConflictError } from '../../../shared/effects/index.ts';
import { TransientError } from '../../../shared/errors/index.ts';
import { fullJitterMs } from '../../../shared/time/index.ts';
import type { Insist } from '../domain/ports.ts';

/** So often others may be faster, before the caller has to ask again. */
const TRIES = 8;
const PAUSES = { baseMs: 20, capMs: 400 };

/** @throws {TransientError} others were faster again and again; a retry helps */
export const insistingOn =
  ({
    chance,
    pause,
  }: {
    readonly chance: () => number;
    readonly pause: (ms: number) => Promise<unknown>;
  }): Insist =>
  async (attempt) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof VersionConflictError)) throw error;
        if (tried === TRIES) throw new TransientError({ reason: 'others were faster' }, { cause: error });
        await pause(fullJitterMs(tried, chance, PAUSES));
      }
    }
  };
