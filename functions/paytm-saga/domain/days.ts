/** Days of Asia/Kolkata, as the closing counts them: `2026-11-24`. */
import { kolkata } from '../../../shared/time/index.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export const dayOf = (instant: Date): string => kolkata(instant).date;

export const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** The instant at which a day is over: what is of the day has an earlier time. ISO 8601 UTC. */
export const endOf = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00.000+05:30`) + DAY_MS).toISOString();

/**
 * A commit takes its time when it begins, and may last as long as its Lambda: ten minutes after midnight nothing of the
 * day before is on its way any more.
 */
const QUIET_MS = 10 * 60 * 1000;

/** Whether a day can be closed for good. */
export const isOver = (day: string, now: Date): boolean => now.getTime() >= Date.parse(endOf(day)) + QUIET_MS;
