/** Many who book trains at once, through the doors, as fast as they may, and some who change their minds. */
import type {
  BookingId,
  BookingView,
  ClassCode,
  JourneyDate,
} from '../../../functions/irctc-booking/contract.ts';
import { PeerUnavailableError } from '../../../shared/errors/index.ts';
import { RemoteProblem } from '../../../shared/http/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { together } from '../../../shared/testing/together.ts';
import { pause } from '../../../shared/time/index.ts';
import { book, type Journey, type Traveller } from '../../story/irctc-booking.ts';
import type { Stage } from '../../story/stage.ts';
import { dayFromNow, publishSpecial, specialNumber } from '../../story/trains.ts';

export interface Booked {
  readonly who: Traveller;
  readonly id: BookingId;
}

/** What somebody wants: places for so many, some of which they may give back. */
export interface Errand {
  readonly who: Traveller;
  readonly journey: Required<Journey>;
  readonly key: string;
  readonly people: number;
  readonly changesMind: 'no' | 'for one' | 'for all';
}

/** How long something may take beside everything else, and how often it is looked at. */
export interface Patience {
  readonly timeoutMs: number;
  readonly everyMs: number;
}

const COACHES = { '3A': ['B1'], SL: ['S1'] } as const;
const CLASSES = Object.keys(COACHES) as readonly ClassCode[];
const DAYS = [9, 10] as const;
const A_TRAIN = CLASSES.length * DAYS.length;

/** So many lines: a train, a day and a class each, none of which another run has. */
export const openLines = async (stage: Stage, seed: string, lines: number): Promise<Required<Journey>[]> => {
  const trains: Required<Journey>[][] = [];
  const first = Number(specialNumber(seed));
  for (let nth = 0; nth * A_TRAIN < lines; nth += 1) {
    const number = `0${String((first + nth) % 10_000).padStart(4, '0')}`;
    const train = await persisting(() =>
      publishSpecial(stage, { number, coaches: { '3A': [...COACHES['3A']], SL: [...COACHES.SL] } }),
    );
    const dates = DAYS.map((days) => dayFromNow(days) as JourneyDate);
    trains.push(dates.flatMap((date) => CLASSES.map((cls) => ({ train, date, class: cls }))));
  }
  return trains.flat().slice(0, lines);
};

/** When a caller may ask again, with the same key: it asked too often, or nobody answered in time. */
const againAfterMs = (error: unknown): number | undefined => {
  if (error instanceof RemoteProblem && error.status === 429) return 300 + error.retryAfterSeconds * 1_000;
  return error instanceof PeerUnavailableError ? 1_000 : undefined;
};

/** Asks until the door lets it through: so many of a caller's in a minute, and so many bookings under way. */
export const persisting = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const ms = againAfterMs(error);
      if (ms === undefined) throw error;
      await pause(ms);
    }
  }
};

/** Works on all of them, so many at a time, and gives what came of each, in their order. */
export const abreast = <T, R>(
  all: readonly T[],
  most: number,
  work: (one: T, nth: number) => Promise<R>,
): Promise<readonly R[]> => together(all.length, most, (nth) => work(all[nth] as T, nth));

/** As many as the doors let one customer have under way. */
const AT_ONCE = 2;

/**
 * Somebody's errands, two at a time, each to its end. What they think better of goes back when they have all, whole or but for
 * one: by then others wait for it.
 */
export const run = async (errands: readonly Errand[], patience: Patience): Promise<readonly Booked[]> => {
  const all = await abreast(errands, AT_ONCE, async (errand) => {
    const { who, journey, key, people } = errand;
    const { id } = await persisting(() => book(who, journey, { key, people }));
    return { errand, booked: { who, id }, view: await ended({ who, id }, patience) };
  });
  for (const { errand, booked, view } of all) {
    const { who, key, people, changesMind } = errand;
    if (changesMind === 'no' || !hasTicket(view)) continue;
    const body = changesMind === 'for one' ? { passengers: [people] } : {};
    const path = { bookingId: booked.id };
    await persisting(() => who.doors.cancelBooking({ path, idempotencyKey: `${key}.cancel`, body }));
  }
  return all.map(({ booked }) => booked);
};

export const viewOf = async ({ who, id: bookingId }: Booked): Promise<BookingView> =>
  (await persisting(() => who.doors.getBooking({ path: { bookingId } }))).body;

const TICKETS: readonly BookingView['state'][] = ['CONFIRMED', 'RAC', 'WAITLISTED'];
const ENDS: readonly BookingView['state'][] = [...TICKETS, 'CANCELLED', 'FAILED', 'EXPIRED'];
const hasTicket = ({ state }: BookingView): boolean => TICKETS.includes(state);

/** A booking, when it is not under way any more. */
export const ended = (booked: Booked, patience: Patience): Promise<BookingView> =>
  waitFor(
    async (seen) => {
      const view = await viewOf(booked);
      seen(view.state);
      return ENDS.includes(view.state) && view;
    },
    { what: `booking ${booked.id} to come to something`, ...patience, firstPauseMs: patience.everyMs },
  );

/** The line that a booking stood in. */
export const lineOf = ({ train, date, class: cls }: Pick<BookingView, 'train' | 'date' | 'class'>): string =>
  `${train}.${date}.${cls}`;

/** The places of living tickets: in which line, what each is, and where. */
export const placesOf = (
  bookings: readonly BookingView[],
): readonly { readonly berth: string; readonly isWhole: boolean }[] =>
  bookings.flatMap((booking) =>
    booking.passengers.flatMap(({ now, coach, berth }) =>
      coach === undefined
        ? []
        : [{ berth: `${lineOf(booking)} ${coach}-${berth}`, isWhole: now.startsWith('CNF') }],
    ),
  );
