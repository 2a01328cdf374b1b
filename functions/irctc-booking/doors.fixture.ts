/** Test help: railway booking on a store in memory, asked through the use cases of its doors and consumers. */
import type * as z from 'zod';
import { eventOf, memoryStore, type Surroundings } from '../../shared/effects/index.ts';
import type { Caller } from '../../shared/http/index.ts';
import type { CloudEvent } from '../../shared/messaging/events.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { allocateBerths } from './consumers/allocate-berths.ts';
import {
  type BookingId,
  type BookingView,
  JourneyDate,
  PublishTrain,
  RequestBooking,
  TrainNumber,
} from './contract.ts';
import { bookingView } from './domain/view.ts';
import { getBooking } from './doors/get-booking.ts';
import { publishTrain } from './doors/publish-train.ts';
import { requestBooking } from './doors/request-booking.ts';
import { seedTrains } from './seed.ts';
import { lineOn } from './store/in-line.ts';
import { notices } from './store/notices.ts';
import { railIndexes } from './store/ports.ts';
import { settle } from './store/settlement.ts';

export const RAJDHANI = TrainNumber.parse('12951');
export const DATE = JourneyDate.parse('2026-12-05');
export const PHONE = '+919876543210';

const MERCHANT = 'merchant_00000000-0000-7000-8000-000000000090';

export const customer = (subject = 'user_1'): Caller => ({ subject, roles: ['customer'] });
export const operator: Caller = { subject: 'operator', roles: ['operator'] };
export const CALL = {
  correlationId: 'c1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  remainingMs: () => 60_000,
};

const RAHUL = { name: 'Rahul Sharma', age: 32, gender: 'M' } as const;

/** So many adults on the Mumbai Rajdhani, in 2A: the whole class has one coach, A1. */
export const ask = (passengers = 1, over: object = {}): RequestBooking =>
  RequestBooking.parse({
    ...{
      train: RAJDHANI,
      date: DATE,
      class: '2A',
      phone: PHONE,
      payment: { method: 'upi_qr', link: 'link_1' },
    },
    passengers: Array.from({ length: passengers }, () => RAHUL),
    ...over,
  }) as RequestBooking;

export const seedTrain = (of: string = RAJDHANI): z.infer<typeof PublishTrain> => {
  const found = seedTrains.find(({ number }) => number === of);
  const { number: _, demoClass: __, ...train } = found ?? { number: '', demoClass: '' };
  return PublishTrain.parse({ ...train, paidTo: MERCHANT });
};

/** The trains of the seed on a morning a week before the journey, when nobody has booked yet. */
export const openRail = async () => {
  const clock = fixedClock('2026-11-29T04:00:00.000Z');
  const around: Surroundings = {
    ...{ now: clock.now, ids: sequenceIds(), chance: Math.random },
    ...{ deadline: () => 5_000, pause: async () => undefined },
  };
  const store = memoryStore({ indexes: railIndexes });
  const sink = memoryStore({ indexes: {} });
  const ports = { ...lineOn(store, around), notices: notices(sink) };
  for (const { number } of seedTrains)
    await publishTrain(ports)({
      path: { train: TrainNumber.parse(number) },
      body: seedTrain(number) as never,
    });
  let count = 0;
  const request = async (body = ask(), caller?: Caller): Promise<BookingView> => {
    count += 1;
    const by = caller ?? customer(`user_of_${count}`);
    return (await requestBooking(ports)({ body, caller: by, idempotencyKey: `key-${count}` }, CALL))
      .body as never;
  };
  const see = async (id: BookingId): Promise<BookingView> => bookingView(await ports.bookings.load(id));
  /** Requested and allocated, not paid. */
  const hold = async (body = ask(), caller?: Caller): Promise<BookingView> => {
    const { id, train, date, class: cls, quota } = await request(body, caller);
    const data = { booking: id, pool: `${train}.${date}.${cls}.${quota}` as never };
    await allocateBerths(ports)({ data }, { attempt: 1 });
    return see(id);
  };
  const pay = (id: BookingId) => settle(ports)(id, { status: 'completed', payment: `p_${id}` }, 'test:paid');
  return {
    ...{ ports, clock, store, sink, request, hold, pay, see },
    /** A ticket. */
    book: async (body = ask(), caller?: Caller): Promise<BookingView> => {
      const { id } = await hold(body, caller);
      await pay(id);
      return see(id);
    },
    get: async (bookingId: BookingId, caller = customer()) =>
      (await getBooking(ports)({ path: { bookingId }, caller })).body,
    told: (type: string) =>
      store
        .all()
        .filter(({ pk }) => String(pk).startsWith('OUTBOX#'))
        .map((item) => eventOf(item) as CloudEvent)
        .filter((event) => event.type === `irctc-booking.${type}`),
  };
};
export type OpenRail = Awaited<ReturnType<typeof openRail>>;
