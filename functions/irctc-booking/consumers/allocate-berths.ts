import { HouseError } from '../../../shared/errors/index.ts';
import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import { type Booking, claimants, failed, held } from '../domain/booking.ts';
import { type Claimed, claim } from '../domain/claim.ts';
import { ChartPreparedError, NoRoomError } from '../domain/errors.ts';
import { berthOf } from '../domain/layout.ts';
import { berthPreference } from '../domain/passengers.ts';
import { openedFor, type Pool } from '../domain/pool.ts';
import type { RailPorts } from '../domain/ports.ts';
import { notice, toldOf } from '../domain/telling.ts';
import type { Train } from '../domain/train.ts';
import { chartedAt } from '../domain/window.ts';
import { railPorts } from '../store/ports.ts';
import { bookingsWritten, poolWritten, runNoted } from '../store/rail.ts';

/** So long places wait for the money. The payment saga gives a payer less. */
const HOLD_MS = 10 * 60_000;

/** After so many tries a request is parked, and the line goes on. */
const TRIES = 3;

type Ports = Pick<RailPorts, 'bookings' | 'pools' | 'trains' | 'effects' | 'insist' | 'now'>;

/**
 * Gives a party its places, or a place on the waiting list, in one transaction: what is first in its line is allocated first.
 * It asks nobody outside, so that the line moves. A second delivery of the same request changes nothing.
 * @throws {TransientError} the store was busy; a retry helps
 */
export const allocateBerths =
  ({ bookings, pools, trains, effects, insist, now }: Ports) =>
  async (
    { data }: Pick<CloudEventOf<typeof events.requested>, 'data'>,
    { attempt }: Pick<MessageContext, 'attempt'>,
  ): Promise<void> =>
    insist(async () => {
      const [booking, known] = await Promise.all([bookings.load(data.booking), pools.find(data.pool)]);
      if (booking.state !== 'INITIATED') return;
      const at = now();
      // All that its train has to say is in a pool that there is: the line does not wait for it again.
      const { pool, chartAt } = known
        ? { pool: known }
        : opening(await trains.load(booking.train), booking, at);
      const claimed = placesFor(booking, pool, at);
      const pair = { before: booking, after: { ...claimed.booking, attempts: booking.attempts + attempt } };
      await effects.commit({
        effect: { owner: booking.id, name: 'allocate', keepDays: 120 },
        changes: [
          ...bookingsWritten(pair),
          ...(claimed.pool ? [poolWritten(known, claimed.pool)] : []),
          ...(chartAt && claimed.pool ? [runNoted(pool, chartAt)] : []),
        ],
        events: [
          ...toldOf(pair.before, pair.after),
          ...(claimed.pool ? [] : [notice(pair.after, 'not_booked')]),
        ],
        answer: pair.after.state,
      });
    });

/** A pool as its first booking finds it, and when its chart is due. */
const opening = (train: Train, booking: Booking, at: Date): { pool: Pool; chartAt?: Date } => ({
  pool: openedFor(train, booking, at),
  chartAt: chartedAt(train, booking.date),
});

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
  ports: railPorts,
  parksAfter: TRIES,
});
