/** What can be followed: an order on its way, or a booking of berths. The id says which. */
import type { BookingId } from '../../irctc-booking/contract.views.ts';
import type { OrderId } from '../../zomato-ordering/contract.views.ts';
import type { TrackedBooking } from './booking.ts';
import type { TrackedOrder } from './tracked.ts';

export type FollowedId = OrderId | BookingId;
export type Tracked = TrackedOrder | TrackedBooking;

export const isBookingId = (id: string): id is BookingId => id.startsWith('booking_');
export const isBooking = (tracked: Tracked): tracked is TrackedBooking => isBookingId(tracked.id);

/** What it is called where somebody is told that there is none, or too much of it. */
export const kindOf = (id: string): 'booking' | 'order' => (isBookingId(id) ? 'booking' : 'order');

/** As the protocol has it. */
export const named = (id: FollowedId): { readonly order: OrderId } | { readonly booking: BookingId } =>
  isBookingId(id) ? { booking: id } : { order: id };

/** Which one a command names; its contract takes no other number of them. */
export const followedIn = ({
  order,
  booking,
}: {
  readonly order?: OrderId | undefined;
  readonly booking?: BookingId | undefined;
}): FollowedId => (order ?? booking) as FollowedId;

/** Of the logs, the one that it has. */
export const among = <O, B>(
  { orders, bookings }: { readonly orders: O; readonly bookings: B },
  id: FollowedId,
): O | B => (isBookingId(id) ? bookings : orders);
