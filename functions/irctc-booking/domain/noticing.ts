/** What people are told of a booking, and where it goes. */
import { maskText } from '../../../shared/privacy/index.ts';
import type { NoticeKind } from '../contract.events.ts';
import type { Channel, NoticeView } from '../contract.notices.ts';
import type { BookingId, BookingState } from '../contract.views.ts';
import type { Booking } from './booking.ts';
import { seatText } from './view.ts';

/** A notice as it is kept. */
export interface Notice extends NoticeView {
  readonly booking: BookingId;
}

/** What a notice may speak of: no names, and nothing that opens anything. */
export interface About {
  readonly booking: BookingId;
  readonly state: BookingState;
  readonly pnr?: string;
  readonly train: string;
  /** As it stands on tickets: `06-12-2026`. */
  readonly date: string;
  readonly cls: string;
  /** Of who travels: `CNF B1-23, RAC 3`. */
  readonly seats: string;
  readonly total: number;
  /** What goes back for what the notice tells, in paise. */
  readonly refund: number;
  /** The name of the error by which it came to nothing. */
  readonly reason?: string;
}

/** Words for people. */
export type Words = (
  kind: NoticeKind,
  about: About,
) => { readonly [language in 'en' | 'hi']: { readonly subject: string; readonly body: string } };

/** By which of its refunds a notice is told. */
const REFUNDED: { readonly [kind in NoticeKind]?: (refund: Booking['refunds'][number]) => boolean } = {
  cancelled: ({ reason }) => reason === 'cancelled',
  charted: ({ reason }) => reason === 'charted',
  paid_too_late: ({ reason }) => reason === 'paid_too_late',
  refunded: ({ state }) => state === 'done',
};

export const aboutOf = (booking: Booking, kind: NoticeKind): About => {
  const { id, state, pnr, train, date, cls, quota, passengers, fare, refunds, reason } = booking;
  const isTold = REFUNDED[kind];
  const seats = passengers.flatMap(({ seat }) =>
    seat === undefined ? [] : [seat.status === 'CNF' ? `CNF ${seat.berth}` : seatText(seat, quota)],
  );
  return {
    ...{ booking: id, state, train, cls, seats: seats.join(', ') },
    ...(pnr === undefined ? {} : { pnr }),
    date: date.split('-').toReversed().join('-'),
    ...{ total: fare.total, refund: (isTold && refunds.findLast(isTold)?.amount) ?? 0 },
    ...(reason === undefined ? {} : { reason }),
  };
};

export interface Telling {
  /** The event's id and time, which a second delivery has too. */
  readonly event: string;
  readonly at: string;
  readonly kind: NoticeKind;
  readonly channel: Channel;
  /** A phone number or an address: it is not kept. */
  readonly to: string;
}

/** What is sent. An SMS has no subject. */
export const noticed = (
  booking: Booking,
  { event, at, kind, channel, to }: Telling,
  words: Words,
): Notice => {
  const { en, hi } = words(kind, aboutOf(booking, kind));
  const sent = channel === 'email' ? { en, hi } : { en: { body: en.body }, hi: { body: hi.body } };
  return { booking: booking.id, event, channel, kind, to: maskText(to), ...sent, at };
};
