/** Test help: railway booking on a store in memory, asked through the use cases of its doors and consumers. */
import { eventOf, type Item, memoryStore, put, type Surroundings } from '../../shared/effects/index.ts';
import type { Caller } from '../../shared/http/index.ts';
import type { CloudEvent } from '../../shared/messaging/events.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { allocateBerths } from './consumers/allocate-berths.ts';
import { hearPayment } from './consumers/hear-payment.ts';
import { prepareChart } from './consumers/prepare-chart.ts';
import { promoteWaiting } from './consumers/promote-waiting.ts';
import { refundBooking } from './consumers/refund-booking.ts';
import { sweep } from './consumers/sweep.ts';
import { takePayment } from './consumers/take-payment.ts';
import { RequestBooking } from './contract.bookings.ts';
import type { BerthCode, JourneyDate, PassengerIn, Quota } from './contract.codes.ts';
import { events } from './contract.events.ts';
import type { BookingId, PoolId } from './contract.views.ts';
import type { Booking } from './domain/booking.ts';
import { opened, type Pool, poolIdOf } from './domain/pool.ts';
import type { Cashier, Paying } from './domain/ports.ts';
import { cancelBooking } from './doors/cancel-booking.ts';
import { requestBooking } from './doors/request-booking.ts';
import { lineOn } from './store/in-line.ts';
import { railIndexes } from './store/ports.ts';
import { poolWritten } from './store/rail.ts';
import { trainOf } from './train.fixture.ts';

export const asha: Caller = { subject: 'customer_asha', roles: ['customer'] };
export const ravi: Caller = { subject: 'customer_ravi', roles: ['customer'] };
export const CALL = {
  correlationId: 'c1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  remainingMs: () => 60_000,
};
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DATE = '2026-12-06' as JourneyDate;
/** 12951 leaves at 17:00, so its chart is made ten hours before. */
export const CHART = '2026-12-06T01:30:00.000Z';

export const rahul: PassengerIn = { name: 'Rahul Sharma', age: 32, gender: 'M' };
export const priya: PassengerIn = { name: 'Priya Sharma', age: 28, gender: 'F' };
export const child: PassengerIn = { name: 'Kabir Sharma', age: 7, gender: 'M', withoutBerth: true };

export const poolId = (quota: Quota = 'GN'): PoolId => poolIdOf(trainOf('12951').number, DATE, '3A', quota);
export const berths = (...numbers: readonly number[]): BerthCode[] =>
  numbers.map((number) => `B1-${number}` as BerthCode);

/** A pool of a few berths. */
export const smallPool = (
  free: readonly number[],
  { shared = [], mayWait = 4, quota = 'GN', ...over }: { shared?: readonly number[] } & Partial<Pool> = {},
): Pool => ({
  ...opened({
    ...{ train: trainOf('12951').number, date: DATE, cls: '3A', quota, mayWait },
    ...{ berths: berths(...free), shared: berths(...shared) },
  }),
  ...over,
});

export const request = (passengers: readonly PassengerIn[] = [rahul], over: object = {}): RequestBooking =>
  RequestBooking.parse({
    ...{ train: '12951', date: DATE, class: '3A', phone: '+919876543210', passengers },
    payment: { method: 'wallet', link: 'link_1' },
    ...over,
  }) as RequestBooking; // no field of it is undefined here

/** The payment saga as bookings see it: what it says, and what it was asked. */
export const memoryTill = () => {
  const payments = new Map<string, Paying>();
  const refunds = new Map<string, { id: string; done: boolean }>();
  const asked: string[] = [];
  let first: (id: string) => Paying = (id) => ({ status: 'in_progress', payment: id });
  let down = false;
  let refundsAtOnce = false;
  const mustBeUp = () => {
    if (down) throw new Error('the payment saga does not answer');
  };
  const cashier: Cashier = {
    async pay({ id }) {
      asked.push(`pay ${id}`);
      mustBeUp();
      const known = payments.get(`payment.${id}`) ?? first(`payment.${id}`);
      payments.set(`payment.${id}`, known);
      return known;
    },
    async look(payment) {
      asked.push(`look ${payment}`);
      mustBeUp();
      return payments.get(payment) as Paying;
    },
    async refund({ id }, number) {
      asked.push(`refund ${number} ${id}`);
      mustBeUp();
      const key = `refund.${number}.${id}`;
      const known = refunds.get(key) ?? { id: key, done: refundsAtOnce };
      refunds.set(key, known);
      return known;
    },
  };
  return {
    ...{ cashier, asked },
    /** What it says of every payment when it begins. */
    begins: (say: typeof first) => {
      first = say;
    },
    say: (id: BookingId, said: Paying) => payments.set(`payment.${id}`, said),
    refundsAtOnce: () => {
      refundsAtOnce = true;
    },
    isDown: (is: boolean) => {
      down = is;
    },
  };
};

/** Railway booking with train 12951, and such pools as a test wants; others open with their first booking. */
export const openRail = async (pools: readonly Pool[] = [], start = '2026-12-01T04:30:00.000Z') => {
  const clock = fixedClock(start);
  let drawn = 0;
  const around: Surroundings = {
    ...{ now: clock.now, ids: sequenceIds(), deadline: () => 5_000, pause: async () => undefined },
    chance: () => {
      drawn += 1;
      return (drawn * 0.137) % 1;
    },
  };
  const store = memoryStore({ indexes: railIndexes });
  const till = memoryTill();
  const ports = { ...lineOn(store, around), cashier: till.cashier, pause: around.pause };
  await ports.trains.publish(trainOf('12951'));
  if (pools.length > 0) await store.transact(pools.map((pool) => poolWritten(undefined, pool)));
  let keys = 0;
  const newKey = () => {
    keys += 1;
    return `key-${keys}`;
  };
  const told = () =>
    store
      .all()
      .filter(({ pk }) => String(pk).startsWith('OUTBOX#'))
      .map((item) => eventOf(item))
      .sort((one, other) => (one.id < other.id ? -1 : 1)) as (CloudEvent & { data: never })[];
  const booking = (id: BookingId): Promise<Booking> => ports.bookings.load(id);
  const ask = async (
    passengers?: readonly PassengerIn[],
    { caller = asha, key = newKey(), ...over } = {} as {
      caller?: Caller;
      key?: string;
      [field: string]: unknown;
    },
  ) =>
    (await requestBooking(ports)({ body: request(passengers, over), caller, idempotencyKey: key }, CALL))
      .body;
  const allocate = async (id: BookingId, attempt = 1): Promise<Booking> => {
    const { train, date, cls, quota } = await booking(id);
    const data = { booking: id, pool: poolIdOf(train, date, cls, quota) };
    await allocateBerths(ports)({ data }, { attempt });
    return booking(id);
  };
  const hear = (id: BookingId, type: string, more: object = {}) =>
    hearPayment(ports)({
      ...{ id: `${type}.${id}`, type: `paytm-saga.${type}` },
      data: { payment: `payment.${id}`, reference: id, startedBy: 'service:irctc-booking', ...more },
    } as never);
  return {
    ...{ ports, store, clock, till, told, booking, ask, allocate, hear, newKey },
    pool: async (quota: Quota = 'GN') => (await ports.pools.find(poolId(quota))) as Pool,
    put: (item: Item) => store.transact([put({ pk: String(item.pk), sk: String(item.sk) }, item)]),
    held: async (passengers?: readonly PassengerIn[], over = {}) =>
      allocate((await ask(passengers, over)).id),
    /** Asked for, allocated and paid. */
    ticket: async (passengers?: readonly PassengerIn[], over = {}) => {
      const { id } = await ask(passengers, over);
      await allocate(id);
      await takePayment(ports)({ data: { booking: id } });
      await hear(id, 'PaymentCompleted');
      return booking(id);
    },
    pay: (id: BookingId) => takePayment(ports)({ data: { booking: id } }),
    refund: (id: BookingId, number = 1) => refundBooking(ports)({ data: { booking: id, refund: number } }),
    cancel: async (
      id: BookingId,
      {
        passengers,
        caller = asha,
        key = newKey(),
      }: { passengers?: number[]; caller?: Caller; key?: string } = {},
    ) => {
      const body = passengers ? { passengers } : {};
      const call = { path: { bookingId: id }, body, caller, idempotencyKey: key };
      return (await cancelBooking(ports)(call)).body;
    },
    chart: () => prepareChart(ports)({ data: { train: trainOf('12951').number, date: DATE } }),
    /** Steps that are due come, one message after the other, each once. */
    promote: async () => {
      const seen = new Set<string>();
      const next = () => told().find(({ id, type }) => type === events.promotionDue.type && !seen.has(id));
      for (let event = next(); event; event = next()) {
        seen.add(event.id);
        await promoteWaiting(ports)(event);
      }
      return seen.size;
    },
    sweep: (remainingMs = () => 60_000) => sweep(ports)({ sweep: 'bookings' }, { remainingMs }),
  };
};
