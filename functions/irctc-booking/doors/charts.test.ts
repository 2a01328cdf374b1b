import { beforeEach, describe, expect, it } from 'vitest';
import { prepareChart } from '../consumers/prepare-chart.ts';
import { type ChartView, ClassCode, JourneyDate, TrainNumber } from '../contract.ts';
import { ask, CALL, DATE, type OpenRail, openRail, operator, RAJDHANI } from '../doors.fixture.ts';
import { getAvailability } from './get-availability.ts';
import { getChart } from './get-chart.ts';
import { requestChart } from './request-chart.ts';

let rail: OpenRail;
beforeEach(async () => {
  rail = await openRail();
});
const chart = async (cls = '2A', query: object = {}, path: object = {}): Promise<ChartView> =>
  (
    await getChart(rail.ports)({
      path: { train: RAJDHANI, date: DATE, ...path },
      query: { class: ClassCode.parse(cls), limit: 200, ...query },
    })
  ).body as ChartView;
const berthsOf = ({ coaches }: ChartView) => coaches.flatMap(({ berths }) => berths);
const statesOf = (view: ChartView) => {
  const counted = Map.groupBy(berthsOf(view), ({ state }) => state);
  return Object.fromEntries([...counted].map(([state, berths]) => [state, berths.length]));
};

describe('a chart', () => {
  it('has every berth of the class before anybody has booked, each with its quota', async () => {
    const view = await chart();
    expect(view).toMatchObject({
      train: RAJDHANI,
      date: DATE,
      class: '2A',
      chartAt: '2026-12-05T01:30:00.000Z',
    });
    expect(statesOf(view)).toEqual({ free: 46 });
    expect(view.lists.map(({ quota, free }) => [quota, free])).toEqual([
      ...[
        ['GN', 31],
        ['TQ', 9],
        ['LD', 0],
        ['SS', 3],
      ],
    ]);
    expect(berthsOf(view).filter(({ halves }) => halves?.length === 2)).toHaveLength(3);
  });

  it('tells what is held and what is taken, by which PNR, and as much of names as tells people apart', async () => {
    const { pnr } = await rail.book(ask(2));
    const { id } = await rail.hold(ask(1));
    const view = await chart();
    expect(statesOf(view)).toEqual({ free: 43, taken: 2, held: 1 });
    const [first] = berthsOf(view).filter(({ state }) => state === 'taken');
    expect(first?.by).toMatchObject({ pnr, passenger: 1, name: 'R*** S***', age: 32, gender: 'M' });
    const [held] = berthsOf(view).filter(({ state }) => state === 'held');
    expect(held?.by).toMatchObject({ booking: id });
    expect(held?.by).not.toHaveProperty('pnr');
    expect(JSON.stringify(view)).not.toMatch(/Rahul|\+91/);
  });

  it('shows the halves of what two share, and the first who wait', async () => {
    for (const size of [6, 6, 6, 6, 6, 1]) await rail.book(ask(size));
    await rail.book(ask(1));
    const view = await chart();
    const shared = berthsOf(view).filter(({ halves }) => halves !== undefined);
    expect(shared.map(({ state }) => state)).toEqual(['taken', 'free', 'free']);
    expect(shared[0]?.halves).toMatchObject([
      { half: 'a', state: 'taken', by: { name: 'R*** S***' } },
      { half: 'b', state: 'free' },
    ]);
    for (const size of [5, 6, 6]) await rail.book(ask(size));
    const [general] = (await chart()).lists;
    expect(general).toMatchObject({ quota: 'GN', free: 0, rac: 6, waiting: { length: 12, most: 20 } });
    expect(general?.waiting.first).toHaveLength(12);
    expect(general?.waiting.first[0]).toMatchObject({ place: 1, number: 1, gender: 'M' });
    expect(general?.sharing.map(({ place, number, seat }) => [place, number, seat])).toEqual([
      ...[
        [1, 1, 'A1-5a'],
        [2, 2, 'A1-11a'],
        [3, 3, 'A1-17a'],
        [4, 4, 'A1-5b'],
        [5, 5, 'A1-11b'],
        [6, 6, 'A1-17b'],
      ],
    ]);
  });

  it('reads so many bookings at a time, and every occupant comes on one of the pages', async () => {
    for (const size of [1, 2, 3]) await rail.book(ask(size));
    const named: number[] = [];
    let cursor: string | undefined;
    do {
      const view = await chart('2A', { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      expect(statesOf(view)).toEqual({ free: 40, taken: 6 });
      named.push(berthsOf(view).filter(({ by }) => by !== undefined).length);
      cursor = view.next;
    } while (cursor !== undefined);
    expect(named).toEqual([1, 2, 3]);
  });

  it.each([
    ['a class that the train has not', '12951', 'SL', 'TrainNotRunningError'],
    ['a day on which it does not run', '16587', 'SL', 'TrainNotRunningError'],
    ['a train that nobody knows', '99999', 'SL', 'NotFoundError'],
  ])('is none of %s', async (_, train, cls, error) => {
    await expect(chart(cls, {}, { train: TrainNumber.parse(train) })).rejects.toThrow(error);
  });
});

describe('asking for a chart', () => {
  const prepare = (over: object = {}, idempotencyKey = 'k1') =>
    requestChart(rail.ports)(
      { path: { train: RAJDHANI, date: DATE, ...over }, caller: operator, idempotencyKey },
      CALL,
    );

  it('tells the consumer once for each key, and it ends the sale', async () => {
    const { status, body } = await prepare();
    expect([status, body]).toEqual([
      202,
      { train: RAJDHANI, date: DATE, chartAt: '2026-12-05T01:30:00.000Z' },
    ]);
    await prepare();
    expect(rail.told('ChartDue')).toHaveLength(1);
    await prepare({}, 'k2');
    expect(rail.told('ChartDue')).toHaveLength(2);
    const [event] = rail.told('ChartDue');
    expect(event).toMatchObject({
      data: { train: RAJDHANI, date: DATE },
      correlationid: 'c1',
      traceparent: CALL.traceparent,
    });
    await prepareChart(rail.ports)(event as never);
    expect((await chart()).lists.map(({ state }) => state)).toEqual(Array(4).fill('closing'));
    const { body: left } = await getAvailability(rail.ports)({
      path: { train: RAJDHANI },
      query: { date: DATE, class: '2A', quota: 'GN' },
    });
    expect(left.state).toBe('CLOSED');
  });

  it('is refused under a key that was used for another one', async () => {
    await prepare();
    await expect(prepare({ date: JourneyDate.parse('2026-12-06') })).rejects.toThrow(
      'IdempotencyKeyReusedError',
    );
  });

  it('is too early before the sale opens, and of no use on a day without the train', async () => {
    await expect(prepare({ date: JourneyDate.parse('2027-02-01') })).rejects.toThrow('BookingWindowError');
    await expect(prepare({ train: TrainNumber.parse('16587') })).rejects.toThrow('TrainNotRunningError');
    await expect(prepare({ train: TrainNumber.parse('99999') })).rejects.toThrow('NotFoundError');
    expect(rail.told('ChartDue')).toEqual([]);
  });
});
