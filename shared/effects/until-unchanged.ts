import { TransientError } from '../errors/index.ts';
import { fullJitterMs } from '../time/index.ts';
import { type Surroundings, VersionConflictError } from './index.ts';

/** Reads, decides and commits, and begins anew when somebody has committed in between. */
export type Insist = <T>(attempt: () => Promise<T>) => Promise<T>;

export interface Insistence {
  /** So often others may be faster, before the caller has to ask again. @default 12 */
  readonly tries?: number;
  /** Asked before another try: whether there is time for it. @default always */
  readonly hasTime?: () => boolean;
  /** The bound of the first pause, in milliseconds, and the highest. @default 20 and 500 */
  readonly pauses?: { readonly baseMs: number; readonly capMs: number };
}

/**
 * For a decision on what was read, where nobody else would make it again when that has changed meanwhile.
 * @throws {TransientError} others were faster again and again; a retry can help
 * @throws what the attempt throws, but for {@link VersionConflictError}
 */
export const untilUnchanged =
  (
    { chance, pause }: Pick<Surroundings, 'chance' | 'pause'>,
    { tries = 12, hasTime = () => true, pauses = { baseMs: 20, capMs: 500 } }: Insistence = {},
  ): Insist =>
  async (attempt) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt();
      } catch (caught) {
        if (!(caught instanceof VersionConflictError)) throw caught;
        if (tried >= tries || !hasTime())
          throw new TransientError({ reason: 'others were faster' }, { cause: caught });
        await pause(fullJitterMs(tried, chance, pauses));
      }
    }
  };
