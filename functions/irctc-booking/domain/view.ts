/** What callers see of a booking. Consents, phones and traces stay inside. */
import type { BookingSummary, PnrView } from '../contract.bookings.ts';
import type { ClassCode, Quota } from '../contract.codes.ts';
import type { TrainView } from '../contract.trains.ts';
import type { BookingView, PassengerView, Seat } from '../contract.views.ts';
import type { Booking, Passenger } from './booking.ts';
import { berthOf } from './layout.ts';
import { berthOfRac, type Pool } from './pool.ts';
import type { Train } from './train.ts';

/** As the railways print it (domain/india.md, 4.2): the general waiting list, and that of Tatkal. */
const LISTS: { readonly [Q in Quota]: string } = { GN: 'GNWL', TQ: 'TQWL', LD: 'LDWL', SS: 'SSWL' };

/** What a seat is called: `CNF`, `RAC 3`, `GNWL 23`. @param place on its list; without it, the number that was given out */
export const seatText = (seat: Seat, quota: Quota, place?: number): string =>
  seat.status === 'CNF' ? 'CNF' : `${seat.status === 'RAC' ? 'RAC' : LISTS[quota]} ${place ?? seat.number}`;

/**
 * A booking, with where each of its passengers stands on their list now.
 * @param pool as it is; without it, the numbers are those that were sold
 */
export const bookingView = (booking: Booking, pool?: Pool): BookingView => {
  const { id, version, state, pnr, train, from, to, date, departure, cls, quota, fare } = booking;
  const { link: _, ...payment } = booking.payment;
  const waits = state === 'PAYMENT_PENDING' && booking.holdUntil !== undefined;
  return {
    ...{ id, version, state, train, from, to, date, departure, quota },
    class: cls,
    ...(pnr === undefined ? {} : { pnr }),
    passengers: booking.passengers.map((one) => passengerView(one, booking, pool)),
    fare: { ...fare, passengers: [...fare.passengers] },
    payment: { ...payment, ...(waits ? { holdUntil: booking.holdUntil } : {}) },
    ...(booking.reason === undefined ? {} : { reason: booking.reason }),
    refunds: booking.refunds.map(({ id: __, ...refund }) => refund),
    attempts: booking.attempts,
    moves: [...booking.moves],
    requestedAt: booking.requestedAt,
  };
};

export const trainView = ({
  name,
  number,
  from,
  to,
  kilometres,
  departs,
  runsOn,
  coaches,
}: Train): TrainView => ({
  ...{ number, name, from, to, kilometres, departs, runsOn: [...runsOn] },
  coaches: coaches as TrainView['coaches'],
});

export const summaryOf = (booking: Booking): BookingSummary => {
  const { id, state, pnr, train, date, departure, cls, quota, passengers, fare, requestedAt } = booking;
  return {
    ...{ id, state, train, date, departure, quota, requestedAt },
    class: cls,
    ...(pnr === undefined ? {} : { pnr }),
    ...{ passengers: passengers.length, total: fare.total },
  };
};

/** What whoever has the number may see: who travels stays with whoever booked. */
export const pnrView = (booking: Booking, pool?: Pool): PnrView | undefined => {
  const { pnr, state, train, date, departure, cls, quota } = booking;
  if (pnr === undefined) return undefined;
  return {
    ...{ pnr, state, train, date, departure, quota },
    class: cls,
    charted: pool?.state === 'charted',
    passengers: booking.passengers.map((one) => {
      const { name: _, age: __, gender: ___, wish: ____, ...seen } = passengerView(one, booking, pool);
      return seen;
    }),
  };
};

const passengerView = (
  { number, name, age, gender, berth: wish, booked, seat, cancelledAt }: Passenger,
  { id, cls, quota }: Booking,
  pool: Pool | undefined,
): PassengerView => ({
  ...{ number, name, age, gender },
  ...(wish === undefined ? {} : { wish }),
  ...(booked === undefined ? {} : { booked: seatText(booked, quota) }),
  now: nowText(seat, {
    cancelledAt,
    quota,
    place: seat && placeOf(seat, { booking: id, passenger: number }, pool),
  }),
  ...(seat === undefined ? {} : whereOf(seat, cls)),
});

const nowText = (
  seat: Seat | undefined,
  { cancelledAt, quota, place }: { cancelledAt: string | undefined; quota: Quota; place: number | undefined },
): string => {
  if (cancelledAt !== undefined) return 'CAN';
  if (seat === undefined) return 'NB';
  return seatText(seat, quota, place);
};

/** How many of the list come before them, and they themselves. */
export const placeOf = (
  { status }: Seat,
  { booking, passenger }: { booking: string; passenger: number },
  pool: Pool | undefined,
): number | undefined => {
  const list = status === 'RAC' ? pool?.sharing : status === 'WL' ? pool?.waiting : undefined;
  const index = list?.findIndex((one) => one.booking === booking && one.passenger === passenger) ?? -1;
  return index < 0 ? undefined : index + 1;
};

const whereOf = (seat: Seat, cls: ClassCode): Pick<PassengerView, 'coach' | 'berth' | 'kind'> => {
  if (seat.status === 'WL') return {};
  const { coach, number, kind } = berthOf(cls, seat.status === 'CNF' ? seat.berth : berthOfRac(seat.seat));
  return { coach, berth: number, kind };
};
