/** How a booking stands, for whoever follows it: no names, and the numbers that were given out. */
import type { Standing } from '../contract.events.ts';
import type { Seat } from '../contract.views.ts';
import { type Booking, isTicket } from './booking.ts';
import { berthOfRac } from './pool.ts';
import { seatText } from './view.ts';

export const standingOf = ({
  state,
  passengers,
  quota,
}: Pick<Booking, 'state' | 'passengers' | 'quota'>): Standing => ({
  state,
  passengers: passengers.flatMap(({ number: passenger, seat, cancelledAt }) => {
    if (seat !== undefined) return [{ passenger, status: seatText(seat, quota), ...berthOf(seat) }];
    if (cancelledAt !== undefined) return [{ passenger, status: 'CAN' }];
    return isTicket({ state }) ? [{ passenger, status: 'NB' }] : [];
  }),
});

const berthOf = (seat: Seat): { readonly berth?: string } => {
  if (seat.status === 'WL') return {};
  return { berth: seat.status === 'CNF' ? seat.berth : berthOfRac(seat.seat) };
};

/** Whether nothing of it is otherwise. */
export const standsAs = (one: Standing, other: Standing): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
