/**
 * Follows one order live over the socket of tracking, by the client of its contract. While no socket opens, as behind a proxy that
 * lets none through, the same pages are asked for by long poll; both hand on each item once.
 */
import {
  type Tracking,
  type TrackingOptions,
  trackingClient,
} from '../../functions/swiggy-tracking/contract.client.ts';
import type { LogPage } from '../../functions/swiggy-tracking/contract.views.ts';
import type { OrderId } from '../../functions/zomato-ordering/contract.views.ts';
import type { Told } from '../model/live-order.ts';
import { AskProblem } from './problem.ts';

/** How news come: not yet, by themselves, or because they are asked for. */
export type How = 'connecting' | 'live' | 'asking';

export interface FollowPorts {
  /** Where to connect, with a new ticket in it. */
  readonly ticket: () => Promise<string>;
  readonly open: TrackingOptions['open'];
  /** The log after `from`, waiting for so many seconds where nothing stands there. */
  readonly readLog: (from: number, waitSeconds: number) => Promise<LogPage>;
  /** @default setTimeout */
  readonly later?: NonNullable<TrackingOptions['later']>;
}

export interface Following {
  readonly order: OrderId;
  /** The sequence up to which everything is known. */
  readonly from: number;
  readonly onTold: (told: Told) => void;
  readonly onHow: (how: How) => void;
  /** Following has ended: there is no such order, or the session is over. */
  readonly onRefused: (error: Error) => void;
}

/** So long a socket may take to open before the log is asked for meanwhile. */
const PATIENCE_MS = 4_000;
/** The poll is woken by items alone; so often it comes back with where the rider is. */
const WAIT_SECONDS = 2;
const AGAIN_MS = 3_000;

/** As the client of the contract throws it. */
interface RefusedOverSocket extends Error {
  readonly status: number;
  readonly detail: string;
  readonly retryable: boolean;
  readonly traceId: string | undefined;
}

/** What was refused over the socket is the problem that a door would have answered. */
const problemIn = (error: Error): Error => {
  if (error instanceof AskProblem || !('status' in error && typeof error.status === 'number')) return error;
  const { name, status, detail, retryable, traceId } = error as RefusedOverSocket;
  return new AskProblem(detail, { status, name, retryable, traceId }, { cause: error });
};

const byTheClock = (ms: number, work: () => void): (() => void) => {
  const handle = setTimeout(work, ms);
  return () => clearTimeout(handle);
};

/** Follows until the answer is called. */
export const followOrder = (
  { order, from, onTold, onHow, onRefused }: Following,
  { ticket, open, readLog, later = byTheClock }: FollowPorts,
): (() => void) => {
  let have = from;
  let isOver = false;
  let isOpen = false;
  let polls = 0;
  let stopWaiting: () => void = () => undefined;

  const tell = (told: Told) => {
    if (isOver) return;
    if (told.kind === 'item') {
      if (told.item.sequence <= have) return;
      have = told.item.sequence;
    }
    onTold(told);
  };
  const stop = () => {
    isOver = true;
    stopWaiting();
    tracking.close();
  };
  const refused = (error: Error) => {
    if (isOver) return;
    stop();
    onRefused(problemIn(error));
  };

  const poll = async (round: number): Promise<void> => {
    if (isOver || isOpen || round !== polls) return;
    onHow('asking');
    try {
      const page = await readLog(have, WAIT_SECONDS);
      for (const item of page.items) tell({ kind: 'item', item });
      if (page.position) tell({ kind: 'position', position: page.position });
      tell({ kind: 'page', page });
      // What is asked for at once after an answer was waited for there.
      if (!isOver) stopWaiting = later(0, () => void poll(round));
    } catch (error) {
      if ((error as { retryable?: unknown }).retryable === false) return refused(error as Error);
      if (!isOver) stopWaiting = later(AGAIN_MS, () => void poll(round));
    }
  };
  /** Asks for the log from when a socket has not opened for a while. */
  const beImpatient = () => {
    stopWaiting();
    polls += 1;
    const round = polls;
    stopWaiting = later(PATIENCE_MS, () => void poll(round));
  };

  const tracking: Tracking = trackingClient({
    ticket,
    later,
    open: (url) => {
      const socket = open(url);
      socket.addEventListener('open', () => {
        if (isOver) return;
        isOpen = true;
        stopWaiting();
        onHow('live');
      });
      socket.addEventListener('close', () => {
        if (isOver || !isOpen) return;
        isOpen = false;
        onHow('connecting');
        beImpatient();
      });
      return socket;
    },
  });
  onHow('connecting');
  beImpatient();
  tracking.follow({
    ...{ order, from, onRefused: refused },
    onItem: (item) => tell({ kind: 'item', item }),
    onPosition: (position) => tell({ kind: 'position', position }),
    onPage: (page) => tell({ kind: 'page', page }),
  });
  return stop;
};
