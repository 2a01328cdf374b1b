/** Instants are stored as ISO 8601 UTC; the rules of the city are those of its own clock, Asia/Kolkata. */

export { type Chance, fullJitterMs, type Pause, pause } from './backoff.ts';

/** The clock. A port, so that tests own the time. */
export type Now = () => Date;

/** India has had one zone and no summer time since 1945, so an offset is exact, and needs no Intl (35 ms cold). */
export const KOLKATA_AHEAD_MS = 5.5 * 60 * 60 * 1000;

/** Day and hour of an instant on the clock of Asia/Kolkata: `{ date: '2026-11-24', hour: 17 }`. */
export const kolkata = (instant: Date): { date: string; hour: number } => {
  const shifted = new Date(instant.getTime() + KOLKATA_AHEAD_MS).toISOString();
  return { date: shifted.slice(0, 10), hour: Number(shifted.slice(11, 13)) };
};

/** An instant as it is stored: `2026-11-24T11:30:00.000Z`. */
export const iso = (instant: Date): string => instant.toISOString();
