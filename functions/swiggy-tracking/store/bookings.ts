/** Bookings of berths and their logs, which are kept for a month after the train has left. */
import type { KeptBookingItem, TrackedBooking } from '../domain/booking.ts';
import { bookingKey } from './keys.ts';
import { type Log, type LogStore, logOf } from './log.ts';

export type Bookings = Log<TrackedBooking, KeptBookingItem>;

export const bookings = (ports: LogStore): Bookings =>
  logOf(ports, { keyOf: bookingKey, until: ({ departure }) => new Date(departure) });
