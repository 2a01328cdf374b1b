/** Sending at a rate, as long as there is time. */
import type { Pause } from '../time/index.ts';

/** The rate of a redrive, and the time that there is for it. */
export interface Pace {
  readonly ratePerSecond: number;
  /** Milliseconds that are left for all of it. */
  readonly leftMs: () => number;
  readonly now: () => number;
  readonly pause: Pause;
}

/** What one letter takes at most, which no letter begins without. */
const A_LETTER_MS = 2_000;

/**
 * Turns at even distances, however many queues take them.
 * @returns what waits for the next turn; it answers false when there is no time left for it, and then for good
 */
export const turnsOf = ({ ratePerSecond, leftMs, now, pause }: Pace): (() => Promise<boolean>) => {
  let next = 0;
  return async () => {
    const turn = Math.max(now(), next);
    if (leftMs() - (turn - now()) < A_LETTER_MS) return false;
    next = turn + 1_000 / ratePerSecond;
    if (turn > now()) await pause(turn - now());
    return true;
  };
};
