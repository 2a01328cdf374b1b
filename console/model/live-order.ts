/** What is known of an order that is followed: its log as it comes, how far it is, and what it costs. */
import type { LogItem, LogPage, PositionView } from '../../functions/swiggy-tracking/contract.views.ts';
import type { Bill, OrderState } from '../../functions/zomato-ordering/contract.views.ts';

/** What an order was told to whoever follows it. */
export interface Feed {
  /** In order, each once. */
  readonly items: readonly LogItem[];
  /** How it stood when a page came last; absent before the first one. */
  readonly page?: Omit<LogPage, 'items'>;
  /** Where its rider was while somebody looked, the oldest first. */
  readonly trail: readonly PositionView[];
}

export const NOTHING: Feed = { items: [], trail: [] };
/** So many places of a trail are kept: at one a second half an hour. */
const LONGEST_TRAIL = 1_800;

export type Told =
  | { readonly kind: 'item'; readonly item: LogItem }
  | { readonly kind: 'page'; readonly page: LogPage }
  | { readonly kind: 'position'; readonly position: PositionView };

/** The feed after something was told. An item that it has, or that is not the next, changes nothing. */
export const told = (feed: Feed, what: Told): Feed => {
  if (what.kind === 'item') {
    const isNext = what.item.sequence === haveOf(feed) + 1;
    return isNext ? { ...feed, items: [...feed.items, what.item] } : feed;
  }
  if (what.kind === 'position') return withPlace(feed, what.position);
  const { items: _, ...page } = what.page;
  return { ...feed, page };
};

const withPlace = (feed: Feed, position: PositionView): Feed => {
  const last = feed.trail.at(-1);
  // Another rider begins another trail.
  if (last?.rider !== position.rider) return { ...feed, trail: [position] };
  if (Date.parse(position.at) <= Date.parse(last.at)) return feed;
  return { ...feed, trail: [...feed.trail, position].slice(-LONGEST_TRAIL) };
};

/** Up to which sequence a feed has everything. */
export const haveOf = ({ items }: Feed): number => items.at(-1)?.sequence ?? 0;

/** Where its rider is; undefined where nobody brings it, or none was told since another one does. */
export const positionOf = (feed: Feed): PositionView | undefined =>
  feed.trail.at(-1)?.rider === riderOf(feed)?.id ? feed.trail.at(-1) : undefined;

/** Who brings it now. */
export const riderOf = ({ items }: Feed) => {
  const last = items.findLast((item) => item.kind === 'rider');
  return last?.kind === 'rider' && last.state === 'RIDER_ASSIGNED' ? last.rider : undefined;
};

/** Whether nobody brings it any more: it is at the door, or came to another end. */
export const hasEnded = (feed: Feed): boolean => {
  const state = stateOf(feed);
  return state !== undefined && (state === 'DELIVERED' || !WAY.includes(state));
};

/** How it stands, by its log. */
export const stateOf = ({ items }: Feed): OrderState | undefined => {
  const last = items.findLast((item) => item.kind === 'moved');
  if (last?.kind === 'moved') return last.to;
  return items.some(({ kind }) => kind === 'placed') ? 'PLACED' : undefined;
};

export const chatOf = ({ items }: Feed) => items.filter((item) => item.kind === 'chat');

/** The way of an order to whose door it is brought. */
const WAY = [
  ...['PLACED', 'PAYMENT_CONFIRMED', 'ACCEPTED', 'PREPARING', 'READY'],
  ...['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'],
] as readonly OrderState[];

export interface Stage {
  readonly state: OrderState;
  /** `ended`: it came to an end there that is not the door. */
  readonly is: 'done' | 'now' | 'ahead' | 'ended';
  /** When it came there. */
  readonly at?: string;
}

/**
 * The states of an order as a line: those where it was, with their times, and those that are ahead. What it passed by is not
 * there: who pays at the door has nothing confirmed. After another end nothing is ahead.
 */
export const stagesOf = ({ items }: Feed): readonly Stage[] => {
  const came = items.flatMap((item): (readonly [OrderState, string])[] => {
    if (item.kind === 'placed') return [['PLACED', item.at]];
    return item.kind === 'moved' ? [[item.to, item.at]] : [];
  });
  const [newest] = came.at(-1) ?? [];
  if (newest === undefined) return [];
  const isOver = newest === 'DELIVERED' || !WAY.includes(newest);
  const been = came.map(([state, at]): Stage => {
    if (!WAY.includes(state)) return { state, is: 'ended', at };
    return { state, is: state === newest && !isOver ? 'now' : 'done', at };
  });
  const ahead = isOver ? [] : WAY.slice(WAY.indexOf(newest) + 1);
  return [...been, ...ahead.map((state): Stage => ({ state, is: 'ahead' }))];
};

type Charge = 'itemsTotal' | 'packing' | 'gstOnFood' | 'deliveryFee' | 'platformFee' | 'gstOnFees' | 'tip';

export interface BillLine {
  readonly what: Charge | 'coupon' | 'total';
  /** In paise; below zero where it is taken off. */
  readonly paise: number;
  /** Of a coupon. */
  readonly code?: string;
}

const CHARGES: readonly Charge[] = [
  ...(['itemsTotal', 'packing', 'gstOnFood', 'deliveryFee', 'platformFee', 'gstOnFees', 'tip'] as const),
];

/** A bill line by line, its total last; nothing is written of a tip that there was none of. */
export const billLines = (bill: Bill): readonly BillLine[] => [
  ...CHARGES.map((what): BillLine => ({ what, paise: bill[what] })).filter(
    ({ what, paise }) => what !== 'tip' || paise !== 0,
  ),
  ...(bill.coupon ? [{ what: 'coupon', paise: -bill.coupon.amount, code: bill.coupon.code } as const] : []),
  { what: 'total', paise: bill.total },
];
