/** What goes back to whoever paid for passengers that do not travel. */
import { type Paise, paise } from '../../../shared/money/index.ts';
import type { Booking, Passenger } from './booking.ts';
import { keptOf } from './refund.ts';

export interface Divided {
  readonly refund: Paise;
  readonly kept: Paise;
}

/**
 * The fares of some passengers, divided by what each has at that moment. A child without a berth goes by what the best of
 * them has, alone by what the best of the booking has. The convenience fee is not theirs.
 */
export const dividedOf = (
  booking: Booking,
  numbers: readonly number[],
  { now, reason = 'cancelled' }: { readonly now: Date; readonly reason?: 'cancelled' | 'charted' },
): Divided => {
  const { cls, quota, fare, passengers } = booking;
  const departure = new Date(booking.departure);
  const going = passengers.filter(({ number }) => numbers.includes(number));
  const best = bestOf(going) ?? bestOf(passengers);
  return going.reduce<Divided>(
    (sum, { number, seat }) => {
      const own = fare.passengers[number - 1];
      const status = seat?.status ?? best;
      if (own === undefined || status === undefined) return sum;
      const { kept, refund } = keptOf({ status, cls, quota, fare: own, departure, now, reason });
      return { refund: paise(sum.refund + refund), kept: paise(sum.kept + kept) };
    },
    { refund: paise(0), kept: paise(0) },
  );
};

const bestOf = (passengers: readonly Passenger[]): 'CNF' | 'RAC' | 'WL' | undefined =>
  (['CNF', 'RAC', 'WL'] as const).find((status) => passengers.some(({ seat }) => seat?.status === status));
