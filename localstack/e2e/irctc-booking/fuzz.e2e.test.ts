/**
 * Drives the deployed API from what it says of itself: whatever is sent, right, wrong or nonsense, each answer is one that
 * the description has, and what is refused changes nothing; and everything that it has can be had.
 */
import { beforeAll, expect, it } from 'vitest';
import { type BookingId, type JourneyDate, TrainNumber } from '../../../functions/irctc-booking/contract.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { book, bookingIn, traveller } from '../../story/irctc-booking.ts';
import { dayFromNow, publishSpecial, specialNumber } from '../../story/trains.ts';
import { openCity } from '../city.ts';
import { type Api, type Described, describedApi } from '../described-api.ts';
import { fuzzing } from '../fuzz.ts';
import { type Row, tableOf } from '../table.ts';
import { day, dayOff, requestsOf, special, wish } from './requests.ts';

const { cast, city, stage, run } = openCity();
const url = city.systems['irctc-booking']?.url ?? '';
const table = tableOf(city, 'irctc-booking', 'BookingsName');

/** Four numbers that no other run has, one behind the other. */
const [train, nowhere, fresh, sold] = [0, 1, 2, 3].map((n) =>
  TrainNumber.parse(`0${String((Number(specialNumber(`${run.slice(2)}cd`)) + n) % 10_000).padStart(4, '0')}`),
) as [TrainNumber, TrainNumber, TrainNumber, TrainNumber];

const tokens: { [who: string]: string } = {};
const customers: string[] = [];
let turn = 0;
const { rightButMissing } = requestsOf(
  { nowhere, fresh },
  tokens,
  // A door lets each of them book ten times a minute.
  () => customers[turn++ % customers.length] ?? '',
);

let api: Api;
const fuzz = fuzzing(() => api, {
  right: rightButMissing,
  stranger: () => tokens.stranger ?? '',
  query: { limit: '0', class: 'x', phone: 'x', date: 'yesterday' },
});

/** Doors that count nobody: they are operators’, or everybody’s description. */
const GATEWAYS = new Set(['openapi', 'publish-train', 'get-chart', 'request-chart']);
/** Doors that everybody with a token may ask. */
const OPEN_TO_ALL = new Set(['list-trains', 'get-availability']);

beforeAll(async () => {
  api = await describedApi(url);
  const tokenOf = (subject: string, role: 'customer' | 'merchant') =>
    stage.subject(subject, role)('irctc-booking');
  customers.push(
    ...(await Promise.all(Array.from({ length: 12 }, (_, n) => tokenOf(`fuzz-${run}-${n}`, 'customer')))),
  );
  tokens.stranger = await tokenOf(`fuzz-${run}`, 'merchant');
  tokens.operator = await stage.operator('irctc-booking');
  // Somebody who can be paid, so that a booking waits for it.
  const paidTo = await cast.merchant('fuzz');
  const said = { token: tokens.operator, path: { train }, body: special({ paidTo }) };
  expect((await api.call('publish-train', said)).status).toBe(200);
}, 60_000);

/** Everything that is kept of trains and bookings, when nothing is under way. */
const kept = async (): Promise<readonly Row[]> => {
  let before = '';
  return waitFor(
    async () => {
      const rows = (await table.all()).toSorted((a, b) => `${a.pk} ${a.sk}`.localeCompare(`${b.pk} ${b.sk}`));
      const isSame = JSON.stringify(rows) === before;
      before = JSON.stringify(rows);
      return isSame && rows;
    },
    { what: 'nothing to be under way', timeoutMs: 60_000, everyMs: 1_000 },
  );
};

it('knows a request for every operation', () => fuzz.expectAllKnown());

it('answers every kind of wrong request as it says, and what it refuses changes nothing', async () => {
  await fuzz.refuses();
  const before = await kept();
  await fuzz.refuses({ first: false });
  expect(await kept()).toEqual(before);
}, 180_000);

it('survives nonsense in every body, and takes none but into a train of its own', async () => {
  const taken = await fuzz.survivesNonsense(90);
  // Another train is a train; nobody books or cancels by nonsense on one that there is not.
  expect(taken.filter((what) => !what.startsWith('publish-train '))).toEqual([]);
}, 120_000);

it('answers right requests as it says, and conflicts', async () => {
  const operator = { token: tokens.operator ?? '' };
  // Whom the payment saga knows, so that what she asks for waits until she has paid.
  const asha = await traveller(stage, run, await cast.person('asha'));
  const token = await stage.subject(asha.payer.id, 'customer')('irctc-booking');
  const payment = { method: 'upi_qr', link: asha.link };
  const hers = (over: object = {}) => wish(train, { payment, ...over });
  const key = () => ({ 'idempotency-key': uuidV7() });
  const asks = async (body: object, headers = key(), who = token) =>
    (await api.call('request-booking', { token: who, headers, body })).status;

  const once = key();
  expect(await asks(hers(), once)).toBe(202);
  expect(await asks(hers(), once)).toBe(202);
  expect(await asks(hers({ quota: 'LD' }), once)).toBe(422);
  expect(await asks(hers())).toBe(202);
  // A third one of hers would be under way; on another day it does not run.
  expect(await asks(hers())).toBe(429);
  expect(await asks(hers({ date: dayOff }), key(), customers[1])).toBe(409);
  const list = await api.call('list-bookings', { token, query: { limit: '1' } });
  const [{ id } = { id: '' }] = (list.body?.items ?? []) as { id: string }[];
  const own = { token, path: { bookingId: id } };
  expect((await api.call('get-booking', own)).status).toBe(200);
  expect((await api.call('get-booking', { ...own, token: customers[1] ?? '' })).status).toBe(404);
  expect((await api.call('list-notices', own)).status).toBe(200);
  // Also what is not paid yet.
  expect((await api.call('cancel-booking', { ...own, headers: key(), body: {} })).status).toBe(201);

  const available = (date: string) =>
    api.call('get-availability', { token, path: { train }, query: { date, class: '3A' } });
  expect([(await available(day)).status, (await available(dayOff)).status]).toEqual([200, 409]);
  const charts = (date: string) => ({ ...operator, path: { train, date } });
  for (const [date, status] of [
    [day, 200],
    [dayOff, 409],
  ] as const)
    expect((await api.call('get-chart', { ...charts(date), query: { class: '3A' } })).status).toBe(status);
  const [early, chart] = [charts(dayFromNow(100)), key()];
  expect((await api.call('request-chart', { ...early, headers: key() })).status).toBe(409);
  expect((await api.call('request-chart', { ...charts(day), headers: chart })).status).toBe(202);
  const another = charts(dayFromNow(6));
  expect((await api.call('request-chart', { ...another, headers: chart })).status).toBe(422);
  const grown = special({ coaches: { '3A': ['B1', 'B2'] } });
  expect((await api.call('publish-train', { ...operator, path: { train }, body: grown })).status).toBe(409);
  api.expectNothingWrong();
}, 60_000);

it('sells a ticket and takes it back, as it says', async () => {
  await publishSpecial(stage, { number: sold });
  const rahul = await traveller(stage, run, await cast.person('fuzz', { wallet: 9_000 }));
  const journey = { train: sold, date: day as JourneyDate };
  const { id } = await book(rahul, journey, { key: `${run}.sold`, people: 2 });
  const { pnr = '' } = await bookingIn(rahul, id as BookingId, 'CONFIRMED');
  const token = await stage.subject(rahul.payer.id, 'customer')('irctc-booking');
  const ticket = { token, path: { bookingId: id } };
  expect((await api.call('get-pnr', { token, path: { pnr } })).status).toBe(200);
  const cancels = (headers: { 'idempotency-key': string }, body: object) =>
    api.call('cancel-booking', { ...ticket, headers, body });
  const key = { 'idempotency-key': uuidV7() };
  expect((await cancels(key, { passengers: [1] })).status).toBe(201);
  expect((await cancels(key, { passengers: [2] })).status).toBe(422);
  expect((await cancels({ 'idempotency-key': uuidV7() }, {})).status).toBe(201);
  expect((await cancels({ 'idempotency-key': uuidV7() }, {})).status).toBe(409);
  api.expectNothingWrong();
}, 180_000);

it('bounds everybody at every door, each by itself', () => fuzz.boundsEverybody(GATEWAYS), 180_000);

it('has answered everything that it says it can', () => {
  const never = ({ operationId }: Described, status: string): boolean =>
    // What goes wrong is not to be had by asking.
    status === '500' ||
    status === '503' ||
    (status === '403' && OPEN_TO_ALL.has(operationId)) ||
    (status === '429' && GATEWAYS.has(operationId));
  expect(api.unreached(never)).toEqual([]);
});

it('says of a path that there is not that there is none, in both languages', () => fuzz.tellsOfNoPath(url));
