/** Test help: bookings of berths that are followed, on tracking in memory. */
import type { Caller } from '../../shared/http/index.ts';
import type { Session } from '../../shared/lambda/index.ts';
import { events as rail } from '../irctc-booking/contract.events.ts';
import { BookingId, type BookingState, PoolId, type Standing } from '../irctc-booking/contract.views.ts';
import { followBookings } from './consumers/follow-bookings.ts';
import { BookingLogPage } from './contract.ts';
import type { HeardOfBooking } from './domain/booking.ts';
import { readBookingLog } from './doors/read-booking-log.ts';
import { subscribe } from './doors/subscribe.ts';
import { unsubscribe } from './doors/unsubscribe.ts';
import { RAHUL, trackingInMemory } from './tracking.fixture.ts';

export const bookingId = (n: number) =>
  BookingId.parse(`booking_0193a5c0-0000-7000-8000-${String(n).padStart(12, '0')}`);
export const BOOKING = bookingId(1);
export const DEPARTURE = '2027-01-20T11:30:00.000Z';

/** `stands('RAC', 'RAC 3 B1-7')`: what each passenger has, in their order. */
export const stands = (state: BookingState, ...seats: readonly string[]): Standing => ({
  state,
  passengers: seats.map((text, index) => {
    const [, status = text, berth] = /^(.*?)(?: (\w+-\d+))?$/.exec(text) ?? [];
    return { passenger: index + 1, status, ...(berth === undefined ? {} : { berth }) };
  }),
});

/** What railway booking tells: each goes on from the one before, in versions that are not all told. */
export const journey = (standings: readonly Standing[], booking = BOOKING): readonly HeardOfBooking[] =>
  standings.map((standing, index) => {
    const before = standings[index - 1];
    const version = 1 + 2 * index;
    const event = rail.moved.of({
      ...{ subject: booking, correlationId: 'c1', sequence: version },
      data: {
        ...{ booking, pool: PoolId.parse('12951.2027-01-20.3A.GN'), customer: RAHUL, departure: DEPARTURE },
        ...{ ...standing, mark: `standing ${index}` },
        ...(before === undefined ? {} : { follows: `standing ${index - 1}` }),
        ...(before === undefined || before.state === standing.state ? {} : { by: 'promotion' as const }),
        ...(standing.state === 'FAILED' ? { reason: 'NoRoomError' } : {}),
      },
    });
    const at = new Date(Date.parse('2026-11-24T11:00:00.000Z') + index * 1_000).toISOString();
    return rail.moved.schema.parse({ ...event, id: `event-${booking}-${version}`, time: at });
  });

/** Asked for, waiting, sharing, and with berths at last; then one of the two stays at home. */
export const wholeJourney = (booking = BOOKING) =>
  journey(
    [
      stands('INITIATED'),
      stands('PAYMENT_PENDING', 'GNWL 1', 'GNWL 2'),
      stands('WAITLISTED', 'GNWL 1', 'GNWL 2'),
      stands('WAITLISTED', 'RAC 3 B1-7', 'GNWL 2'),
      stands('RAC', 'RAC 3 B1-7', 'RAC 4 B1-15'),
      stands('CONFIRMED', 'CNF B1-23', 'CNF B1-24'),
      stands('CONFIRMED', 'CAN', 'CNF B1-24'),
    ],
    booking,
  );

export const bookingsInMemory = () => {
  const tracking = trackingInMemory();
  const { ports, command, call } = tracking;
  return {
    ...tracking,
    connects: tracking.connects.bind(tracking),
    hears: async (...heard: readonly HeardOfBooking[]) => {
      for (const event of heard) await followBookings(ports)(event);
    },
    logOf: async (booking = BOOKING) => (await ports.bookings.after(booking, 0)).items,
    follows: async (session: Session, booking = BOOKING, from = 0) =>
      BookingLogPage.parse(await subscribe(ports)(command(session, { booking, from }))),
    leaves: (session: Session, booking = BOOKING) => unsubscribe(ports)(command(session, { booking })),
    reads: async (caller: Caller, query: { from?: number; wait?: number } = {}, booking = BOOKING) => {
      const asked = { path: { bookingId: booking }, query: { from: 0, wait: 0, ...query } };
      const { body } = await readBookingLog(ports)(call(caller, asked));
      return BookingLogPage.parse(body);
    },
  };
};
