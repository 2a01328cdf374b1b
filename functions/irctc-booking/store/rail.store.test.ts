import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { put } from '../../../shared/effects/index.ts';
import { HouseError, TransientError } from '../../../shared/errors/index.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { allocateBerths } from '../consumers/allocate-berths.ts';
import { hearPayment } from '../consumers/hear-payment.ts';
import { promoteWaiting } from '../consumers/promote-waiting.ts';
import { takePayment } from '../consumers/take-payment.ts';
import type { BookingId, Seat } from '../contract.views.ts';
import type { Booking } from '../domain/booking.ts';
import type { Pool } from '../domain/pool.ts';
import { cancelBooking } from '../doors/cancel-booking.ts';
import { requestBooking } from '../doors/request-booking.ts';
import { CALL, memoryTill, poolId, rahul, request, smallPool } from '../rail.fixture.ts';
import { trainOf } from '../train.fixture.ts';
import { lineOn } from './in-line.ts';
import { trainKey } from './keys.ts';
import { railIndexes } from './ports.ts';
import { poolWritten } from './rail.ts';

const NOW = new Date('2026-12-01T04:30:00.000Z');
const FIFTY = Array.from({ length: 50 }, (_, n) => n);

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('irctc-rail', railIndexes);
});
afterAll(() => table?.drop());

const till = memoryTill();
const worker = () => {
  const store = dynamoStore({ ...table, indexes: railIndexes });
  const around = {
    ...{ now: () => NOW, ids: uuidV7, chance: Math.random, deadline: () => 30_000 },
    pause: (ms: number) => pause(ms),
  };
  return { ...lineOn(store, around), cashier: till.cashier, pause: around.pause, store };
};

/** As its queue does, or its caller: whom others were faster than comes again. */
const untilDone = async <T>(act: (ports: ReturnType<typeof worker>) => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await act(worker());
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
    }
  }
};

const outcomesOf = async (acts: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(acts)).map((outcome) =>
    outcome.status === 'fulfilled' ? 'done' : HouseError.from(outcome.reason).name,
  );

const ask = (who: string, key = `ask-${who}`) =>
  untilDone(async (ports) => {
    const caller = { subject: `customer_${who}`, roles: ['customer'] as const };
    return (await requestBooking(ports)({ body: request([rahul]), caller, idempotencyKey: key }, CALL)).body;
  });
const cancel = ({ id, customer }: Booking, key: string) =>
  untilDone((ports) =>
    cancelBooking(ports)({
      ...{ path: { bookingId: id }, body: {}, idempotencyKey: key },
      caller: { subject: customer, roles: ['customer'] },
    }),
  );
const allocate = (booking: BookingId) =>
  untilDone((ports) => allocateBerths(ports)({ data: { booking, pool: poolId() } }, { attempt: 1 }));
const pay = (booking: BookingId) => untilDone((ports) => takePayment(ports)({ data: { booking } }));
const hearPaid = (booking: BookingId, id: string) =>
  untilDone((ports) =>
    hearPayment(ports)({
      ...{ id, type: 'paytm-saga.PaymentCompleted' },
      data: { payment: `payment.${booking}`, reference: booking, startedBy: 'service:irctc-booking' },
    } as never),
  );
const step = (id: string) =>
  untilDone((ports) => promoteWaiting(ports)({ id, data: { pool: poolId() } } as never));

const CNF = (count: number) => Array.from({ length: count }, () => 'CNF');
const distinct = (all: readonly unknown[]) => new Set(all.map((one) => JSON.stringify(one))).size;

describe('fifty who come at once for four berths, two halves, and three places to wait', () => {
  let bookings: readonly Booking[];
  const again = async () => {
    bookings = await Promise.all(bookings.map(({ id }) => worker().bookings.load(id)));
    return bookings;
  };
  const seats = () =>
    bookings
      .filter(({ state }) => state !== 'CANCELLED')
      .flatMap(({ passengers }) => passengers.map(({ seat }) => seat as Seat));

  it('get each of them once, and all others are told that there is no room', async () => {
    const train = trainOf('12951');
    await worker().store.transact([
      put(trainKey(train.number), { ...train } as never),
      poolWritten(undefined, smallPool([1, 2, 4, 5], { shared: [7], mayWait: 3 })),
    ]);
    const asked = await Promise.all(FIFTY.map((n) => ask(`${n}`)));
    await Promise.all(asked.map(({ id }) => allocate(id)));
    const all = await Promise.all(asked.map(({ id }) => worker().bookings.load(id)));
    expect(all.filter(({ reason }) => reason === 'NoRoomError')).toHaveLength(41);
    bookings = all.filter(({ state }) => state === 'PAYMENT_PENDING');
    const statuses = seats().map(({ status }) => status);
    expect(statuses.sort()).toEqual([...CNF(4), 'RAC', 'RAC', 'WL', 'WL', 'WL']);
    expect(distinct(seats())).toBe(9);
  });

  it('have one ticket each, though all of them hear five times at once that it is paid', async () => {
    await Promise.all(bookings.map(({ id }) => pay(id)));
    await Promise.all(bookings.flatMap(({ id }) => [...'12345'].map((nth) => hearPaid(id, `${nth}-${id}`))));
    const tickets = await again();
    expect(distinct(tickets.map(({ pnr }) => pnr))).toBe(9);
    expect(tickets.map(({ moves }) => moves.filter(({ by }) => by === 'payment').length)).toEqual(
      tickets.map(() => 1),
    );
  });

  it('give each berth back once, though they do so ten times at once, and whoever waits moves up', async () => {
    const confirmed = bookings.filter(({ state }) => state === 'CONFIRMED');
    const TEN = FIFTY.slice(0, 10);
    const [outcomes] = await Promise.all([
      outcomesOf(confirmed.flatMap((ticket) => TEN.map((n) => cancel(ticket, `back-${n}`)))),
      ...TEN.map((n) => step(`step-${n}`)),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(4);
    for (const n of TEN) await step(`last-${n}`);
    const gone = (await again()).filter(({ state }) => state === 'CANCELLED');
    expect(gone.map(({ refunds }) => refunds.length)).toEqual([1, 1, 1, 1]);

    // Five are left for four berths, and one that two share: nobody waits.
    const has = Map.groupBy(seats(), ({ status }) => status);
    expect(has.get('WL')).toBeUndefined();
    expect(distinct(seats())).toBe(5);
    const { free, vacant, sharing, waiting } = (await worker().pools.find(poolId())) as Pool;
    expect(waiting).toEqual([]);
    expect(2 * (free.length + (has.get('CNF') ?? []).length) + vacant.length + sharing.length).toBe(10);
  });
});

it('of fifty requests of one customer at once two are under way', async () => {
  const outcomes = await outcomesOf(FIFTY.map((n) => ask('many', `many-${n}`)));
  const counts = Map.groupBy(outcomes, (outcome) => outcome);
  expect(counts.get('done')).toHaveLength(2);
  expect(counts.get('TooManyInFlightError')).toHaveLength(48);
});

it('is one booking, though the same request comes fifty times at once', async () => {
  const asked = await Promise.all(FIFTY.map(() => ask('same', 'same')));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
});
