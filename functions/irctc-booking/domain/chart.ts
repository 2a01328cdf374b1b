/** Who sits where: the berths of a class as its coaches have them, with what pools and bookings say of each. */
import { MASK } from '../../../shared/privacy/index.ts';
import type { BerthOnChart, ChartView, ListOnChart, Occupant } from '../contract.charts.ts';
import { type BerthCode, type ClassCode, type JourneyDate, Quota } from '../contract.codes.ts';
import type { RacSeat } from '../contract.views.ts';
import { type Booking, isInFlight, type Passenger } from './booking.ts';
import { BookingWindowError, TrainNotRunningError } from './errors.ts';
import { type Berth, coachBerths } from './layout.ts';
import { type Pool, racSeatOf, type Sharer, type Waiter } from './pool.ts';
import { type Allocation, allocationOf, classesOf, departureAt, runs, type Train } from './train.ts';
import { bookingWindow, chartedAt } from './window.ts';

/** So many of a list are shown: of those who share, and of those who wait. */
export const FIRST = 50;

/** @throws {TrainNotRunningError} it does not run that day, or has no such class */
export const mustHaveChart = (train: Train, date: JourneyDate, cls?: ClassCode): void => {
  if (!runs(train, date) || (cls !== undefined && !classesOf(train).includes(cls)))
    throw new TrainNotRunningError({
      train: train.number,
      date,
      ...(cls === undefined ? {} : { class: cls }),
    });
};

/**
 * A chart ends the sale, so there is none before it.
 * @throws {TrainNotRunningError} it does not run that day
 * @throws {BookingWindowError} the sale has not opened yet
 */
export const mustBeChartable = (train: Train, date: JourneyDate, now: Date): void => {
  mustHaveChart(train, date);
  const [cls] = classesOf(train);
  if (cls === undefined) return;
  const { opensAt, closesAt } = bookingWindow(train, cls, 'GN', date);
  if (now < opensAt)
    throw new BookingWindowError({ opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString() });
};

type Place = Pick<BerthOnChart, 'state' | 'by'>;

/**
 * A class on a day.
 * @param pools one for each quota
 * @param bookings some of those that have places: of the others' berths it is only told that they are taken
 */
export const chartView = (
  train: Train,
  { date, cls }: { readonly date: JourneyDate; readonly cls: ClassCode },
  { pools, bookings }: { readonly pools: readonly Pool[]; readonly bookings: readonly Booking[] },
): ChartView => {
  const allocation = allocationOf(train, cls);
  const whose = occupantsOf(bookings);
  const free = new Set<string>(pools.flatMap((pool) => [...pool.free, ...pool.vacant]));
  const sharing = new Set<string>(pools.flatMap((pool) => pool.sharing.map(({ seat }) => seat)));
  const placeOf = (code: BerthCode | RacSeat): Place =>
    free.has(code) ? { state: 'free' } : (whose.get(code) ?? { state: 'taken' });
  const berthOn = (berth: Berth): BerthOnChart => {
    const { number, kind, bay, code } = berth;
    const halves = (['a', 'b'] as const).map((half) => ({ half, seat: racSeatOf(code, half) }));
    const isShared = halves.some(({ seat }) => free.has(seat) || sharing.has(seat));
    const of = { number, kind, bay, quota: quotaOf(allocation, code) };
    if (!isShared) return { ...of, ...placeOf(code) };
    const shown = halves.map(({ half, seat }) => ({ half, ...placeOf(seat) }));
    return { ...of, state: together(shown), halves: shown };
  };
  return {
    ...{ train: train.number, date, class: cls },
    departure: departureAt(train, date).toISOString(),
    chartAt: chartedAt(train, date).toISOString(),
    coaches: (train.coaches[cls] ?? []).map((coach) => ({
      coach,
      berths: coachBerths(cls, coach).map(berthOn),
    })),
    lists: pools.map(listOf),
  };
};

const quotaOf = (allocation: Allocation, code: BerthCode): Quota =>
  Quota.options.find((quota) => allocation[quota].includes(code)) ?? 'GN';

/** Of two halves: what the one has that is the farthest from free. */
const together = (halves: readonly Place[]): Place['state'] =>
  (['taken', 'held'] as const).find((state) => halves.some((half) => half.state === state)) ?? 'free';

const occupantsOf = (bookings: readonly Booking[]): ReadonlyMap<string, Place> =>
  new Map(
    bookings.flatMap((booking) =>
      booking.passengers.flatMap((passenger): [string, Place][] => {
        const { seat } = passenger;
        if (seat === undefined || seat.status === 'WL') return [];
        const state = isInFlight(booking) ? 'held' : 'taken';
        const code = seat.status === 'CNF' ? seat.berth : seat.seat;
        return [[code, { state, by: occupant(booking, passenger) }]];
      }),
    ),
  );

const occupant = ({ id, pnr }: Booking, { number, name, age, gender }: Passenger): Occupant => ({
  ...{ booking: id, passenger: number, name: maskedName(name), age, gender },
  ...(pnr === undefined ? {} : { pnr }),
});

/** The first letter of each of its words: `R*** S***`. */
const maskedName = (name: string): string =>
  name
    .split(/\s+/)
    .map(([first = '']) => `${first}${MASK}`)
    .join(' ');

const listOf = ({ quota, state, free, sharing, waiting, mayWait }: Pool): ListOnChart => ({
  ...{ quota, state, free: free.length, rac: sharing.length },
  sharing: firstOf(sharing),
  waiting: { length: waiting.length, most: mayWait, first: firstOf(waiting) },
});

const firstOf = <E extends Sharer | Waiter>(list: readonly E[]) =>
  list.slice(0, FIRST).map((one, index) => ({ place: index + 1, ...one }));
