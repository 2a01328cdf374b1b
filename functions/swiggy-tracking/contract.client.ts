/**
 * Follows orders and bookings live, for browsers and Node: connects by tickets, is there again after a cut, asks for what it has missed, and
 * hands on each item of a log once and in order. Story, tests and console use it.
 *
 * @example
 * const tracking = trackingClient({
 *   ticket: async () => (await doors.issueTicket({ body: { role: 'customer' } })).body.url,
 *   open: (url) => new WebSocket(url),
 * });
 * const stop = tracking.follow({ order, onItem: ({ text }) => console.log(text) });
 * tracking.followBooking({ booking, onItem: ({ text }) => console.log(text) });
 * await tracking.chat({ order, text: 'Second floor, please', clientMessageId: 'c-1' });
 */
import type * as z from 'zod';
import { followingFrom, hasGap, paged, pushed, type Step } from '../../shared/socket/follow.ts';
import { type Later, type Live, type LiveOptions, live, timer } from '../../shared/socket/live.ts';
import type { BookingId } from '../irctc-booking/contract.views.ts';
import type { OrderId } from '../zomato-ordering/contract.views.ts';
import type { socket } from './contract.socket.ts';
import {
  type BookingItem,
  BookingLogPage,
  type LogItem,
  LogPage,
  type PositionView,
  PushFrame,
} from './contract.views.ts';

type Commands = typeof socket.commands;
type Payload<K extends keyof Commands> = z.input<Commands[K]['payload']>;
type Answer<K extends keyof Commands> = z.output<Commands[K]['answer']>;

export interface TrackingOptions
  extends Pick<LiveOptions, 'open' | 'answerMs' | 'newId' | 'chance' | 'later'> {
  /** Where to connect, with a new ticket in it: the `url` of `POST /tickets`. */
  readonly ticket: () => Promise<string>;
  /** How often a follower asks whether it has everything, should the last push have been lost. @default 30000 */
  readonly lookEveryMs?: number;
}

interface FollowingOptions<I, P> {
  /** The sequence that the application has already. @default 0: all of the log */
  readonly from?: number;
  /** Each item once, in order. */
  readonly onItem: (item: I) => void;
  /** How the order or booking stands, whenever a page has come. */
  readonly onPage?: (page: P) => void;
  /** Following has ended: the order or booking is not, or no longer, the caller's. */
  readonly onRefused?: (error: Error) => void;
}

export interface FollowOptions extends FollowingOptions<LogItem, LogPage> {
  readonly order: OrderId;
  /** The newest position; none is older than one before it. */
  readonly onPosition?: (position: PositionView) => void;
}

export interface FollowBookingOptions extends FollowingOptions<BookingItem, BookingLogPage> {
  readonly booking: BookingId;
}

export interface Tracking {
  /** Follows an order until the answer is called. */
  follow(options: FollowOptions): () => void;
  /** Follows a booking of berths until the answer is called. */
  followBooking(options: FollowBookingOptions): () => void;
  chat(message: Payload<'chat'>): Promise<Answer<'chat'>>;
  position(fix: Payload<'position'>): Promise<Answer<'position'>>;
  heartbeat(): Promise<Answer<'heartbeat'>>;
  close(): void;
}

/** A push that overtook another one is waited for, for so long. */
const GAP_MS = 300;
export const LOOK_EVERY_MS = 30_000;

/** What follows one order or booking. */
interface Follower {
  readonly heard: (frame: PushFrame) => void;
  readonly catchUp: () => void;
  readonly stop: () => void;
}

export const trackingClient = ({
  ticket,
  lookEveryMs = LOOK_EVERY_MS,
  later = timer,
  ...options
}: TrackingOptions): Tracking => {
  const followers = new Map<string, Follower>();
  const connection = live({
    ...options,
    ...{ address: ticket, later },
    onOpen: () => {
      for (const follower of followers.values()) follower.catchUp();
    },
    onFrame: (frame) => {
      const push = PushFrame.safeParse(frame).data;
      if (push) followers.get('booking' in push ? push.booking : push.order)?.heard(push);
    },
  });
  const follows = (which: Which, made: Follower): (() => void) => {
    const id = which.order ?? which.booking;
    followers.get(id)?.stop();
    followers.set(id, made);
    made.catchUp();
    return () => {
      if (followers.get(id) !== made) return;
      followers.delete(id);
      made.stop();
      // Nobody waits for it: a connection that is cut follows nothing.
      connection.ask('unsubscribe', which).catch(() => undefined);
    };
  };
  const around = { connection, later, lookEveryMs };
  return {
    follow: ({ order, onPosition, onPage, ...asked }) => {
      const places = newest(onPosition);
      const page = (one: LogPage) => {
        places(one.position);
        onPage?.(one);
      };
      const which = { order };
      return follows(
        which,
        followerOf(around, { which, Page: LogPage, ...asked, onPage: page, onPosition: places }),
      );
    },
    followBooking: ({ booking, ...asked }) => {
      const which = { booking };
      return follows(which, followerOf(around, { which, Page: BookingLogPage, ...asked }));
    },
    chat: (message) => connection.ask('chat', message),
    position: (fix) => connection.ask('position', fix),
    heartbeat: () => connection.ask('heartbeat', {}),
    close() {
      for (const follower of followers.values()) follower.stop();
      followers.clear();
      connection.close();
    },
  };
};

/** Which order or booking, as the protocol has it. */
type Which =
  | { readonly order: OrderId; readonly booking?: never }
  | { readonly booking: BookingId; readonly order?: never };

/** Hands on positions, each newer than the one before. */
const newest = (onPosition: FollowOptions['onPosition']) => {
  let known: PositionView | undefined;
  return (position: PositionView | undefined): void => {
    if (position === undefined) return;
    const isSame = known?.rider === position.rider;
    if (isSame && Date.parse(position.at) <= Date.parse(known?.at ?? '')) return;
    known = position;
    onPosition?.(position);
  };
};

/** What of a page following needs, of whatever log. */
interface PageOf<I> {
  readonly items: readonly I[];
  readonly upTo: number;
  readonly more: boolean;
}

interface Asked<I, P> extends FollowingOptions<I, P> {
  readonly which: Which;
  readonly Page: z.ZodType<P>;
  readonly onPosition?: (position: PositionView) => void;
}

interface Around {
  readonly connection: Live;
  readonly later: Later;
  readonly lookEveryMs: number;
}

const followerOf = <I extends { readonly sequence: number }, P extends PageOf<I>>(
  { connection, later, lookEveryMs }: Around,
  { which, Page, from = 0, onItem, onPosition, onPage, onRefused }: Asked<I, P>,
): Follower => {
  let following = followingFrom<I>(from);
  let isAsking = false;
  let isOver = false;
  let stopWaiting: () => void = () => undefined;

  const took = ({ following: next, items }: Step<I>) => {
    following = next;
    for (const item of items) onItem(item);
  };
  const lookAfter = (ms: number) => {
    stopWaiting();
    if (!isOver) stopWaiting = later(ms, catchUp);
  };
  const askPages = async () => {
    for (let more = true; more && !isOver; ) {
      const page = Page.parse(await connection.ask('subscribe', { ...which, from: following.have }));
      if (isOver) return;
      took(paged(following, page));
      onPage?.(page);
      more = page.more;
    }
  };
  /**
   * Asks for what is missing, and to be sent what comes. Who is asking already need not ask again over a new connection: what
   * had no answer is sent again there.
   */
  const catchUp = () => {
    if (isAsking || isOver) return;
    isAsking = true;
    askPages().then(
      () => settled(),
      (error: Error) => settled(error),
    );
  };
  const settled = (error?: Error & { readonly retryable?: boolean }) => {
    isAsking = false;
    if (isOver) return;
    if (error === undefined) return lookAfter(hasGap(following) ? GAP_MS : lookEveryMs);
    if (error.retryable === true) return lookAfter(lookEveryMs);
    isOver = true;
    onRefused?.(error);
  };
  return {
    catchUp,
    heard(frame) {
      if (isOver) return;
      if (frame.type === 'position') return onPosition?.(frame.position);
      const had = hasGap(following);
      // A frame of this order or booking has an item of its log.
      took(pushed(following, frame.item.sequence, frame.item as unknown as I));
      if (hasGap(following) && !had && !isAsking) lookAfter(GAP_MS);
    },
    stop() {
      isOver = true;
      stopWaiting();
    },
  };
};
