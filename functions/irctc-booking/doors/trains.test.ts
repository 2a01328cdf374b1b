import { beforeEach, describe, expect, it } from 'vitest';
import { ClassCode, JourneyDate, Quota, TrainNumber } from '../contract.ts';
import { ask, DATE, type OpenRail, openRail, RAJDHANI, seedTrain } from '../doors.fixture.ts';
import { getAvailability } from './get-availability.ts';
import { health } from './health.ts';
import { listTrains } from './list-trains.ts';
import { publishTrain } from './publish-train.ts';

let rail: OpenRail;
beforeEach(async () => {
  rail = await openRail();
});
const publish = (body: object, train = RAJDHANI) =>
  publishTrain(rail.ports)({ path: { train }, body: { ...seedTrain(), ...body } as never });
const list = async (query: object = {}) =>
  (await listTrains(rail.ports)({ query: { limit: 20, ...query } })).body;
const left = async (cls: string, { quota = 'GN', date = DATE as string, train = RAJDHANI as string } = {}) =>
  (
    await getAvailability(rail.ports)({
      path: { train: TrainNumber.parse(train) },
      query: { date: JourneyDate.parse(date), class: ClassCode.parse(cls), quota: Quota.parse(quota) },
    })
  ).body;

describe('the timetable', () => {
  it('has the five trains of the original, by their numbers, page by page', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...items.map(({ number }) => number));
      cursor = next;
    } while (cursor);
    expect(seen).toEqual(['12002', '12301', '12621', '12951', '16587']);
  });

  it('takes no cursor that it has not given', async () => {
    await expect(list({ cursor: 'yesterday' })).rejects.toThrow('InvalidInputError');
  });

  it('says of a train what was published, and the same again changes nothing', async () => {
    const { items } = await list();
    const { body } = await publish({});
    const { paidTo: _, ...shown } = seedTrain();
    expect(body).toEqual({ number: RAJDHANI, ...shown });
    expect((await list()).items).toEqual(items);
  });

  it('changes everything but coaches, whose berths may be sold', async () => {
    expect((await publish({ departs: '16:35' })).body.departs).toBe('16:35');
    await expect(publish({ coaches: { '2A': ['A1', 'A2'] } })).rejects.toThrow('CoachesFixedError');
    const other = TrainNumber.parse('12952');
    expect((await publish({ coaches: { '2A': ['A1', 'A2'] } }, other)).body.number).toBe(other);
  });
});

describe('what is left', () => {
  it('goes from berths to RAC to the waiting list to REGRET, as the next passenger would find it', async () => {
    expect(await left('2A')).toMatchObject({ state: 'AVAILABLE', number: 31, text: 'AVAILABLE 31' });
    const seen: string[] = [];
    for (const size of [6, 6, 6, 6, 6, 1, 5, 1, 6, 6]) {
      await rail.book(ask(size));
      seen.push((await left('2A')).text);
    }
    expect(seen).toEqual([
      ...['AVAILABLE 25', 'AVAILABLE 19', 'AVAILABLE 13', 'AVAILABLE 7', 'AVAILABLE 1'],
      ...['RAC 1', 'RAC 6', 'GNWL 1', 'GNWL 7', 'GNWL 13'],
    ]);
    expect(await left('2A')).toMatchObject({ state: 'WAITLIST', number: 13 });
    await rail.book(ask(6));
    await rail.book(ask(2));
    const regret = await left('2A');
    expect(regret).toMatchObject({ state: 'REGRET', text: 'REGRET' });
    expect(regret).not.toHaveProperty('number');
  });

  it('is another number for each quota, and each has its own list', async () => {
    const texts = await Promise.all(['LD', 'SS'].map(async (quota) => (await left('3A', { quota })).text));
    expect(texts).toEqual(['AVAILABLE 6', 'AVAILABLE 4']);
  });

  it('is not told before the sale opens, at 08:00 sixty days before and of Tatkal at 10:00 the day before', async () => {
    expect(await left('3A', { date: '2027-02-01' })).toMatchObject({
      ...{ state: 'NOT_OPEN', text: 'NOT OPEN', opensAt: '2026-12-03T02:30:00.000Z' },
      fare: { total: expect.any(Number) },
    });
    expect(await left('3A', { quota: 'TQ' })).toMatchObject({
      ...{ state: 'NOT_OPEN', opensAt: '2026-12-04T04:30:00.000Z' },
    });
  });

  it('is nothing any more once the chart is made, and of a day that is past', async () => {
    const { closesAt, departure } = await left('3A');
    expect([closesAt, departure]).toEqual(['2026-12-05T01:30:00.000Z', '2026-12-05T11:30:00.000Z']);
    expect(await left('3A', { date: '2018-01-15' })).toMatchObject({ state: 'CLOSED', text: 'CLOSED' });
    rail.clock.advance(Date.parse(closesAt) - rail.clock.now().getTime());
    expect(await left('3A')).toMatchObject({ state: 'CLOSED' });
  });

  it('costs what one adult is then asked for', async () => {
    const { fare } = await left('2A');
    expect((await rail.request(ask())).fare).toEqual(fare);
  });

  it.each([
    ['a day on which it does not run', '16587', 'SL', 'GN', 'TrainNotRunningError'],
    ['a class that it has not', '12951', 'SL', 'GN', 'TrainNotRunningError'],
    ['a quota that the class has not', '12951', '1A', 'LD', 'TrainNotRunningError'],
    ['a train that nobody knows', '99999', 'SL', 'GN', 'NotFoundError'],
  ])('is not told of %s', async (_, train, cls, quota, error) => {
    await expect(left(cls, { train, quota })).rejects.toThrow(error);
  });
});

describe('health', () => {
  it('counts trains and what is due, anew when ten seconds are over', async () => {
    const look = health(rail.ports);
    expect((await look({})).body).toMatchObject({ status: 'healthy', trains: 5, due: 0 });
    await rail.hold();
    rail.clock.advance(9_999);
    expect((await look({})).body).toMatchObject({ due: 0 });
    rail.clock.advance(10 * 60_000);
    expect((await look({})).body).toMatchObject({ due: 1 });
  });

  it('counts to a hundred, and then it is many', async () => {
    const endless = async function* () {
      for (;;) yield { what: 'pool', pool: 'p' } as never;
    };
    const clockwork = { due: () => [endless(), endless()] };
    expect((await health({ ...rail.ports, clockwork })({})).body.due).toBe(100);
  });
});
