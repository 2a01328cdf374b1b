/**
 * A booking of berths as tracking knows it, made of what railway booking tells. Events may come late, twice and in any order.
 * Not every version of a booking is told, so each says which one it follows: one that comes too early is told by that.
 */
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import type { events } from '../../irctc-booking/contract.events.ts';
import type { BookingId, Standing } from '../../irctc-booking/contract.views.ts';
import type { BookingItem } from '../contract.views.ts';
import { EARLY, type Followed, PAST } from './tracked.ts';

export type HeardOfBooking = CloudEventOf<typeof events.moved>;

export interface TrackedBooking extends Standing {
  readonly id: BookingId;
  readonly customer: string;
  readonly departure: string;
  /** The sequence of the newest item of its log. */
  readonly head: number;
  /** Which version of the booking that is, and by what railway booking knows the standing. */
  readonly seen: number;
  readonly mark: string;
}

/** An item as it is kept: without the words for a person. */
export type KeptBookingItem = Omit<BookingItem, 'text'>;

/** What an event means for a booking. */
export const followBooking = (
  booking: TrackedBooking | undefined,
  event: HeardOfBooking,
): Followed<TrackedBooking, KeptBookingItem> => {
  const { sequence = 0, data } = event;
  if (booking && sequence <= booking.seen) return PAST;
  return data.follows === booking?.mark ? stands(event) : EARLY;
};

const stands = ({
  data: { booking: id, customer, departure, state, passengers, mark, by, reason },
  time: at,
  sequence: version = 0,
}: HeardOfBooking): Followed<TrackedBooking, KeptBookingItem> => ({
  what: 'news',
  tracked: { id, customer, departure, state, passengers, mark, seen: version },
  item: {
    ...{ kind: 'booking', at, version, state, passengers },
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
  },
});

/** What a passenger has, in one word or three: `CNF B1-23`, `RAC 3 B1-7`, `GNWL 5`. */
export const statusText = ({ status, berth }: Standing['passengers'][number]): string =>
  berth === undefined ? status : `${status} ${berth}`;
