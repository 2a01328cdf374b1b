/** Reads how an order or a booking stands, and what is in its log after a sequence. */
import type { BookingLogPage, LogPage, RiderName } from '../contract.views.ts';
import type { Reader } from './access.ts';
import type { KeptBookingItem } from './booking.ts';
import { isBooking, type Tracked } from './followed.ts';
import type { PositionRecord } from './positions.ts';
import type { KeptItem, TrackedOrder } from './tracked.ts';
import { bookingPage, type Places, pageFor, type Say, type Standing } from './views.ts';

interface Pages<I> {
  after(id: string, from: number): Promise<{ readonly items: readonly I[]; readonly more: boolean }>;
}

export interface StandingPorts {
  readonly orders: Pages<KeptItem>;
  readonly bookings: Pages<KeptBookingItem>;
  readonly positions: {
    find(order: string): Promise<PositionRecord | undefined>;
    placesOf(order: string): Promise<Places | undefined>;
  };
  readonly riders: { named(rider: string): Promise<RiderName> };
}

export interface Looking {
  readonly from: number;
  readonly reader: Pick<Reader, 'role'>;
  readonly say: Say;
}

/** The page after `from`, for one reader. */
export const pageOf = async (
  ports: StandingPorts,
  tracked: Tracked,
  { from, reader, say }: Looking,
): Promise<LogPage | BookingLogPage> =>
  isBooking(tracked)
    ? bookingPage(tracked, await ports.bookings.after(tracked.id, from), from, say)
    : pageFor(await standingOf(ports, tracked, from), from, reader, say);

/** All reads are independent of each other, so they are made at once. */
const standingOf = async (
  { orders, positions, riders }: StandingPorts,
  order: TrackedOrder,
  from: number,
): Promise<Standing> => {
  const [page, position, places, rider] = await Promise.all([
    orders.after(order.id, from),
    positions.find(order.id),
    positions.placesOf(order.id),
    order.rider === undefined ? undefined : riders.named(order.rider),
  ]);
  return { order, ...page, position, places, rider };
};
