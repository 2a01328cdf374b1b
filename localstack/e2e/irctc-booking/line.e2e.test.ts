import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookingView, JourneyDate, TrainNumber } from '../../../functions/irctc-booking/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { type Traveller, traveller } from '../../story/irctc-booking.ts';
import { dayFromNow, publishSpecial, railAs, specialNumber } from '../../story/trains.ts';
import { armouryOf } from '../armed.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { placesOf, rush, settled } from './rush.ts';

const { cast, city, differences, run, stage } = openCity();
const armoury = armouryOf(stage);
const queues = queuesOf(city);
const operator = railAs(stage, stage.operator);

/** `DABBA_BOOKINGS=2000` makes it as many messages as the issue of queues is judged by. */
const BOOKINGS = Number(process.env.DABBA_BOOKINGS ?? 12);
const TRAVELLERS = Math.min(6, BOOKINGS);
const EACH = Math.ceil(BOOKINGS / TRAVELLERS);
const PURSE = 9_000;

const LINE = 'irctc-booking-allocate-berths';
const date = dayFromNow(9) as JourneyDate;
let train: TrainNumber;
let travellers: readonly Traveller[];

beforeAll(async () => {
  train = await publishSpecial(stage, { number: specialNumber(`${run.slice(2)}ab`) });
  const payers = await Promise.all(
    Array.from({ length: TRAVELLERS }, (_, n) => cast.person(`rush_${n}`, { wallet: PURSE })),
  );
  travellers = await Promise.all(payers.map((payer) => traveller(stage, run, payer)));
});
afterAll(async () => {
  await armoury.disarm();
  expect(await differences()).toEqual([]);
});

/** Runs work while what failed comes again soon. */
const impatient = <T>(work: () => Promise<T>): Promise<T> =>
  queues.whileImpatient(`${LINE}.fifo`, 2, () =>
    queues.whileImpatient('irctc-booking-take-payment', 2, () =>
      queues.whileImpatient('irctc-booking-hear-payment', 2, work),
    ),
  );

const spent = async ({ payer }: Traveller): Promise<number> => {
  const { body } = await payer.doors.getWallet({ path: { userId: payer.id } });
  return rupees(PURSE) - body.balance;
};
const chargedFor = (bookings: readonly BookingView[]): number =>
  bookings
    .filter(({ payment }) => payment.state === 'paid')
    .reduce(
      (sum, { fare, refunds }) => sum + fare.total - refunds.reduce((back, one) => back + one.amount, 0),
      0,
    );

describe('a line of requests that meets faults', () => {
  it('gives no berth twice, charges nobody without a place, and loses no message', {
    timeout: 600_000,
  }, async () => {
    const fault = { function: LINE, times: 2 } as const;
    await armoury.arm(
      { ...fault, kind: 'error', error: 'TransientError' },
      { ...fault, kind: 'duplicate', point: 'before' },
      { ...fault, kind: 'error', error: 'TransientError', point: 'after' },
      { ...fault, function: 'irctc-booking-hear-payment', kind: 'duplicate', point: 'before' },
      {
        ...fault,
        function: 'irctc-booking-take-payment',
        kind: 'error',
        error: 'TransientError',
        point: 'after',
      },
    );
    const booked = await impatient(async () => {
      const all = await rush(travellers, { train, date }, { run, each: EACH });
      await settled(all);
      // What was done and failed afterwards comes once more, and finds it done.
      await queues.drained(`${LINE}.fifo`);
      return all;
    });
    await armoury.disarm();
    const bookings = await settled(booked);

    // Produced is consumed and parked: none of these was parked, so each was allocated or refused once.
    expect(bookings.filter(({ attempts }) => attempts < 1)).toEqual([]);
    expect(
      bookings.filter(({ state }) => !['CONFIRMED', 'RAC', 'WAITLISTED', 'FAILED'].includes(state)),
    ).toEqual([]);
    const places = placesOf(bookings);
    const whole = places.filter((place) => place.startsWith('CNF'));
    expect(new Set(whole).size).toBe(whole.length);
    // A berth is shared by two, and whole berths are none of those.
    const shared = Map.groupBy(
      places.filter((place) => !place.startsWith('CNF')),
      (place) => place.split(' ').at(-1),
    );
    expect([...shared.values()].filter((both) => both.length > 2)).toEqual([]);
    const charged = await Promise.all(travellers.map(spent));
    expect(charged.reduce((sum, one) => sum + one, 0)).toBe(chargedFor(bookings));

    const { body: chart } = await operator.getChart({ path: { train, date }, query: { class: '3A' } });
    const general = chart.lists.find(({ quota }) => quota === 'GN');
    // At rest no berth is free while somebody waits.
    expect(general).toMatchObject(
      (general?.waiting.length ?? 0) > 0 || (general?.rac ?? 0) > 0 ? { free: 0 } : { state: 'open' },
    );
  });

  it('goes on behind a request that cannot be worked on: it is parked with its reason, and comes back by hand', async () => {
    const poison = `poison-${run}`;
    await queues.send(
      `${LINE}.fifo`,
      { id: poison },
      { group: `${train}.${date}.3A`, deduplication: poison },
    );
    const [who] = travellers as [Traveller];
    const [after] = await rush([who], { train, date }, { run: `${run}.behind`, each: 1 });
    if (!after) throw new Error('one was booked');
    const [view] = await settled([after]);
    expect(['CONFIRMED', 'RAC', 'WAITLISTED']).toContain(view?.state);
    const letter = await queues.parked('irctc-booking-parking', poison);
    expect(letter).toMatchObject({
      error: 'InvalidInputError',
      consumer: LINE,
      group: `${train}.${date}.3A`,
    });
  });
});
