import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { ChartView } from '../../functions/irctc-booking/contract.charts.ts';
import { anyChart, berthsIn, chart, entry, list, occupant, sharer } from './rail.fixture.ts';
import {
  isSeated,
  lastMovesOf,
  MOST_MOVES,
  type Standing,
  standingsOf,
  type Watched,
  watched,
} from './rail-moves.ts';

const look = (charts: readonly ChartView[]): Watched =>
  charts.reduce<Watched | undefined>((before, one, at) => watched(before, one, at + 1), undefined) as Watched;
const standing = (of: Pick<Watched, 'known'>) =>
  Object.fromEntries([...of.known].map(([who, one]) => [who, one.standing]));
const waiting = (...people: number[]) =>
  chart({
    lists: [
      list({
        waiting: { length: people.length, most: 25, first: people.map((n, index) => entry(n, index + 1)) },
      }),
    ],
  });

describe('where somebody stands', () => {
  it('is a berth, a half and a place in line, or a place among those who wait', () => {
    const berths = berthsIn('3A', {
      1: { state: 'held', by: occupant(1) },
      7: {
        state: 'taken',
        halves: [
          { half: 'a', state: 'taken', by: occupant(2) },
          { half: 'b', state: 'free' },
        ],
      },
    });
    const of = chart({
      coaches: [{ coach: 'B1', berths }],
      lists: [
        list({ sharing: [sharer(2, 1, 'B1-7a')], waiting: { length: 1, most: 25, first: [entry(3, 1)] } }),
        list({ quota: 'TQ', waiting: { length: 1, most: 5, first: [entry(4, 1)] } }),
      ],
    });
    expect(standing({ known: standingsOf(of) })).toEqual({
      'booking_1 1': { where: 'berth', code: 'B1-1', state: 'held' },
      'booking_2 1': { where: 'rac', quota: 'GN', place: 1, seat: 'B1-7a' },
      'booking_3 1': { where: 'waiting', quota: 'GN', place: 1 },
      'booking_4 1': { where: 'waiting', quota: 'TQ', place: 1 },
    });
  });
});

describe('a list that moves', () => {
  it('is seen to move from place to place, to RAC, to a berth', () => {
    const rac = chart({ lists: [list({ sharing: [sharer(2, 1, 'B1-7a')] })] });
    const berth = chart({
      coaches: [{ coach: 'B1', berths: berthsIn('3A', { 5: { state: 'taken', by: occupant(2) } }) }],
    });
    const { moves } = look([waiting(1, 2), waiting(2), rac, berth]);
    const second = moves.filter(({ booking }) => booking === 'booking_2').toReversed();
    const place = (n: number): Standing => ({ where: 'waiting', quota: 'GN', place: n });
    const half: Standing = { where: 'rac', quota: 'GN', place: 1, seat: 'B1-7a' };
    expect(second.map(({ from, to, seenAt }) => [from, to, seenAt])).toEqual([
      [place(2), place(1), 2],
      [place(1), half, 3],
      [half, { where: 'berth', code: 'B1-5', state: 'taken' }, 4],
    ]);
  });

  it('loses nobody at the first look without them, and has them go at the second', () => {
    expect(look([waiting(1), waiting()]).moves).toEqual([]);
    expect(look([waiting(1), waiting(), waiting(1)]).moves).toEqual([]);
    const { moves, known } = look([waiting(1), waiting(), waiting()]);
    expect(moves).toMatchObject([{ booking: 'booking_1', from: { where: 'waiting', place: 1 }, seenAt: 3 }]);
    expect(moves[0]).not.toHaveProperty('to');
    expect(known.size).toBe(0);
  });

  it('has nobody go where not every booking was read', () => {
    const part = { ...waiting(), next: 'more' };
    expect(look([waiting(1), part, part, part]).moves).toEqual([]);
  });

  it('begins anew with another chart', () => {
    const other = { ...waiting(2), class: '2A' as const };
    expect(look([waiting(1), waiting(), other])).toMatchObject({
      chart: '12951 2026-12-05 2A',
      moves: [],
      count: 0,
    });
  });

  test.prop([fc.array(anyChart(), { minLength: 1, maxLength: 6 })])(
    'is told completely: each goes on from where they were seen last, and stands in the end where the chart says',
    (charts) => {
      const [first, last] = [charts[0] as ChartView, charts.at(-1) as ChartView];
      const end = look([...charts, last]);
      const told = new Map([...standingsOf(first)].map(([who, one]) => [who, one.standing]));
      for (const { booking, passenger, from, to } of end.moves.toReversed()) {
        const who = `${booking} ${passenger}`;
        expect(told.get(who)).toEqual(from);
        if (to === undefined) told.delete(who);
        else told.set(who, to);
      }
      expect(Object.fromEntries(told)).toEqual(standing({ known: standingsOf(last) }));
      expect(standing(end)).toEqual(standing({ known: standingsOf(last) }));
      expect(end.moves.map(({ number }) => number)).toEqual(end.moves.map((_, index) => end.count - index));
      for (const { from, to } of end.moves) expect(from).not.toEqual(to);
    },
  );

  test.prop([anyChart()])('does not move while nothing changes', (one) => {
    expect(look([one, one, one]).moves).toEqual([]);
  });

  it('keeps the newest moves, and says how many there were', () => {
    const charts = Array.from({ length: MOST_MOVES + 20 }, (_, n) => waiting(...(n % 2 ? [1, 2] : [2, 1])));
    const { moves, count } = look(charts);
    expect([moves.length, count]).toEqual([MOST_MOVES, 2 * (charts.length - 1)]);
    expect(lastMovesOf({ moves }).map(({ number }) => number)).toEqual([count, count - 1]);
    expect(lastMovesOf({ moves: [] })).toEqual([]);
  });

  it('is told berths first, then RAC, then who waits, each in their order', () => {
    const berths = berthsIn('3A', {
      1: { state: 'held', by: occupant(1) },
      2: { state: 'held', by: occupant(2) },
    });
    const after = chart({
      coaches: [{ coach: 'B1', berths }],
      lists: [
        list({
          sharing: [sharer(3, 1, 'B1-7a'), sharer(4, 2, 'B1-7b')],
          waiting: { length: 1, most: 25, first: [entry(5, 1)] },
        }),
      ],
    });
    const { moves } = look([chart(), after]);
    expect(moves.map(({ booking }) => booking)).toEqual([1, 2, 3, 4, 5].map((n) => `booking_${n}`));
  });

  it('seats whoever gets another berth or half, or pays theirs, and not who only moves up in line', () => {
    const half = (place: number, seat: string): Standing => ({ where: 'rac', quota: 'GN', place, seat });
    const berth = (state: 'held' | 'taken'): Standing => ({ where: 'berth', code: 'B1-1', state });
    const line: Standing = { where: 'waiting', quota: 'GN', place: 1 };
    const cases: readonly (readonly [Standing | undefined, Standing | undefined, boolean])[] = [
      [undefined, berth('held'), true],
      [berth('held'), berth('taken'), true],
      [half(1, 'B1-7a'), berth('taken'), true],
      [line, half(8, 'B1-7a'), true],
      [half(1, 'B1-7a'), half(1, 'B1-7b'), true],
      [half(2, 'B1-7a'), half(1, 'B1-7a'), false],
      [undefined, line, false],
      [berth('taken'), undefined, false],
    ];
    for (const [from, to, is] of cases)
      expect(isSeated({ ...(from && { from }), ...(to && { to }) })).toBe(is);
  });
});
