import { describe, expect, it } from 'vitest';
import { JourneyDate, Quota } from '../contract.codes.ts';
import { BookingId } from '../contract.views.ts';
import { trainOf } from '../train.fixture.ts';
import { chartView, FIRST } from './chart.ts';
import { openedFor, type Pool, racSeatOf, type Waiter } from './pool.ts';

const TRAIN = trainOf('12301');
const DATE = JourneyDate.parse('2026-12-05');
const NOW = new Date('2026-11-29T10:00:00Z');

const waiter = (number: number): Waiter => ({
  ...{ booking: BookingId.parse(`booking_${number}`), passenger: 1, gender: 'F', number },
});
const viewOf = (cls: '1A' | '2A' | '3A', change: (general: Pool) => Pool = (pool) => pool) =>
  chartView(
    TRAIN,
    { date: DATE, cls },
    {
      pools: Quota.options.map((quota) => {
        const pool = openedFor(TRAIN, { date: DATE, cls, quota }, NOW);
        return quota === 'GN' ? change(pool) : pool;
      }),
      bookings: [],
    },
  );

describe('a chart', () => {
  it.each([
    ['1A', [4, 4, 4, 2, 2, 2]],
    ['2A', [6, 6, 6, 6, 6, 6, 6, 4]],
    ['3A', [8, 8, 8, 8, 8, 8, 8, 8]],
  ] as const)('says in which bay of a coach of %s each berth lies', (cls, sizes) => {
    const [first] = viewOf(cls).coaches;
    const bays = Map.groupBy(first?.berths ?? [], ({ bay }) => bay);
    expect([...bays.keys()]).toEqual(sizes.map((_, index) => index + 1));
    expect([...bays.values()].map(({ length }) => length)).toEqual(sizes);
  });

  it('shows the first of each list in their order, and how many there are', () => {
    const numbers = Array.from({ length: FIRST + 3 }, (_, index) => index + 4);
    const [general] = viewOf('3A', (pool) => ({
      ...pool,
      waiting: numbers.map(waiter),
      sharing: numbers.map((number) => ({ ...waiter(number), seat: racSeatOf('B1-7' as never, 'a') })),
    })).lists;
    const shown = numbers.slice(0, FIRST).map((number, index) => ({ place: index + 1, number }));
    expect(general).toMatchObject({ rac: FIRST + 3, waiting: { length: FIRST + 3 } });
    expect(general?.waiting.first.map(({ place, number }) => ({ place, number }))).toEqual(shown);
    expect(general?.sharing.map(({ place, number }) => ({ place, number }))).toEqual(shown);
    expect(general?.sharing[0]).toMatchObject({ seat: 'B1-7a', booking: 'booking_4', passenger: 1 });
  });
});
