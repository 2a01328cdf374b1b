/** The list never passes someone who fits. */
import type { Seat } from '../contract.views.ts';
import { type Booking, poolOf } from '../domain/booking.ts';
import type { Entry, Pool } from '../domain/pool.ts';
import type { Accuse, Was, Watched } from './watched.fixture.ts';

interface Numbered extends Entry {
  readonly number: number;
}

/**
 * Whoever leaves a list for something better had the lowest number of those who stay, unless the berth is one that women get
 * first; nobody new gets what somebody waits for; and nobody is dropped while something is left.
 */
export const nobodyIsPassed = (
  watched: Watched,
  { before, after }: Was<Pool>,
  bookings: readonly Was<Booking>[],
  accuse: Accuse,
): void => {
  if (before === undefined) return;
  const passed = (what: string) => accuse('the list never passes someone who fits', `${after.id}: ${what}`);
  const seatOf = ({ booking, passenger }: Entry): Seat | undefined =>
    watched.bookings.get(booking)?.passengers[passenger - 1]?.seat;
  const isForWomen = (seat: Seat) => seat.status === 'CNF' && before.forLadies.includes(seat.berth);

  const compare = (was: readonly Numbered[], is: readonly Numbered[]) => {
    if (was.length === 0) return;
    const stays = new Set(is.map(({ number }) => number));
    for (const left of was) {
      if (stays.has(left.number)) continue;
      const seat = seatOf(left);
      if (seat === undefined) continue;
      const first = was.find(
        (other) =>
          other.number < left.number &&
          stays.has(other.number) &&
          !(isForWomen(seat) && left.gender === 'F' && other.gender !== 'F'),
      );
      if (first) passed(`number ${left.number} got ${JSON.stringify(seat)} before number ${first.number}`);
    }
  };
  const closesNow = before.state === 'open' && after.state !== 'open';
  if (closesNow && after.free.length < Math.min(before.free.length, before.waiting.length))
    passed('the chart takes away what is free for who waits');
  compare(before.sharing, after.sharing);
  compare(before.waiting, after.waiting);

  for (const { before: was, after: is } of bookings) {
    if (was === undefined || poolOf(is) !== after.id) continue;
    for (const [index, { seat, cancelledAt }] of is.passengers.entries()) {
      const had = was.passengers[index]?.seat;
      const isCancelled = cancelledAt !== undefined && was.passengers[index]?.cancelledAt === undefined;
      if (before.state !== 'open' && (isCancelled || (had === undefined && seat !== undefined)))
        accuse('after the chart nothing is sold or cancelled', `${is.id} in ${after.id}`);
      const isNew = had === undefined && was.state === 'INITIATED';
      if (isNew && seat?.status === 'CNF' && before.sharing.length + before.waiting.length > 0)
        passed(`${is.id} came and got ${seat.berth}`);
      if (isNew && seat?.status === 'RAC' && before.waiting.length > 0)
        passed(`${is.id} came and got ${seat.seat}`);
      const isDropped = had?.status === 'WL' && seat === undefined && cancelledAt === undefined && closes(is);
      if (isDropped && after.free.length + after.vacant.length > 0)
        passed(`${is.id} is dropped, and something is left`);
    }
  }
};

const closes = ({ moves, state, reason }: Booking): boolean =>
  reason === 'ChartPreparedError' ||
  (state !== 'FAILED' && state !== 'EXPIRED' && moves.at(-1)?.by === 'chart');
