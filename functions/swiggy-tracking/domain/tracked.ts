/**
 * An order as tracking knows it, made of what ordering tells. Events may come late, twice and in any order: each says
 * where it goes on from, so one that comes before its time is told from one that is past.
 */
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import type { events, OrderId, OrderState } from '../../zomato-ordering/contract.ts';
import { ENDS } from '../../zomato-ordering/contract.views.ts';
import type { LogItem, RiderName } from '../contract.views.ts';

/** What is heard of an order. */
export type Heard =
  | CloudEventOf<typeof events.placed>
  | CloudEventOf<typeof events.moved>
  | CloudEventOf<typeof events.riderChanged>;

export interface TrackedOrder {
  readonly id: OrderId;
  readonly customer: string;
  readonly restaurant: string;
  readonly state: OrderState;
  /** Who rides it now. */
  readonly rider?: string;
  /** The sequence of the newest item of its log; 0 where there is none. */
  readonly head: number;
  /** Up to which event of ordering its moves, and those of its rider, are known. */
  readonly seenMove: number;
  readonly seenRider: number;
  readonly estimatedDelivery: string;
}

export type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An item of the log as it is kept: without the words for a person, but of a chat, whose words are all that it is. */
export type KeptItem =
  | Without<Exclude<LogItem, { kind: 'chat' }>, 'text'>
  | Extract<LogItem, { kind: 'chat' }>;
/** An item that has no place yet. */
export type NewItem = Without<KeptItem, 'sequence'>;

/**
 * What an event comes to. `early`: something before it has not been heard yet, so it has to wait. `past`: the log is
 * beyond it.
 */
export type Followed<T = TrackedOrder, I = KeptItem> =
  | { readonly what: 'early' | 'past' }
  | {
      readonly what: 'news';
      readonly tracked: Omit<T, 'head'>;
      /** It has no place yet. */
      readonly item: Without<I, 'sequence'>;
    };

export const EARLY = { what: 'early' } as const;
export const PAST = { what: 'past' } as const;

/** What an event means for an order; `names` are what is known of the rider whom it speaks of. */
export const follow = (
  order: TrackedOrder | undefined,
  event: Heard,
  named: RiderName | undefined,
): Followed => {
  switch (event.type) {
    case 'zomato-ordering.OrderPlaced':
      return order ? PAST : placed(event);
    case 'zomato-ordering.OrderMoved':
      return order ? moved(order, event) : EARLY;
    case 'zomato-ordering.RiderChanged':
      return order ? riderChanged(order, event, named) : EARLY;
  }
};

const placed = ({ data, time, sequence = 0 }: CloudEventOf<typeof events.placed>): Followed => {
  const { estimatedDelivery } = data;
  return {
    what: 'news',
    tracked: {
      ...{ id: data.order, customer: data.customer, restaurant: data.restaurant, estimatedDelivery },
      ...{ state: 'PLACED', seenMove: sequence, seenRider: sequence },
    },
    item: { kind: 'placed', at: time, estimatedDelivery },
  };
};

const moved = (order: TrackedOrder, { data, sequence = 0 }: CloudEventOf<typeof events.moved>): Followed => {
  if (sequence <= order.seenMove) return PAST;
  if (data.from !== order.state) return EARLY;
  const { from, to, by, at, reason } = data;
  return {
    what: 'news',
    tracked: { ...order, state: to, seenMove: sequence },
    item: { kind: 'moved', at, from, to, by, ...(reason === undefined ? {} : { reason }) },
  };
};

/**
 * A rider comes where there is none, and goes where it is they who have it. One who was there before, and is heard of only now,
 * stands in the log and changes nothing.
 */
const riderChanged = (
  order: TrackedOrder,
  { data, sequence = 0 }: CloudEventOf<typeof events.riderChanged>,
  named: RiderName | undefined,
): Followed => {
  const { rider: _, ...withoutRider } = order;
  const { state, rider, at } = data;
  const item = { kind: 'rider', at, state, rider: named ?? { id: rider } } as const;
  if (sequence <= order.seenRider) return { what: 'news', tracked: order, item };
  const comes = state === 'RIDER_ASSIGNED';
  if (comes ? order.rider !== undefined : order.rider !== rider) return EARLY;
  return {
    what: 'news',
    tracked: { ...withoutRider, ...(comes ? { rider } : {}), seenRider: sequence },
    item,
  };
};

/** Whether nobody cooks, rides or waits for it any more. */
export const hasEnded = ({ state }: Pick<TrackedOrder, 'state'>): boolean => ENDS.includes(state);

const WITH_RIDER: ReadonlySet<OrderState> = new Set(['PICKED_UP', 'OUT_FOR_DELIVERY']);

/** Whether the food is with the rider: before that they go to the restaurant, and then to whoever ordered. */
export const isPickedUp = ({ state }: Pick<TrackedOrder, 'state'>): boolean => WITH_RIDER.has(state);
