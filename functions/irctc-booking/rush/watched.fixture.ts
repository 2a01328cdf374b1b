/** What the laws look at. */
import type { BookingId, PoolId } from '../contract.views.ts';
import type { Booking } from '../domain/booking.ts';
import type { Pool } from '../domain/pool.ts';

export interface Violation {
  readonly law: string;
  readonly what: string;
}

/** A booking or pool that a commit changed. */
export interface Was<T> {
  readonly before: T | undefined;
  readonly after: T;
}

/** Who commits: an actor's name, and the message that it works on. */
export interface Actor {
  readonly name: string;
  readonly message?: { readonly id: string; readonly isPromotion: boolean };
}

/** Who waits in the line of a train, day and class. */
export interface Lines {
  /** In the order of admission. */
  readonly waiting: Map<BookingId, Waiting>;
  /** Those that were parked, or stayed in the outbox: whoever sends them after all puts them behind. */
  readonly left: Set<BookingId>;
  readonly isLarge: boolean;
  admitted: number;
}

export interface Waiting {
  readonly customer: string;
  /** How many were admitted before it. */
  readonly rank: number;
  readonly ahead: Map<string, number>;
}

export interface Watched {
  readonly bookings: Map<BookingId, Booking>;
  readonly pools: Map<PoolId, Pool>;
  /** Which passenger has each half of a berth. */
  readonly halves: Map<string, string>;
  /** How many passengers of a pool share, and wait. */
  readonly listed: Map<PoolId, { RAC: number; WL: number }>;
  readonly inFlight: Map<string, number>;
  readonly steps: Map<string, number>;
  /** By which marks each booking was told to stand, in their order. */
  readonly told: Map<BookingId, readonly string[]>;
  readonly lines: Lines;
  /** How many halves there are, and how many passengers have one. */
  readonly total: number;
}

export type Accuse = (law: string, what: string) => void;

/** The most that one customer may have under way: stated here once more, so that to change it is to change a law. */
export const MOST = 2;

/** The most bookings that one commit changes, and of which it tells: whoever gives places back, and two who move up. */
export const MOST_MOVED = 3;

export const passengerId = (booking: string, passenger: number): string => `${booking}/${passenger}`;
