import type { Committed, Effect } from '../../../shared/effects/index.ts';
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import type { PoolId } from '../contract.views.ts';
import { type Advanced, advanced, givenBack } from '../domain/advance.ts';
import type { Booking } from '../domain/booking.ts';
import type { GivenBack, Pool } from '../domain/pool.ts';
import type { RailPorts } from '../domain/ports.ts';
import { toldOf } from '../domain/telling.ts';
import { bookingsWritten, poolWritten } from './rail.ts';

export type GiveBackPorts = Pick<RailPorts, 'bookings' | 'pools' | 'effects'>;

interface GivingBack<A> {
  readonly effect: Effect;
  /** What was read of it, where the caller has; else it is read. */
  readonly pool: Pool | PoolId;
  readonly places: readonly GivenBack[];
  readonly before: Booking;
  readonly after: Booking;
  /** What is told beside what follows from the booking itself. */
  readonly told?: readonly OutgoingEvent[];
  readonly at: string;
  readonly answer: A;
}

/**
 * One transaction: a booking gives places back, and the first who waits for them gets them. Further ones follow by the event
 * that it tells.
 * @throws {VersionConflictError} others were faster; read again and decide anew
 */
export const giveBack = async <A>(
  { bookings, pools, effects }: GiveBackPorts,
  { effect, pool: known, places, before, after, told = [], at, answer }: GivingBack<A>,
): Promise<A> => {
  const pool = typeof known === 'string' ? await pools.find(known) : known;
  if (pool === undefined || places.length === 0) {
    const events = [...toldOf(before, after, pool), ...told];
    return (await effects.commit({ effect, changes: bookingsWritten({ before, after }), events, answer }))
      .answer;
  }
  const own = { before, after, told };
  const next = await givenBack(pool, places, own, { load: bookings.load, at });
  return (await commitAdvanced(effects, { effect, answer }, pool, next)).answer;
};

/** One step of a pool. @throws {VersionConflictError} others were faster */
export const advance = async (
  { bookings, effects }: GiveBackPorts,
  { effect, pool, at }: { effect: Effect; pool: Pool; at: string },
): Promise<void> => {
  const next = await advanced(pool, { load: bookings.load, at });
  await commitAdvanced(effects, { effect, answer: next.pool.version }, pool, next);
};

const commitAdvanced = <A>(
  effects: RailPorts['effects'],
  once: { readonly effect: Effect; readonly answer: A },
  before: Pool,
  { pool, bookings, events }: Advanced,
): Promise<Committed<A>> =>
  effects.commit({
    ...once,
    changes: [...bookingsWritten(...bookings), poolWritten(before, pool)],
    events,
  });
