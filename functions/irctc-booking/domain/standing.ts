/** How a booking stands, for whoever follows it: who travels stays with whoever booked. */
import type { Seat, Standing } from '../contract.views.ts';
import { type Booking, isTicket } from './booking.ts';
import { berthOfRac, type Pool } from './pool.ts';
import { placeOf, seatText } from './view.ts';

type Standable = Pick<Booking, 'id' | 'state' | 'passengers' | 'quota'>;

/** @param pool as it is; without it, the numbers on the lists are those that were given out */
export const standingOf = ({ id, state, passengers, quota }: Standable, pool?: Pool): Standing => ({
  state,
  passengers: passengers.flatMap(({ number: passenger, seat, cancelledAt }) => {
    if (seat !== undefined) {
      const place = placeOf(seat, { booking: id, passenger }, pool);
      return [{ passenger, status: seatText(seat, quota, place), ...berthOf(seat) }];
    }
    if (cancelledAt !== undefined) return [{ passenger, status: 'CAN' }];
    return isTicket({ state }) ? [{ passenger, status: 'NB' }] : [];
  }),
});

const berthOf = (seat: Seat): { readonly berth?: string } => {
  if (seat.status === 'WL') return {};
  return { berth: seat.status === 'CNF' ? seat.berth : berthOfRac(seat.seat) };
};

/** What a standing is known by. Numbers are given out once, and nobody gets back what they had: none comes twice. */
export const markOf = (booking: Standable): string => {
  const { state, passengers } = standingOf(booking);
  return [state, ...passengers.map(({ passenger, status, berth = '' }) => `${passenger} ${status} ${berth}`)]
    .join(', ')
    .trim();
};
