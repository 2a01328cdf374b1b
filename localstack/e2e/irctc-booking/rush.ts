/** Many who book one train at once, through its doors, as fast as they may. */
import type {
  BookingId,
  BookingView,
  JourneyDate,
  TrainNumber,
} from '../../../functions/irctc-booking/contract.ts';
import { PeerUnavailableError } from '../../../shared/errors/index.ts';
import { RemoteProblem } from '../../../shared/http/index.ts';
import { pause } from '../../../shared/time/index.ts';
import { book, bookingIn, type Traveller } from '../../story/irctc-booking.ts';

export interface Booked {
  readonly who: Traveller;
  readonly id: BookingId;
}

const isTooMany = (error: unknown): boolean =>
  (error instanceof RemoteProblem && error.status === 429) ||
  (error instanceof PeerUnavailableError && error.facts.status === 429);

/** Asks until the door lets one more of the traveller's in: only so many of theirs may be under way. */
export const insists = async (...asked: Parameters<typeof book>): Promise<BookingView> => {
  for (;;) {
    try {
      return await book(...asked);
    } catch (error) {
      if (!isTooMany(error)) throw error;
      await pause(300);
    }
  }
};

/** Each traveller books so many times, one after the other, all travellers at once. */
export const rush = async (
  travellers: readonly Traveller[],
  journey: { readonly train: TrainNumber; readonly date: JourneyDate },
  { run, each }: { readonly run: string; readonly each: number },
): Promise<readonly Booked[]> =>
  (
    await Promise.all(
      travellers.map(async (who, nth) => {
        const booked: Booked[] = [];
        for (let n = 0; n < each; n += 1) {
          const people = 1 + ((nth + n) % 3);
          const { id } = await insists(who, journey, { key: `${run}.${nth}.${n}`, people });
          booked.push({ who, id });
        }
        return booked;
      }),
    )
  ).flat();

const ENDS = ['CONFIRMED', 'RAC', 'WAITLISTED', 'CANCELLED', 'FAILED', 'EXPIRED'] as const;

/** All of them, when none is under way any more. */
export const settled = (booked: readonly Booked[]): Promise<readonly BookingView[]> =>
  Promise.all(booked.map(({ who, id }) => bookingIn(who, id, ...ENDS)));

/** The places of living tickets, by what they are: `CNF B1-7`. */
export const placesOf = (bookings: readonly BookingView[]): readonly string[] =>
  bookings.flatMap(({ passengers }) =>
    passengers.flatMap(({ now, coach, berth }) => (coach === undefined ? [] : [`${now} ${coach}-${berth}`])),
  );
