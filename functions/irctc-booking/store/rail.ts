import { dueOf, walksOfDue } from '../../../shared/effects/due.ts';
import {
  absent,
  anyOf,
  below,
  type Change,
  type EffectStore,
  type Effects,
  equals,
  type Item,
  missing,
  put,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { Ids } from '../../../shared/ids/index.ts';
import { ClassCode, JourneyDate, type PnrNumber, TrainNumber } from '../contract.codes.ts';
import { BookingId, PoolId } from '../contract.views.ts';
import { type Booking, isInFlight } from '../domain/booking.ts';
import { CoachesFixedError, PnrTakenError, TooManyInFlightError } from '../domain/errors.ts';
import type { Pool } from '../domain/pool.ts';
import type { Bookings, Clockwork, Due, Pools, Trains } from '../domain/ports.ts';
import type { Train } from '../domain/train.ts';
import {
  bookingIndexes,
  bookingKey,
  classPk,
  customerPk,
  INDEXES,
  inFlightKey,
  pnrKey,
  poolIndexes,
  poolKey,
  runKey,
  TRAINS,
  trainKey,
} from './keys.ts';

const ATTRIBUTES = new Set<string>(['pk', 'sk', ...Object.values(INDEXES).flatMap(({ pk, sk }) => [pk, sk])]);

/** What was written, without the keys by which it is found. Ours alone: written by the changes below only. */
export const withoutKeys = <T>(item: Item): T => {
  const kept: Record<string, Item[string]> = {};
  for (const name of Object.keys(item)) if (!ATTRIBUTES.has(name)) kept[name] = item[name];
  return kept as T;
};

/** Only while it is what was read: read again, and decide anew. */
const stillAt = (version: number | undefined) =>
  when(
    version === undefined ? absent() : equals('version', version),
    (found) => new VersionConflictError({ expected: version ?? 0, found: Number(found?.version ?? 0) }),
  );

/** A booking as it was read, and as it is to be. */
export interface Rewritten {
  /** Missing for a new one. */
  readonly before?: Booking;
  readonly after: Booking;
}

/** The most requests of one customer that may be under way: the bound of fairness. */
export const MOST_IN_FLIGHT = 2;

/**
 * Writes bookings, each only while it is what was read, and counts who comes to be, or ceases to be, under way.
 * @throws nothing; the commit may throw {@link VersionConflictError} and {@link TooManyInFlightError}
 */
export const bookingsWritten = (...pairs: readonly Rewritten[]): Change[] =>
  pairs.flatMap(({ before, after }) => [
    put(
      bookingKey(after.id),
      { ...after, ...bookingIndexes(after) } as unknown as Item,
      stillAt(before?.version),
    ),
    ...counted(
      after.customer,
      Number(isInFlight(after)) - Number(before !== undefined && isInFlight(before)),
    ),
  ]);

const counted = (customer: string, by: number): Change[] => {
  if (by === 0) return [];
  const mayCome = when(
    anyOf(missing('count'), below('count', MOST_IN_FLIGHT)),
    () => new TooManyInFlightError({ most: MOST_IN_FLIGHT }),
  );
  return [update(inFlightKey(customer), { add: { count: by } }, ...(by > 0 ? [mayCome] : []))];
};

export const poolWritten = (before: Pool | undefined, after: Pool): Change =>
  put(
    poolKey(after.id),
    { ...after, version: (before?.version ?? 0) + 1, ...poolIndexes(after) } as unknown as Item,
    stillAt(before?.version),
  );

/** From now on time knows when the chart of that train and day is due. */
export const runNoted = ({ train, date }: Pick<Pool, 'train' | 'date'>, chartAt: Date): Change =>
  update(runKey(train, date), {
    set: { train, date, ...dueOf(`${train}.${date}`, chartAt.toISOString()) },
  });

/** The chart is made: time has nothing more to do here. */
export const runCharted = ({ train, date }: Pick<Pool, 'train' | 'date'>, at: string): Change =>
  update(runKey(train, date), { set: { train, date, chartedAt: at }, remove: ['dueShard', 'dueAt'] });

export const pnrGiven = (pnr: PnrNumber, booking: BookingId): Change =>
  put(
    pnrKey(pnr),
    { booking },
    when(absent(), () => new PnrTakenError({})),
  );

const NOBODYS = BookingId.parse('booking_nobody');

export const bookings = (store: EffectStore): Bookings => {
  const find = async (id: BookingId): Promise<Booking | undefined> => {
    const item = await store.get(bookingKey(id));
    return item && withoutKeys<Booking>(item);
  };
  const page = async (
    index: 'byCustomer' | 'byClass',
    pk: string,
    { cursor, limit }: Page,
    newestFirst = false,
  ): Promise<PageOf<Booking>> => {
    const from = cursor === undefined ? {} : { from: cursor };
    const { items, next } = await store.query({ index, pk, limit, newestFirst, ...from });
    return { items: items.map(withoutKeys<Booking>), ...(next === undefined ? {} : { next }) };
  };
  return {
    find,
    async load(id) {
      const found = await find(id);
      if (!found) throw new NotFoundError({ what: 'booking', id });
      return found;
    },
    async ofPnr(pnr) {
      const item = await store.get(pnrKey(pnr));
      // One is looked for even where there is none, so that a number which is nobody's takes as long.
      return find(item ? BookingId.parse(item.booking) : NOBODYS);
    },
    ofCustomer: (customer, one) => page('byCustomer', customerPk(customer), one, true),
    ofClass: (train, date, cls, one) => page('byClass', classPk(train, date, cls), one),
  };
};

export const pools = (store: EffectStore): Pools => ({
  async find(id) {
    const item = await store.get(poolKey(id));
    return item && withoutKeys<Pool>(item);
  },
});

const trainIn = ({ coachNames: _, ...item }: Item): Train => withoutKeys<Train>(item);

export const trains = (store: EffectStore, { commit }: Effects, ids: Ids): Trains => ({
  async load(number: TrainNumber) {
    const item = await store.get(trainKey(number));
    if (!item) throw new NotFoundError({ what: 'train', id: number });
    return trainIn(item);
  },
  async list({ cursor, limit }) {
    const from = cursor === undefined ? {} : { from: cursor };
    const { items, next } = await store.query({ index: 'trains', pk: TRAINS, limit, ...from });
    return { items: items.map(trainIn), ...(next === undefined ? {} : { next }) };
  },
  async publish(train) {
    const { number, coaches } = train;
    // A pool is made of a train's coaches with its first booking, and another one later: of the same coaches.
    const coachNames = ClassCode.options.map((cls) => (coaches[cls] ?? []).join(' ')).join('/');
    const isSame = when(
      anyOf(absent(), equals('coachNames', coachNames)),
      () => new CoachesFixedError({ train: number }),
    );
    const index = { trainsPk: TRAINS, trainsSk: number };
    await commit({
      effect: { owner: `train:${number}`, name: `publish:${ids()}`, keepDays: 1 },
      changes: [put(trainKey(number), { ...train, coachNames, ...index } as unknown as Item, isSame)],
      answer: number,
    });
  },
});

export const clockwork = (store: EffectStore): Clockwork => ({
  due: (at) => walksOfDue(store, at, dueIn),
});

const dueIn = ({ sk, id, train, date }: Item): Due => {
  if (sk === 'BOOKING') return { what: 'booking', booking: BookingId.parse(id) };
  if (sk === 'POOL') return { what: 'pool', pool: PoolId.parse(id) };
  return { what: 'run', train: TrainNumber.parse(train), date: JourneyDate.parse(date) };
};
