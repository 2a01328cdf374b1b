/**
 * Where a rider is: a register, not a log. The newest fix counts; at most one push a second an order, which has whatever is
 * newest when it goes out, so the last one is always sent.
 */
import type { Position } from '../../zomato-ordering/contract.views.ts';
import type { Arrival, PositionView } from '../contract.views.ts';
import { arrivalOf, metersBetween, speedAfter, USUAL_SPEED } from './roads.ts';

/** So long after a push the next one goes out. */
export const PUSH_EVERY_MS = 1_000;
/** After so long a push that was asked for has been lost: its message, or whoever asked. */
const LOST_AFTER_MS = 10_000;
/** A phone's clock may be ahead by so much. */
export const AHEAD_MS = 30_000;

export interface Fix extends Position {
  /** By the rider's clock. */
  readonly at: string;
  readonly rider: string;
}

export interface PositionRecord extends Fix {
  /** Rises with each fix. */
  readonly revision: number;
  /** Metres a second. */
  readonly speed: number;
  readonly arrival?: Arrival;
  /** Of which fix the last push told, and when. */
  readonly pushed?: number;
  readonly pushedAt?: string;
  /** For when a push is asked for; absent where none is. */
  readonly dueAt?: string;
}

/** A fix that is taken, and in how many seconds its push is to be asked for, where it has to be. */
export interface Taken {
  readonly record: PositionRecord;
  readonly askAfterSeconds?: number;
}

/** What a fix comes to; undefined for one that is older than what is known. `to` is where the rider goes. */
export const taken = (
  found: PositionRecord | undefined,
  fix: Fix,
  { to, now }: { readonly to: Position | undefined; readonly now: Date },
): Taken | undefined => {
  // Of one who rode before there is nothing to go on from.
  const before = found?.rider === fix.rider ? found : undefined;
  if (before && Date.parse(fix.at) <= Date.parse(before.at)) return undefined;
  const speed = before
    ? speedAfter(before.speed, metersBetween(before, fix), secondsBetween(before.at, fix.at))
    : USUAL_SPEED;
  const { latitude, longitude, at, rider } = fix;
  const record: PositionRecord = {
    ...{ latitude, longitude, at, rider, speed },
    revision: (found?.revision ?? 0) + 1,
    ...(to ? { arrival: arrivalOf({ from: fix, to, speed }, now.toISOString()) } : {}),
    ...(found?.pushed === undefined ? {} : { pushed: found.pushed }),
    ...(found?.pushedAt === undefined ? {} : { pushedAt: found.pushedAt }),
  };
  if (before?.dueAt && now.getTime() < Date.parse(before.dueAt) + LOST_AFTER_MS) {
    return { record: { ...record, dueAt: before.dueAt } };
  }
  const due = dueAfter(found?.pushedAt, now);
  return { record: { ...record, dueAt: due.at }, askAfterSeconds: due.inSeconds };
};

const secondsBetween = (one: string, other: string): number => (Date.parse(other) - Date.parse(one)) / 1000;

/** When the next push may go out. A queue counts in whole seconds. */
const dueAfter = (pushedAt: string | undefined, now: Date) => {
  const earliest = pushedAt === undefined ? 0 : Date.parse(pushedAt) + PUSH_EVERY_MS;
  const inSeconds = Math.max(0, Math.ceil((earliest - now.getTime()) / 1000));
  return { inSeconds, at: new Date(Math.max(now.getTime(), earliest)).toISOString() };
};

/** Whether something has to be sent: not what has been sent already. */
export const isUnsent = ({ revision, pushed }: PositionRecord): boolean => revision !== pushed;

/** How many seconds are left until something may be sent; 0 where it may. */
export const tooEarlyBy = ({ pushedAt }: PositionRecord, now: Date): number =>
  dueAfter(pushedAt, now).inSeconds;

/** What is written when revision `sent` has gone out; and whether another push has to be asked for, for a newer fix. */
export const sentOut = (
  found: PositionRecord,
  sent: number,
  now: Date,
): { readonly record: PositionRecord; readonly again: boolean } => {
  const { dueAt: _, ...rest } = found;
  const pushed = { ...rest, pushed: sent, pushedAt: now.toISOString() };
  if (found.revision === sent) return { record: pushed, again: false };
  return { record: { ...pushed, dueAt: dueAfter(pushed.pushedAt, now).at }, again: true };
};

/** A position as others see it. */
export const positionView = ({ latitude, longitude, at, rider, arrival }: PositionRecord): PositionView => ({
  ...{ latitude, longitude, at, rider },
  ...(arrival ? { arrival } : {}),
});
