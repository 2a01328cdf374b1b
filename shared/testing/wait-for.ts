import { setTimeout as pause } from 'node:timers/promises';

export interface WaitForOptions {
  /** What is waited for, as it completes "waited … for". */
  readonly what: string;
  /** @default 10 000 */
  readonly timeoutMs?: number;
  /** From the end of one look to the start of the next. @default 100 */
  readonly everyMs?: number;
  /** From the first look to the second: what is known to take a while need not be asked after meanwhile. @default everyMs */
  readonly firstPauseMs?: number;
}

/**
 * Looks again and again until `condition` gives something other than `undefined`, `null` or `false`, and gives that.
 * It looks once more after the time is over. An error of the condition counts as "not yet".
 *
 * @param condition may call `seen` with what it found, so that the message of a time-out tells how far it came
 * @throws {Error} the time is over; the message says what was waited for and what was seen last
 */
export const waitFor = async <T>(
  condition: (seen: (what: unknown) => void) => Promise<T> | T,
  { what, timeoutMs = 10_000, everyMs = 100, firstPauseMs = everyMs }: WaitForOptions,
): Promise<Exclude<T, undefined | null | false>> => {
  const end = performance.now() + timeoutMs;
  let last: unknown;
  let pauseMs = firstPauseMs;
  const seen = (found: unknown) => {
    last = found;
  };
  for (;;) {
    const isLastLook = performance.now() >= end;
    try {
      const found = await condition(seen);
      if (found !== undefined && found !== null && found !== false)
        return found as Exclude<T, undefined | null | false>;
    } catch (caught) {
      last = caught;
    }
    if (isLastLook) throw new Error(`Waited ${timeoutMs} ms for ${what}; ${lastSeen(last)}`, { cause: last });
    await pause(Math.min(pauseMs, Math.max(0, end - performance.now())));
    pauseMs = everyMs;
  }
};

const lastSeen = (last: unknown): string => {
  if (last === undefined) return 'nothing was seen';
  return last instanceof Error
    ? `last came ${last.name}: ${last.message}`
    : `last seen: ${JSON.stringify(last)}`;
};
