/**
 * A pool one step on, with all bookings that the step changes: what is committed in one transaction. Whoever gives places back
 * makes the first promotion with it, so that a free place never stands without somebody on the way to it.
 */
import { VersionConflictError } from '../../../shared/effects/index.ts';
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import type { BookingId } from '../contract.views.ts';
import { type Booking, dropped, isTicket, promoted } from './booking.ts';
import type { GivenBack, Pool } from './pool.ts';
import { released } from './pool.ts';
import { dividedOf } from './refund-due.ts';
import { isDue, nextStep, type Step } from './steps.ts';
import { notice, toldDue, toldOf } from './telling.ts';

export interface Pair {
  readonly before: Booking;
  readonly after: Booking;
}

export interface Advanced {
  readonly pool: Pool;
  readonly bookings: readonly Pair[];
  readonly events: readonly OutgoingEvent[];
}

export interface AdvancePorts {
  readonly load: (id: BookingId) => Promise<Booking>;
  readonly at: string;
}

/** Gives places back and goes the first step. @param own the booking that gives them, as it is to be */
export const givenBack = (
  pool: Pool,
  places: readonly GivenBack[],
  own: Pair & { readonly told?: readonly OutgoingEvent[] },
  ports: AdvancePorts,
): Promise<Advanced> => advanced(released(pool, places), ports, own);

/** One step, if there is one. @throws {VersionConflictError} a booking is newer than the pool: read again and decide anew */
export const advanced = async (
  pool: Pool,
  { load, at }: AdvancePorts,
  own?: Pair & { readonly told?: readonly OutgoingEvent[] },
): Promise<Advanced> => {
  const step = nextStep(pool) ?? { pool, promotions: [] };
  const touched = new Map<BookingId, Pair>(own ? [[own.before.id, own]] : []);
  const others = new Set([
    ...step.promotions.map(({ booking }) => booking),
    ...(step.dropped ? [step.dropped] : []),
  ]);
  for (const id of others) {
    const known = touched.get(id);
    const before = known?.before ?? (await load(id));
    if (!isAsListed(known?.after ?? before, pool))
      throw new VersionConflictError({ expected: pool.version, found: null });
    touched.set(id, { before, after: afterStep(known?.after ?? before, step, at) });
  }
  const next = dueAgain(step.pool, pool.dueSince, at);
  const pairs = [...touched.values()];
  const [first] = pairs;
  return {
    pool: next,
    bookings: pairs,
    events: [
      ...pairs.flatMap(({ before, after }) => toldOf(before, after, next)),
      ...(own?.told ?? []),
      ...pairs.flatMap(({ before, after }) => noticeOf(before, after, step)),
      ...(first ? toldDue(next, first.after) : []),
    ],
  };
};

/** Whoever is faster may have changed a booking after the pool was read: then the pool has changed with it, and is to be read again. */
const isAsListed = ({ id, passengers }: Booking, { sharing, waiting }: Pool): boolean =>
  [...sharing, ...waiting].every(({ booking, passenger, number }) => {
    if (booking !== id) return true;
    const seat = passengers[passenger - 1]?.seat;
    return seat !== undefined && seat.status !== 'CNF' && seat.number === number;
  });

const afterStep = (booking: Booking, { promotions, dropped: gone }: Step, at: string): Booking => {
  const own = promotions.filter(({ booking: id }) => id === booking.id);
  const by = { by: 'promotion', at } as const;
  const better = own.length > 0 ? promoted(booking, own, by) : booking;
  if (gone !== booking.id) return better;
  const waiting = better.passengers.filter(({ cancelledAt }) => cancelledAt === undefined);
  const numbers = waiting.map(({ number }) => number);
  const { refund } = dividedOf(better, numbers, { now: new Date(at), reason: 'charted' });
  return dropped(better, { refund, at });
};

/** People hear of what changes for them; who has only another half of the same kind is told by the chart. */
const noticeOf = (before: Booking, after: Booking, { promotions, dropped: gone }: Step): OutgoingEvent[] => {
  if (gone === after.id && before.state !== after.state) return [notice(after, 'charted')];
  const isBetter = promotions.some(
    ({ booking, passenger, to }) =>
      booking === after.id &&
      to.status !== before.passengers.find(({ number }) => number === passenger)?.seat?.status,
  );
  return isBetter && isTicket(after) ? [notice(after, 'promoted')] : [];
};

/** Its age counts from when the first of its steps was due. */
const dueAgain = ({ dueSince: _, ...pool }: Pool, since: string | undefined, at: string): Pool =>
  isDue(pool) ? { ...pool, dueSince: since ?? at } : pool;
