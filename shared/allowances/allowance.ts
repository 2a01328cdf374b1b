/**
 * How often somebody may do a thing: never more than `quota` times in any `seconds`, wherever the window begins (the
 * original's sliding log, for each route and person by itself). Whoever does it often borrows some times at once and
 * spends them from memory, so that not every reading costs a write; what is borrowed is only good for a short while,
 * and the window is longer by that while, so that the bound holds for what is spent, whenever it is.
 */

export interface Allowance {
  /** As the `RateLimit` fields call it. */
  readonly name: string;
  readonly quota: number;
  readonly seconds: number;
  /** How many are borrowed at a time. @default 1 */
  readonly borrow?: number;
}

/** For how long what is borrowed can be spent. */
export const BORROWED_MS = 10_000;

/** Asked and granted: the moments at which each was, epoch milliseconds, the oldest first. */
export type Log = readonly number[];

export interface Granted {
  /** How many may be spent, one of them now; 0 where nothing is left. */
  readonly granted: number;
  /** How many are left beside them. */
  readonly left: number;
  readonly log: Log;
  /** Until there is more than now, in milliseconds. */
  readonly resetMs: number;
}

/** How long a use counts. */
const windowOf = ({ seconds, borrow = 1 }: Allowance): number =>
  seconds * 1000 + (borrow > 1 ? BORROWED_MS : 0);

/** Asks for as many as may be borrowed, and gets what is left of them. */
export const granted = (allowance: Allowance, log: Log, now: number): Granted => {
  const window = windowOf(allowance);
  const counts = log.filter((at) => at > now - window);
  const free = Math.max(0, allowance.quota - counts.length);
  const take = Math.min(free, allowance.borrow ?? 1);
  const grown = [...counts, ...Array.from({ length: take }, () => now)];
  return {
    ...{ granted: take, left: free - take, log: grown },
    resetMs: (grown[0] ?? now) + window - now,
  };
};

/** When nothing is asked any more, the log is of no use; in seconds of the epoch. */
export const forgottenAt = (allowance: Allowance, now: number): number =>
  Math.ceil((now + windowOf(allowance)) / 1000) + 60;

/** For a door that reads. */
export const often = (name: string): Allowance => ({ name, quota: 60, seconds: 60, borrow: 10 });
/** For a door that changes something. */
export const changing = (name: string): Allowance => ({ name, quota: 30, seconds: 60, borrow: 3 });

/** What is left of somebody's allowance. */
export interface Spent {
  readonly allowed: boolean;
  readonly left: number;
  readonly resetSeconds: number;
}
export interface Allowances {
  /** Spends one of whoever `who` is. */
  spend(allowance: Allowance, who: string): Promise<Spent>;
}
