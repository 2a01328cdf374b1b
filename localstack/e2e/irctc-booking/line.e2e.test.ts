import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookingView } from '../../../functions/irctc-booking/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { dice } from '../../../shared/testing/dice.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { type Journey, type Traveller, traveller } from '../../story/irctc-booking.ts';
import { railAs } from '../../story/trains.ts';
import { armouryOf } from '../armed.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { type Counted, countsOf, WORK_QUEUES } from './counts.ts';
import {
  abreast,
  type Booked,
  type Errand,
  ended,
  openLines,
  persisting,
  placesOf,
  run,
  viewOf,
} from './rush.ts';
import { byKind, deskOf, throughFaults } from './trouble.ts';

const { cast, city, differences, run: test, stage } = openCity();
const armoury = armouryOf(stage);
const queues = queuesOf(city);
const operator = railAs(stage, stage.operator);

/** `DABBA_BOOKINGS=2000` makes it as many messages as the issue of queues is judged by. */
const BOOKINGS = Number(process.env.DABBA_BOOKINGS ?? 12);
/** The same seed wants the same trains, gives back the same tickets, and arms the same faults in the same order. */
const SEED = Number(process.env.DABBA_SEED ?? Date.now() % 1_000_000);
const IS_LONG = BOOKINGS > 100;

/** A door lets a customer book ten times a minute. */
const EACH = IS_LONG ? 10 : 2;
const TRAVELLERS = Math.ceil(BOOKINGS / EACH);
const AT_A_TIME = 8;
/** Some hundred people want the 71 places of a line and its list. */
const LINES = Math.ceil(BOOKINGS / 50);
const PURSE = 9_000;

/** Everything has the time of a short run, and a second more for each booking. */
const MOST_MS = 300_000 + BOOKINGS * 1_500;
const PATIENCE = { timeoutMs: IS_LONG ? 900_000 : 100_000, everyMs: IS_LONG ? 5_000 : 700 };
/** A failed message comes again soon, but not while a consumer that is slow beside everything else still has it. */
const AGAIN_SECONDS = IS_LONG ? 15 : 3;
const A_FAULT_EVERY_MS = IS_LONG ? 15_000 : 2_000;

const LINE = 'irctc-booking-allocate-berths';
const chance = dice(SEED);
let lines: readonly Required<Journey>[];
let travellers: readonly Traveller[];

beforeAll(async () => {
  process.stdout.write(`${BOOKINGS} bookings, DABBA_SEED=${SEED}\n`);
  lines = await openLines(stage, `${test.slice(2)}ab`, LINES);
  travellers = await abreast(Array.from({ length: TRAVELLERS }), AT_A_TIME, async (_, n) => {
    const payer = await persisting(() => cast.person(`rush_${n}`, { wallet: PURSE }));
    return persisting(() => traveller(stage, test, payer));
  });
}, MOST_MS);
afterAll(async () => {
  await armoury.disarm();
  expect(await differences()).toEqual([]);
}, 600_000);

/** Whoever wants what: drawn before anything begins, so that a seed has it again. */
const errandsOf = (): readonly (readonly Errand[])[] =>
  travellers.map((who, nth) =>
    Array.from({ length: Math.min(EACH, BOOKINGS - nth * EACH) }, (_, n) => ({
      ...{ who, key: `${test}.${nth}.${n}`, people: chance.between(1, 3) },
      changesMind: chance.oneOf(['no', 'no', 'no', 'for one', 'for all'] as const),
      journey: chance.oneOf(lines),
    })),
  );

/** Runs work while what failed comes again soon. */
const impatient = <T>(work: () => Promise<T>): Promise<T> =>
  [...WORK_QUEUES, 'irctc-booking-sweep'].reduceRight<() => Promise<T>>(
    (inner, queue) => () => queues.whileImpatient(queue, AGAIN_SECONDS, inner),
    work,
  )();

const spent = async ({ payer }: Traveller): Promise<number> => {
  const { body } = await persisting(() => payer.doors.getWallet({ path: { userId: payer.id } }));
  return rupees(PURSE) - body.balance;
};
const chargedFor = (bookings: readonly BookingView[]): number =>
  bookings
    .filter(({ payment }) => payment.state === 'paid')
    .reduce(
      (sum, { fare, refunds }) => sum + fare.total - refunds.reduce((back, one) => back + one.amount, 0),
      0,
    );

/** All queues are empty, nothing is due, and each refund has arrived. */
const atRest = (booked: readonly Booked[]): Promise<readonly BookingView[]> =>
  waitFor(
    async (seen) => {
      for (const queue of WORK_QUEUES) await queues.drained(queue, PATIENCE.timeoutMs);
      const bookings = await abreast(booked, AT_A_TIME, viewOf);
      const owed = bookings.filter(({ refunds }) => refunds.some(({ state }) => state !== 'done'));
      seen(`${owed.length} are owed money`);
      return owed.length === 0 && bookings;
    },
    { what: 'everything to come to rest', timeoutMs: PATIENCE.timeoutMs, everyMs: 3_000 },
  );

/** At rest no berth is free while somebody waits. */
const isFairlyGiven = async ({ train, date, class: cls }: Required<Journey>): Promise<boolean> => {
  const asked = { path: { train, date }, query: { class: cls, limit: 1 } };
  const { body } = await persisting(() => operator.getChart(asked));
  const list = body.lists.find(({ quota }) => quota === 'GN');
  return list !== undefined && ((list.waiting.length === 0 && list.rac === 0) || list.free === 0);
};

describe('a line of requests that meets faults', () => {
  it('gives no berth twice, charges nobody without a place, and loses no message', {
    timeout: MOST_MS + 600_000,
  }, async () => {
    const since = new Date();
    const desk = deskOf(city, since);
    const errands = errandsOf();
    const { answer: troubled, sentBack } = await impatient(() =>
      desk.attended(IS_LONG ? 10_000 : 2_000, async () => {
        const through = await throughFaults(armoury, { seed: SEED, everyMs: A_FAULT_EVERY_MS }, async () =>
          (await abreast(errands, AT_A_TIME, (own) => run(own, PATIENCE))).flat(),
        );
        await abreast(through.answer, AT_A_TIME, (one) => ended(one, PATIENCE));
        await atRest(through.answer);
        return through;
      }),
    );
    const { answer: booked, happened } = troubled;
    const bookings = await atRest(booked);
    expect(bookings).toHaveLength(BOOKINGS);

    // Produced is consumed and parked, message by message; and nobody took what nobody told.
    const counts = await countsOf(city, since)();
    const took = { seconds: Math.round((Date.now() - since.getTime()) / 1_000), sentBack: sentBack.length };
    const states = Object.groupBy(bookings, ({ state }) => state);
    const ends = Object.fromEntries(Object.entries(states).map(([state, all]) => [state, all.length]));
    const summary = { bookings: BOOKINGS, seed: SEED, ...took, ends, faults: byKind(happened) };
    process.stdout.write(`${JSON.stringify({ ...summary, counts })}\n`);
    expect(counts.map(shown)).toEqual(
      counts.map(({ told, consumed, ...count }) => ({
        ...shown({ ...count, told, consumed }),
        ...{ told: consumed + count.parked, lost: [], untold: [] },
      })),
    );
    expect(counts.find(({ consumer }) => consumer === LINE)).toMatchObject({ told: BOOKINGS, parked: 0 });
    expect(bookings.filter(({ attempts }) => attempts < 1)).toEqual([]);

    const places = Map.groupBy(placesOf(bookings), ({ berth }) => berth);
    // A berth is one passenger's, or shared by two.
    expect(
      [...places].filter(([, all]) => all.length > (all.some(({ isWhole }) => isWhole) ? 1 : 2)),
    ).toEqual([]);
    const charged = await abreast(travellers, AT_A_TIME, spent);
    expect(charged.reduce((sum, one) => sum + one, 0)).toBe(chargedFor(bookings));
    const fairly = await abreast(lines, 4, isFairlyGiven);
    expect(lines.filter((_, nth) => !fairly[nth])).toEqual([]);
  });

  it('goes on behind a request that cannot be worked on: it is parked with its reason, and comes back by hand', async () => {
    const poison = `poison-${test}`;
    const [journey] = lines as [Required<Journey>];
    const group = `${journey.train}.${journey.date}.${journey.class}`;
    await queues.send(`${LINE}.fifo`, { id: poison }, { group, deduplication: poison });
    const [who] = travellers as [Traveller];
    const behind: Errand = { who, journey, people: 1, changesMind: 'no', key: `${test}.behind` };
    const [after] = await run([behind], PATIENCE);
    if (!after) throw new Error('one was booked');
    // Whether there is a place left or not: it has been worked on.
    expect((await viewOf(after)).attempts).toBe(1);
    expect(await queues.parked('irctc-booking-parking', poison)).toMatchObject({
      ...{ error: 'InvalidInputError', consumer: LINE, group },
    });
  });
});

const shown = ({ receives: _, again: __, ...count }: Counted) => count;
