import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { ChartView } from '../../functions/irctc-booking/contract.charts.ts';
import { ClassCode } from '../../functions/irctc-booking/contract.codes.ts';
import { BAYS, berthsIn, chart, list, occupant } from './rail.fixture.ts';
import {
  besideOf,
  type Coach,
  cellsOf,
  coachesOf,
  countsOf,
  type Direction,
  isCharted,
  withOccupants,
} from './rail-chart.ts';

const coachOf = (cls: ClassCode): Coach =>
  coachesOf(chart({ class: cls, coaches: [{ coach: 'X1', berths: berthsIn(cls) }] }))[0] as Coach;
/** A bay as text: a line a row, the numbers of its berths. */
const drawn = ({ bays, rows }: Coach, nth: number): readonly string[] =>
  Array.from({ length: rows }, (_, row) =>
    (bays[nth]?.cells ?? [])
      .filter((cell) => cell.row === row)
      .toSorted((one, other) => one.column - other.column)
      .map(({ number, span }) => `${number}${span > 1 ? '~' : ''}`)
      .join(' '),
  );

describe('a coach as it is drawn', () => {
  it.each([
    ['3A', 0, ['3 6', '2 5', '1 4', '', '8~', '7~']],
    ['2A', 0, ['2 4', '1 3', '', '6~', '5~']],
    ['2A', 1, ['8 10', '7 9', '', '', '']],
    ['1A', 0, ['2 4', '1 3']],
    ['1A', 1, ['6', '5']],
    ['CC', 0, ['1', '2', '3', '', '4', '5']],
  ] as const)('has in %s, bay %i, what lies above each other, and beyond the aisle', (cls, bay, rows) => {
    expect(drawn(coachOf(cls), bay)).toEqual(rows);
  });

  it.each(ClassCode.options)('has each berth of %s once, and no two at one spot', (cls) => {
    const coach = coachOf(cls);
    const cells = cellsOf([coach]);
    expect(cells.map(({ number }) => number)).toEqual(BAYS[cls].flat().map((_, index) => index + 1));
    const spots = coach.bays.flatMap(({ number, cells: of }) =>
      of.flatMap(({ row, column, span }) =>
        Array.from({ length: span }, (_, n) => `${number} ${row} ${column + n}`),
      ),
    );
    expect(new Set(spots).size).toBe(spots.length);
    for (const { cells: of, columns } of coach.bays)
      for (const cell of of) {
        expect(cell.row).toBeLessThan(coach.rows);
        expect(cell.row).not.toBe(coach.aisle);
        expect(cell.column + cell.span).toBeLessThanOrEqual(columns);
      }
  });

  test.prop([
    fc.constantFrom(...ClassCode.options),
    fc.array(fc.constantFrom<Direction>('left', 'right', 'up', 'down'), { maxLength: 12 }),
  ])('leads by the arrow keys from every berth to every other, and never out of it', (cls, way) => {
    const coach = coachOf(cls);
    const all = cellsOf([coach]).map(({ code }) => code);
    let at = all[0] as string;
    for (const direction of way) at = besideOf(coach, at, direction)?.code ?? at;
    const reached = new Set([at]);
    for (const code of reached)
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = besideOf(coach, code, direction)?.code;
        if (next !== undefined) reached.add(next);
      }
    expect([...reached].toSorted()).toEqual(all.toSorted());
  });

  it('leads nowhere from a berth that it has not', () => {
    expect(besideOf(coachOf('3A'), 'X1-99', 'left')).toBeUndefined();
  });
});

const shared: ChartView['coaches'][number]['berths'][number]['halves'] = [
  { half: 'a', state: 'held', by: occupant(2) },
  { half: 'b', state: 'free' },
];

describe('what a place looks like', () => {
  const berths = berthsIn('3A', {
    1: { state: 'taken', by: occupant(1) },
    7: { state: 'held', halves: shared },
  });
  const of = chart({ coaches: [{ coach: 'B1', berths }] });

  it('is what is told of it; of a berth that two share each half has its own', () => {
    const cells = cellsOf(coachesOf(of));
    expect(cells[0]?.places).toEqual([{ code: 'B1-1', look: 'taken', by: occupant(1) }]);
    expect(cells[6]?.places).toEqual([
      { code: 'B1-7a', look: 'held', by: occupant(2) },
      { code: 'B1-7b', look: 'free' },
    ]);
    expect(countsOf(cells)).toEqual({ free: 15, held: 1, taken: 1, vacant: 0 });
  });

  it('is vacant once the chart is made for every quota, and not while it is being made', () => {
    const lists = (...states: ('open' | 'closing' | 'charted')[]) => states.map((state) => list({ state }));
    expect(isCharted(chart({ lists: lists('charted', 'closing') }))).toBe(false);
    const made = { ...of, lists: lists('charted', 'charted') };
    expect(isCharted(made)).toBe(true);
    expect(countsOf(cellsOf(coachesOf(made)))).toEqual({ free: 0, held: 1, taken: 1, vacant: 15 });
  });
});

describe('the pages of a chart', () => {
  /** What each page tells: the same berths are taken, and of its own bookings alone it says by whom. */
  const pageOf = (numbers: readonly number[], next?: string): ChartView => {
    const whose = (n: number) => (numbers.includes(n) ? { by: occupant(n) } : {});
    const berths = berthsIn('3A', {
      ...Object.fromEntries([1, 2, 3, 4].map((n) => [n, { state: 'taken', ...whose(n) }])),
      7: {
        state: 'taken',
        halves: [
          { half: 'a', state: 'taken', ...whose(7) },
          { half: 'b', state: numbers.includes(8) ? 'held' : 'taken', ...whose(8) },
        ],
      },
    });
    return chart({ coaches: [{ coach: 'B1', berths }], ...(next === undefined ? {} : { next }) });
  };

  test.prop([fc.subarray([1, 2, 3, 4, 7, 8])])(
    'together name whoever any of them names, in either order, and go on where the last one does',
    (some) => {
      const others = [1, 2, 3, 4, 7, 8].filter((n) => !some.includes(n));
      const [one, other] = [pageOf(some, 'more'), pageOf(others)];
      expect(withOccupants(one, other)).toEqual(pageOf([1, 2, 3, 4, 7, 8]));
      expect(withOccupants(other, one)).toEqual(pageOf([1, 2, 3, 4, 7, 8], 'more'));
    },
  );
});
