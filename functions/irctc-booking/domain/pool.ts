/**
 * The places of one train, date, class and quota: which berths are free, who shares a side-lower berth (RAC), and who waits.
 * One aggregate with one version, so that a place is given to one passenger, and a freed one to the first who fits. Who has
 * which berth stands in the bookings.
 */
import type { BerthCode, ClassCode, Gender, JourneyDate, Quota, TrainNumber } from '../contract.codes.ts';
import type { BookingId, PoolId, RacSeat, Seat } from '../contract.views.ts';
import { allocationOf, hasRac, type Train, waitingCap } from './train.ts';

/** A passenger of a booking, as a list knows them. */
export interface Entry {
  readonly booking: BookingId;
  /** Counted from 1 within the booking. */
  readonly passenger: number;
  readonly gender: Gender;
}

/** Somebody who shares a side-lower berth, and gets the next whole one. */
export interface Sharer extends Entry {
  readonly seat: RacSeat;
  readonly number: number;
}

/** Somebody on the waiting list, by the number that it was sold with. */
export interface Waiter extends Entry {
  readonly number: number;
}

export interface Pool {
  readonly id: PoolId;
  readonly train: TrainNumber;
  readonly date: JourneyDate;
  readonly cls: ClassCode;
  readonly quota: Quota;
  readonly version: number;
  /** `open` sells; `closing` sells nothing more, and promotes whom it can; `charted` is done. */
  readonly state: 'open' | 'closing' | 'charted';
  readonly free: readonly BerthCode[];
  /** Free berths that came from the ladies' quota when the chart was made: women get them first. */
  readonly forLadies: readonly BerthCode[];
  /** Halves of side-lower berths that nobody has. */
  readonly vacant: readonly RacSeat[];
  /** Who shares, in the order in which they get a whole berth. */
  readonly sharing: readonly Sharer[];
  /** Who waits, the first first. */
  readonly waiting: readonly Waiter[];
  /** The most that may wait. */
  readonly mayWait: number;
  /** How many numbers were given out: they only rise. */
  readonly issued: { readonly rac: number; readonly waiting: number };
  /** Since when it has a step to do (ISO 8601 UTC): `domain/steps.ts`. */
  readonly dueSince?: string;
}

export const poolIdOf = (train: TrainNumber, date: JourneyDate, cls: ClassCode, quota: Quota): PoolId =>
  `${train}.${date}.${cls}.${quota}` as PoolId;

/** Which places. */
export interface Of {
  readonly date: JourneyDate;
  readonly cls: ClassCode;
  readonly quota: Quota;
}

/** What a class has for a quota when its first booking comes. */
export interface Opening extends Of {
  readonly train: TrainNumber;
  readonly berths: readonly BerthCode[];
  /** Side-lower berths, each for two people. */
  readonly shared: readonly BerthCode[];
  readonly mayWait: number;
}

export const opened = ({ train, date, cls, quota, berths, shared, mayWait }: Opening): Pool => ({
  id: poolIdOf(train, date, cls, quota),
  ...{ train, date, cls, quota, mayWait },
  version: 0,
  state: 'open',
  free: berths,
  forLadies: [],
  // The first half of each berth before any second one, so that nobody shares as long as there is another.
  vacant: (['a', 'b'] as const).flatMap((half) => shared.map((berth) => racSeatOf(berth, half))),
  sharing: [],
  waiting: [],
  issued: { rac: 0, waiting: 0 },
});

/** The pool of a train as its first booking finds it. @param on when that is: how many may wait has changed twice */
export const openedFor = (train: Train, { date, cls, quota }: Of, on: Date): Pool => {
  const { [quota]: berths, rac } = allocationOf(train, cls);
  const shared = hasRac(quota) ? rac : [];
  const mayWait = waitingCap(train, cls, quota, on);
  return opened({ train: train.number, date, cls, quota, berths, shared, mayWait });
};

export const racSeatOf = (berth: BerthCode, half: 'a' | 'b'): RacSeat => `${berth}${half}` as RacSeat;
export const berthOfRac = (seat: RacSeat): BerthCode => seat.slice(0, -1) as BerthCode;
export const otherHalf = (seat: RacSeat): RacSeat =>
  racSeatOf(berthOfRac(seat), seat.endsWith('a') ? 'b' : 'a');

export const isSame = (one: Entry, other: Pick<Entry, 'booking' | 'passenger'>): boolean =>
  one.booking === other.booking && one.passenger === other.passenger;

/** A place that somebody gives back. */
export interface GivenBack extends Pick<Entry, 'booking' | 'passenger'> {
  readonly seat: Seat;
}

/** The pool with those places free, or those people off its lists. Giving back twice changes nothing more. */
export const released = (pool: Pool, places: readonly GivenBack[]): Pool =>
  places.reduce(withPlaceFree, pool);

const withPlaceFree = (pool: Pool, place: GivenBack): Pool => {
  const isOther = (entry: Entry) => !isSame(entry, place);
  const { seat } = place;
  switch (seat.status) {
    case 'CNF':
      return pool.free.includes(seat.berth) ? pool : { ...pool, free: [...pool.free, seat.berth] };
    case 'RAC': {
      const sharing = pool.sharing.filter(isOther);
      return sharing.length === pool.sharing.length
        ? pool
        : { ...pool, sharing, vacant: [...pool.vacant, seat.seat] };
    }
    case 'WL':
      return { ...pool, waiting: pool.waiting.filter(isOther) };
  }
};

/** What the next passenger would get. */
export interface Availability {
  readonly berths: number;
  readonly rac: number;
  /** The number that the next on the waiting list would get; undefined where nobody may wait any more. */
  readonly waiting?: number;
}

/**
 * Nobody is passed: while somebody shares, no free berth is for sale, and while somebody waits no shared one, however short
 * that lasts.
 */
export const availabilityOf = (pool: Pool): Availability => {
  const isOpen = pool.state === 'open';
  const someoneShares = pool.sharing.length > 0;
  const someoneWaits = pool.waiting.length > 0;
  const berths = isOpen && !someoneShares && !someoneWaits ? pool.free.length : 0;
  const rac = isOpen && !someoneWaits ? pool.vacant.length : 0;
  const mayWait = isOpen && pool.waiting.length < pool.mayWait;
  return { berths, rac, ...(mayWait ? { waiting: pool.waiting.length + 1 } : {}) };
};
