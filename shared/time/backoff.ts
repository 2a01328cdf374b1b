/** Between 0 and 1, 1 excluded. A port, so that tests know what chance brings. */
export type Chance = () => number;

/** Waits. A port, so that no test does. */
export type Pause = (milliseconds: number) => Promise<void>;

export const pause: Pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * How long to wait before another attempt: any time up to a bound that doubles with each attempt ("full jitter", so
 * that callers who failed together do not come back together).
 *
 * @param attempt how many attempts have failed, from 1
 * @param baseMs the bound after the first
 * @param capMs the highest bound
 */
export const fullJitterMs = (
  attempt: number,
  chance: Chance,
  { baseMs, capMs }: { readonly baseMs: number; readonly capMs: number },
): number => Math.floor(chance() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
