/** From what is kept of an order or a booking to what one reader of it sees. */
import type { Position } from '../../zomato-ordering/contract.views.ts';
import type {
  BookingItem,
  BookingLogPage,
  LogItem,
  LogPage,
  PushFrame,
  RiderName,
} from '../contract.views.ts';
import { type Reader, seesDelivery, seesRider } from './access.ts';
import { type KeptBookingItem, statusText, type TrackedBooking } from './booking.ts';
import { type FollowedId, named } from './followed.ts';
import { type PositionRecord, positionView } from './positions.ts';
import type { KeptItem, TrackedOrder } from './tracked.ts';

/** What a person reads of an occasion, by its name, in their language. */
export type Say = (name: string, facts?: object) => string;

/** Where an order begins and ends, as ordering knows it. */
export interface Places {
  readonly restaurant: Position;
  readonly delivery: Position;
}

/** An item with its words. */
const itemView = (item: KeptItem, say: Say): LogItem => {
  switch (item.kind) {
    case 'chat':
      return item;
    case 'placed':
      return { ...item, text: say('PLACED') };
    case 'moved':
      return { ...item, text: say(item.to) };
    case 'rider':
      return { ...item, text: say(item.state, { name: item.rider.name }) };
  }
};

const bookingItemView = (item: KeptBookingItem, say: Say): BookingItem => ({
  ...item,
  text: say(item.state, { seats: item.passengers.map(statusText).join(', ') }),
});

/** An item as it is sent to whoever follows: an order's log has items of an order, and a booking's of a booking. */
export const itemFrame = (id: FollowedId, item: KeptItem | KeptBookingItem, say: Say): PushFrame =>
  ({
    ...{ type: 'item', ...named(id) },
    item: item.kind === 'booking' ? bookingItemView(item, say) : itemView(item, say),
  }) as PushFrame;

export interface Standing {
  readonly order: TrackedOrder;
  readonly items: readonly KeptItem[];
  readonly more: boolean;
  readonly position: PositionRecord | undefined;
  readonly places: Places | undefined;
  readonly rider: RiderName | undefined;
}

/** A page of the log after `from`, and how the order stands, for one reader. */
export const pageFor = (
  { order, items, more, position, places, rider }: Standing,
  from: number,
  reader: Pick<Reader, 'role'>,
  say: Say,
): LogPage => {
  const seesWay = seesRider(order, reader);
  const seesEnd = seesDelivery(reader);
  return {
    ...{ order: order.id, state: order.state, head: order.head, more },
    items: items.map((item) => itemView(item, say)),
    upTo: items.at(-1)?.sequence ?? from,
    estimatedDelivery: order.estimatedDelivery,
    ...(rider ? { rider } : {}),
    ...(places ? { restaurant: places.restaurant } : {}),
    ...(places && seesEnd ? { delivery: places.delivery } : {}),
    // What a rider sent who gave the order back is not where it is.
    ...(position && seesWay && position.rider === order.rider ? { position: positionView(position) } : {}),
  };
};

/** A page of a booking's log after `from`, and how the booking stands. */
export const bookingPage = (
  { id: booking, state, passengers, head }: TrackedBooking,
  { items, more }: { readonly items: readonly KeptBookingItem[]; readonly more: boolean },
  from: number,
  say: Say,
): BookingLogPage => ({
  ...{ booking, state, passengers, head, more },
  items: items.map((item) => bookingItemView(item, say)),
  upTo: items.at(-1)?.sequence ?? from,
});
