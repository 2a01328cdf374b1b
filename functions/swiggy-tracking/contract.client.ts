/**
 * Follows orders live, for browsers and Node: connects by tickets, is there again after a cut, asks for what it has missed, and
 * hands on each item of a log once and in order. Story, tests and console use it.
 *
 * @example
 * const tracking = trackingClient({
 *   ticket: async () => (await doors.issueTicket({ body: { role: 'customer' } })).body.url,
 *   open: (url) => new WebSocket(url),
 * });
 * const stop = tracking.follow({ order, onItem: ({ text }) => console.log(text) });
 * await tracking.chat({ order, text: 'Second floor, please', clientMessageId: 'c-1' });
 */
import type * as z from 'zod';
import { followingFrom, hasGap, paged, pushed, type Step } from '../../shared/socket/follow.ts';
import { type Later, type Live, type LiveOptions, live, timer } from '../../shared/socket/live.ts';
import type { OrderId } from '../zomato-ordering/contract.views.ts';
import type { socket } from './contract.socket.ts';
import { type LogItem, LogPage, type PositionView, PushFrame } from './contract.views.ts';

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

export interface FollowOptions {
  readonly order: OrderId;
  /** The sequence that the application has already. @default 0: all of the log */
  readonly from?: number;
  /** Each item once, in order. */
  readonly onItem: (item: LogItem) => void;
  /** The newest position; none is older than one before it. */
  readonly onPosition?: (position: PositionView) => void;
  /** How the order stands, whenever a page has come. */
  readonly onPage?: (page: LogPage) => void;
  /** Following has ended: the order is not, or no longer, the caller's. */
  readonly onRefused?: (error: Error) => void;
}

export interface Tracking {
  /** Follows an order until the answer is called. */
  follow(options: FollowOptions): () => void;
  chat(message: Payload<'chat'>): Promise<Answer<'chat'>>;
  position(fix: Payload<'position'>): Promise<Answer<'position'>>;
  heartbeat(): Promise<Answer<'heartbeat'>>;
  close(): void;
}

/** A push that overtook another one is waited for, for so long. */
const GAP_MS = 300;
export const LOOK_EVERY_MS = 30_000;

/** What follows one order. */
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
  const followers = new Map<OrderId, Follower>();
  const connection = live({
    ...options,
    ...{ address: ticket, later },
    onOpen: () => {
      for (const follower of followers.values()) follower.catchUp();
    },
    onFrame: (frame) => {
      const push = PushFrame.safeParse(frame).data;
      if (push) followers.get(push.order)?.heard(push);
    },
  });
  return {
    follow(asked) {
      followers.get(asked.order)?.stop();
      const follower = followerOf(connection, asked, { later, lookEveryMs });
      followers.set(asked.order, follower);
      follower.catchUp();
      return () => {
        if (followers.get(asked.order) !== follower) return;
        followers.delete(asked.order);
        follower.stop();
        // Nobody waits for it: a connection that is cut follows nothing.
        connection.ask('unsubscribe', { order: asked.order }).catch(() => undefined);
      };
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

const followerOf = (
  connection: Live,
  { order, from = 0, onItem, onPosition, onPage, onRefused }: FollowOptions,
  { later, lookEveryMs }: { readonly later: Later; readonly lookEveryMs: number },
): Follower => {
  let following = followingFrom<LogItem>(from);
  let newest: PositionView | undefined;
  let isAsking = false;
  let isOver = false;
  let stopWaiting: () => void = () => undefined;

  const took = ({ following: next, items }: Step<LogItem>) => {
    following = next;
    for (const item of items) onItem(item);
  };
  const moved = (position: PositionView | undefined) => {
    if (position === undefined) return;
    const isSame = newest?.rider === position.rider;
    if (isSame && Date.parse(position.at) <= Date.parse(newest?.at ?? '')) return;
    newest = position;
    onPosition?.(position);
  };
  const lookAfter = (ms: number) => {
    stopWaiting();
    if (!isOver) stopWaiting = later(ms, catchUp);
  };
  const askPages = async () => {
    for (let more = true; more && !isOver; ) {
      const page = LogPage.parse(await connection.ask('subscribe', { order, from: following.have }));
      if (isOver) return;
      took(paged(following, page));
      moved(page.position);
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
      if (frame.type === 'position') return moved(frame.position);
      const had = hasGap(following);
      took(pushed(following, frame.item.sequence, frame.item));
      if (hasGap(following) && !had && !isAsking) lookAfter(GAP_MS);
    },
    stop() {
      isOver = true;
      stopWaiting();
    },
  };
};
