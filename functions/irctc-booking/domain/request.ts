import type { RequestBooking } from '../contract.bookings.ts';
import type { BookingId } from '../contract.views.ts';
import { mustBeSold } from './availability.ts';
import type { Booking } from './booking.ts';
import { BookingWindowError, LinkNeededError } from './errors.ts';
import { fareOf } from './fare.ts';
import { checkParty } from './passengers.ts';
import { departureAt, type Train } from './train.ts';
import { bookingWindow } from './window.ts';

/** So long a request may wait for its allocation, however often that is tried. */
const ALLOCATED_WITHIN_MS = 15 * 60_000;

interface Asked {
  readonly id: BookingId;
  readonly customer: string;
  readonly now: Date;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
}

/**
 * A request as a booking that has no places yet. The fare is ours to say, and the rules of this moment count.
 * @throws {TrainNotRunningError} not on that day, or it has no such class or quota
 * @throws {BookingWindowError} too early or too late
 * @throws {PartyTooLargeError} @throws {PartyWithoutBerthError} @throws {QuotaNotAllowedError}
 * @throws {LinkNeededError} to be charged, a payer has to have agreed
 */
export const requested = (
  { date, class: cls, quota, passengers, phone, email, payment }: RequestBooking,
  train: Train,
  { id, customer, now, correlationId, traceparent }: Asked,
): Booking => {
  mustBeSold(train, { date, cls, quota });
  const { opensAt, closesAt } = bookingWindow(train, cls, quota, date);
  if (now < opensAt || now >= closesAt)
    throw new BookingWindowError({ opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString() });
  checkParty(passengers, quota, date);
  if (payment.link === undefined) throw new LinkNeededError({});
  return {
    ...{ id, customer, phone, version: 1, state: 'INITIATED' },
    ...(email === undefined ? {} : { email }),
    ...{ train: train.number, from: train.from, to: train.to, date, cls, quota },
    departure: departureAt(train, date).toISOString(),
    passengers: passengers.map((passenger, index) => ({ ...passenger, number: index + 1 })),
    fare: fareOf({ train, cls, quota, passengers, on: now }),
    paidTo: train.paidTo,
    payment: { ...payment, state: 'none' },
    ...{ refunds: [], attempts: 0, moves: [], requestedAt: now.toISOString(), correlationId },
    ...(traceparent === undefined ? {} : { traceparent }),
    holdUntil: new Date(now.getTime() + ALLOCATED_WITHIN_MS).toISOString(),
  };
};
