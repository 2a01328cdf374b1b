/** How the time of a call is shared among its attempts. */

/**
 * For how long an attempt is listened to: half of what is left, the last one for all of it. So a slow peer is not
 * taken for a silent one before half of the deadline is over, and after a silence (a lost packet, a worker that was
 * killed) there is time to ask again. An even share would be shorter than what a busy peer honestly needs; a bound
 * that cuts good answers off makes load instead of answers (Amazon Builders' Library, "Timeouts, retries, and
 * backoff with jitter": a time-out is to cut off next to no good answer).
 *
 * @param attemptsLeft this one counted
 */
export const boundMs = (leftMs: number, attemptsLeft: number): number =>
  Math.floor(attemptsLeft > 1 ? leftMs / 2 : leftMs);

export interface Attempting<T> {
  /** At most so many; 1 where the call may not be made twice. */
  readonly attempts: number;
  /** Until the deadline of all attempts together. */
  readonly leftMs: () => number;
  /** Makes one attempt, numbered from 1, and is over within its bound. */
  readonly ask: (attempt: number, boundMs: number) => Promise<T>;
  /** How long to wait after what an attempt threw; undefined where another is of no use. */
  readonly waitMsAfter: (error: unknown, attempt: number) => number | undefined;
  readonly pause: (ms: number) => Promise<void>;
}

/** Makes attempts until one answers, and throws what the last one threw. None begins after the deadline. */
export const inTime = async <T>({ attempts, leftMs, ask, waitMsAfter, pause }: Attempting<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(attempt, boundMs(leftMs(), attempts - attempt + 1));
    } catch (error) {
      const waitMs = attempt < attempts ? waitMsAfter(error, attempt) : undefined;
      if (waitMs === undefined || waitMs >= leftMs()) throw error;
      await pause(waitMs);
    }
  }
};
