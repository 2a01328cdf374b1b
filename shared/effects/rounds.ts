import { HouseError } from '../errors/index.ts';

export interface Rounds<T> {
  /** Does one. What it throws goes to `failed`. */
  readonly work: (one: T) => Promise<unknown>;
  /** Hears of one that could not be done: it must not keep the others waiting. What it throws ends the rounds. */
  readonly failed: (one: T, error: HouseError) => void;
  /** Milliseconds that may still be spent. */
  readonly remainingMs: () => number;
  /** What one may take, in milliseconds: with less than this left nothing begins. */
  readonly pieceMs: number;
}

/**
 * Goes round walks and does the next of each, so that none keeps the others waiting, until all have ended or too little time
 * is left.
 * @returns whether it came to the end of all; what was left is for whoever comes next
 * @throws what a walk throws: then nobody knows what is left
 */
export const inRounds = async <T>(
  walks: readonly AsyncIterator<T>[],
  { work, failed, remainingMs, pieceMs }: Rounds<T>,
): Promise<boolean> => {
  for (let round = walks; round.length > 0; ) {
    const going: AsyncIterator<T>[] = [];
    for (const walk of round) {
      if (remainingMs() < pieceMs) return false;
      const { done, value } = await walk.next();
      if (done) continue;
      going.push(walk);
      try {
        await work(value);
      } catch (caught) {
        failed(value, HouseError.from(caught));
      }
    }
    round = going;
  }
  return true;
};
