import { type Paise, paise } from '../../../shared/money/index.ts';
import { activeOf, type Booking, cancelled, isInFlight, isTicket } from './booking.ts';
import { BookingNotCancellableError } from './errors.ts';
import { needsBerth } from './passengers.ts';
import { dividedOf } from './refund-due.ts';

export interface Cancelling {
  readonly after: Booking;
  readonly of: readonly number[];
  readonly refund: Paise;
  readonly kept: Paise;
}

/**
 * Takes passengers off a booking, and says what goes back. Of one that is not paid yet only all can go; and where nobody is
 * left who has a berth, the children go too.
 * @param wanted @default all who are still on it
 * @throws {BookingNotCancellableError} it has ended, or one of them is not on it any more; a retry cannot help
 */
export const cancelling = (
  booking: Booking,
  wanted: readonly number[] | undefined,
  now: Date,
): Cancelling => {
  const active = activeOf(booking);
  const named = wanted ?? active.map(({ number }) => number);
  const areOn = named.every((number) => active.some((one) => one.number === number));
  const left = active.filter(({ number }) => !named.includes(number));
  const of = left.some(needsBerth) ? named : active.map(({ number }) => number);
  const mayGo = isTicket(booking) || (isInFlight(booking) && of.length === active.length);
  if (!areOn || !mayGo) throw new BookingNotCancellableError({ booking: booking.id, state: booking.state });
  // Nobody has paid yet: if somebody does all the same, all of it goes back.
  const { refund, kept } = isTicket(booking)
    ? dividedOf(booking, of, { now })
    : { refund: paise(0), kept: paise(0) };
  return { of, refund, kept, after: cancelled(booking, { of, refund, at: now.toISOString() }) };
};
