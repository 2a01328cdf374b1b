import type { Effect } from '../../../shared/effects/index.ts';
import { HouseError } from '../../../shared/errors/index.ts';
import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf, OutgoingEvent } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import type { Pair } from '../domain/advance.ts';
import { type Booking, claimants, failed, held, poolOf } from '../domain/booking.ts';
import { type Claimed, claim } from '../domain/claim.ts';
import { ChartPreparedError, NoRoomError } from '../domain/errors.ts';
import { berthOf } from '../domain/layout.ts';
import { berthPreference } from '../domain/passengers.ts';
import { openedFor, type Pool } from '../domain/pool.ts';
import type { InLine, LinePorts } from '../domain/ports.ts';
import { notice, toldOf } from '../domain/telling.ts';
import type { Train } from '../domain/train.ts';
import { chartedAt } from '../domain/window.ts';
import { linePorts } from '../store/in-line.ts';
import { bookingsWritten, poolWritten, runNoted } from '../store/rail.ts';

/** So long places wait for the money. The payment saga gives a payer less. */
const HOLD_MS = 10 * 60_000;

/** After so many tries a request is parked, and the line goes on. */
const TRIES = 3;

/** So long it is known that a request was allocated. */
const KEEP_DAYS = 120;

type Ports = Pick<
  LinePorts,
  'bookings' | 'pools' | 'trains' | 'readRequested' | 'effects' | 'insist' | 'now' | 'ids'
>;
type Requested = Pick<CloudEventOf<typeof events.requested>, 'data'>;

/**
 * Gives a party its places, or a place on the waiting list, in one transaction: what is first in its line is allocated first.
 * It asks nobody outside, so that the line moves. A second delivery of the same request changes nothing.
 * @throws {TransientError} the store was busy; a retry helps
 */
export const allocateBerths =
  ({ insist, bookings, pools, ...ports }: Ports) =>
  async ({ data }: Requested, { attempt }: Pick<MessageContext, 'attempt'>): Promise<void> =>
    insist(async () => {
      const [booking, pool] = await Promise.all([bookings.load(data.booking), pools.find(data.pool)]);
      const effect = { owner: booking.id, name: 'allocate', keepDays: KEEP_DAYS };
      await allocate(ports, { bookings: [booking], pools: pool ? [pool] : [] }, { effect, attempt });
    });

/**
 * Gives parties their places as {@link allocateBerths} would, one after the other, but reads and commits once for all of
 * them: a line is as fast as its transactions, and a pool is written once. They may stand in one line or in several.
 * @throws {NotFoundError} of one there is no booking, and then nobody has anything
 * @throws {TransientError} the store was busy; a retry helps
 */
export const allocateTogether =
  ({ insist, readRequested, ids, ...ports }: Ports) =>
  async (requests: readonly Requested[]): Promise<void> =>
    insist(async () => {
      const inLine = await readRequested(requests.map(({ data }) => data));
      // Each booking says itself whether it was allocated: the record is for a commit that loses its answer.
      const effect = { owner: 'allocate-berths', name: `together:${ids()}`, keepDays: 1 };
      await allocate(ports, inLine, { effect, attempt: 1 });
    });

/** A booking with what it got, and its pool as that left it: undefined where there was no room. */
type Placed = Pair & { readonly pool: Pool | undefined };

const allocate = async (
  { trains, effects, now }: Pick<Ports, 'trains' | 'effects' | 'now'>,
  { bookings, pools }: InLine,
  { effect, attempt }: { readonly effect: Effect; readonly attempt: number },
): Promise<void> => {
  const waiting = bookings.filter(({ state }) => state === 'INITIATED');
  if (waiting.length === 0) return;
  const at = now();
  const before = new Map(pools.map((pool) => [pool.id, pool]));
  const after = new Map(before);
  const unopened = waiting.filter((booking) => !before.has(poolOf(booking)));
  // All that its train has to say is in a pool that there is: the line does not wait for it again.
  const trainOf = await trainsOf(trains, unopened);
  const pairs = waiting.map((booking): Placed => {
    const pool = after.get(poolOf(booking)) ?? openedFor(trainOf(booking), booking, at);
    const claimed = placesFor(booking, pool, at);
    if (claimed.pool) after.set(pool.id, claimed.pool);
    const placed = { ...claimed.booking, attempts: booking.attempts + attempt };
    return { before: booking, after: placed, pool: claimed.pool };
  });
  const runs = new Map(
    unopened
      .filter((booking) => after.has(poolOf(booking)))
      .map((booking) => [`${booking.train}.${booking.date}`, booking]),
  );
  const changed = [...after.values()].filter((pool) => pool !== before.get(pool.id));
  await effects.commit({
    effect,
    changes: [
      ...bookingsWritten(...pairs),
      ...changed.map((pool) => poolWritten(before.get(pool.id), pool)),
      ...[...runs.values()].map((run) => runNoted(run, chartedAt(trainOf(run), run.date))),
    ],
    events: pairs.flatMap(told),
    answer: pairs.map((pair) => pair.after.state),
  });
};

const trainsOf = async (
  trains: Ports['trains'],
  bookings: readonly Booking[],
): Promise<(booking: Booking) => Train> => {
  const numbers = [...new Set(bookings.map(({ train }) => train))];
  const found = new Map(
    await Promise.all(numbers.map(async (number) => [number, await trains.load(number)] as const)),
  );
  return ({ train }) => found.get(train) as Train; // of each of the bookings
};

const told = ({ before, after, pool }: Placed): OutgoingEvent[] => [
  ...toldOf(before, after, pool),
  ...(after.state === 'FAILED' ? [notice(after, 'not_booked')] : []),
];

/** The booking with its places and the pool without them, or the booking that came to nothing. */
const placesFor = (booking: Booking, pool: Pool, at: Date): { booking: Booking; pool?: Claimed['pool'] } => {
  const party = claimants(booking).map((one) => {
    const wish = berthPreference(one, booking.cls);
    return { booking: booking.id, passenger: one.number, gender: one.gender, ...(wish ? { wish } : {}) };
  });
  try {
    const { pool: left, seats } = claim(pool, party, (code) => berthOf(booking.cls, code));
    const holdUntil = new Date(at.getTime() + HOLD_MS).toISOString();
    return { booking: held(booking, { seats, holdUntil, at: at.toISOString() }), pool: left };
  } catch (error) {
    if (!(error instanceof NoRoomError || error instanceof ChartPreparedError)) throw error;
    const by = { by: 'allocation', at: at.toISOString() } as const;
    return { booking: failed(booking, HouseError.from(error).name, by) };
  }
};

export const handler = queueConsumer({
  accepts: events.requested.schema,
  handle: allocateBerths,
  together: allocateTogether,
  ports: linePorts,
  parksAfter: TRIES,
});
