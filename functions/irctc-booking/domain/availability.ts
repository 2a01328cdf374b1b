/** What is left of a train, for whoever asks before they book. */
import type { AvailabilityState, AvailabilityView } from '../contract.trains.ts';
import { TrainNotRunningError } from './errors.ts';
import { fareOf } from './fare.ts';
import { availabilityOf, type Of, openedFor, type Pool } from './pool.ts';
import { allocationOf, departureAt, runs, type Train } from './train.ts';
import { seatText } from './view.ts';
import { type BookingWindow, bookingWindow } from './window.ts';

/** By whom a fare is told. */
const ADULT = { age: 30, gender: 'M' } as const;

/** @throws {TrainNotRunningError} it does not run that day, or has no such class or quota */
export const mustBeSold = (train: Train, { date, cls, quota }: Of): void => {
  if (!runs(train, date) || allocationOf(train, cls)[quota].length === 0)
    throw new TrainNotRunningError({ train: train.number, date, class: cls, quota });
};

/**
 * What the next passenger would get.
 * @param known the pool, once the first booking has come; before, everything is as it is divided
 * @throws {TrainNotRunningError} it does not run that day, or has no such class or quota
 */
export const availabilityView = (
  train: Train,
  of: Of,
  { known, now }: { readonly known: Pool | undefined; readonly now: Date },
): AvailabilityView => {
  mustBeSold(train, of);
  const { date, cls, quota } = of;
  const window = bookingWindow(train, cls, quota, date);
  const { opensAt, closesAt } = window;
  const on = now < opensAt ? opensAt : now;
  const fare = fareOf({ train, cls, quota, passengers: [ADULT], on });
  return {
    ...{ train: train.number, date, class: cls, quota },
    ...offered(known ?? openedFor(train, of, on), window, now),
    departure: departureAt(train, date).toISOString(),
    ...{ opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString() },
    fare: { ...fare, passengers: [...fare.passengers] },
  };
};

type Offered = Pick<AvailabilityView, 'state' | 'text' | 'number'>;

/** Numbers of lists are places: who buys the hundredth ticket may be the twelfth who still waits. */
const offered = (pool: Pool, { opensAt, closesAt }: BookingWindow, now: Date): Offered => {
  if (now < opensAt) return { state: 'NOT_OPEN', text: 'NOT OPEN' };
  if (now >= closesAt || pool.state !== 'open') return { state: 'CLOSED', text: 'CLOSED' };
  const { berths, rac, waiting } = availabilityOf(pool);
  if (berths > 0) return numbered('AVAILABLE', berths, `AVAILABLE ${berths}`);
  if (rac > 0) {
    const place = pool.sharing.length + 1;
    return numbered('RAC', place, `RAC ${place}`);
  }
  return waiting === undefined
    ? { state: 'REGRET', text: 'REGRET' }
    : numbered('WAITLIST', waiting, seatText({ status: 'WL', number: waiting }, pool.quota));
};

const numbered = (state: AvailabilityState, number: number, text: string): Offered => ({
  ...{ state, text, number },
});
