import { describe, expect, it } from 'vitest';
import type { BookingId, RacSeat } from '../contract.views.ts';
import { berths, poolId, smallPool } from '../rail.fixture.ts';
import { trainOf } from '../train.fixture.ts';
import {
  availabilityOf,
  berthOfRac,
  isSame,
  openedFor,
  otherHalf,
  released,
  type Sharer,
  type Waiter,
} from './pool.ts';

const id = (n: number) => `booking_${n}` as BookingId;
const sharer = (n: number, seat: string, number = n): Sharer => ({
  ...{ booking: id(n), passenger: 1, gender: 'M', number, seat: seat as RacSeat },
});
const waiter = (n: number, number = n): Waiter => ({
  ...{ booking: id(n), passenger: 1, gender: 'M', number },
});

describe('a pool that opens', () => {
  const on = new Date('2026-12-01T04:30:00.000Z');

  it('has what the train has for the quota, and shared berths in the general one alone', () => {
    const general = openedFor(trainOf('12951'), { date: smallPool([]).date, cls: '3A', quota: 'GN' }, on);
    expect(general.id).toBe(poolId());
    expect(general).toMatchObject({ version: 0, state: 'open', sharing: [], waiting: [] });
    expect(general.vacant.length).toBe(8);
    expect(general.mayWait).toBe(Math.floor((general.free.length + 4) * 0.6));
    const tatkal = openedFor(trainOf('12951'), { date: general.date, cls: '3A', quota: 'TQ' }, on);
    expect([tatkal.vacant, tatkal.free.some((berth) => general.free.includes(berth))]).toEqual([[], false]);
  });

  it('gives the first half of each shared berth before any second one', () => {
    expect(smallPool([1], { shared: [7, 15] }).vacant).toEqual(['B1-7a', 'B1-15a', 'B1-7b', 'B1-15b']);
    expect(otherHalf('B1-7a' as RacSeat)).toBe('B1-7b');
    expect(otherHalf('B1-7b' as RacSeat)).toBe('B1-7a');
    expect(berthOfRac('B1-15b' as RacSeat)).toBe('B1-15');
  });
});

describe('a place that is given back', () => {
  const pool = smallPool([], { sharing: [sharer(1, 'B1-7a')], waiting: [waiter(2)] });
  const of = (n: number, seat: object) => ({ booking: id(n), passenger: 1, seat }) as never;

  it('is free, vacant, or off the list', () => {
    expect(released(pool, [of(9, { status: 'CNF', berth: 'B1-1' })]).free).toEqual(berths(1));
    const shared = released(pool, [of(1, { status: 'RAC', seat: 'B1-7a', number: 1 })]);
    expect([shared.sharing, shared.vacant]).toEqual([[], ['B1-7a']]);
    expect(released(pool, [of(2, { status: 'WL', number: 2 })]).waiting).toEqual([]);
  });

  it('is given back once', () => {
    const places = [
      of(9, { status: 'CNF', berth: 'B1-1' }),
      of(1, { status: 'RAC', seat: 'B1-7a', number: 1 }),
      of(2, { status: 'WL', number: 2 }),
    ];
    const once = released(pool, places);
    expect(released(once, places)).toEqual(once);
  });

  it('is of one passenger of a booking', () => {
    expect(isSame(waiter(2), { booking: id(2), passenger: 1 })).toBe(true);
    expect(isSame(waiter(2), { booking: id(2), passenger: 2 })).toBe(false);
    expect(isSame(waiter(2), { booking: id(3), passenger: 1 })).toBe(false);
  });
});

describe('what the next passenger would get', () => {
  it('is a berth, half of one, or a number of the list', () => {
    expect(availabilityOf(smallPool([1, 2], { shared: [7], mayWait: 3 }))).toEqual({
      berths: 2,
      rac: 2,
      waiting: 1,
    });
  });

  it('is nothing that somebody waits for', () => {
    const sharing = [sharer(1, 'B1-7a')];
    expect(availabilityOf(smallPool([1], { sharing, vacant: ['B1-7b' as RacSeat] }))).toMatchObject({
      berths: 0,
      rac: 1,
    });
    const waiting = [waiter(2)];
    const pool = smallPool([1], { waiting, vacant: ['B1-7b' as RacSeat], mayWait: 1 });
    expect(availabilityOf(pool)).toEqual({ berths: 0, rac: 0 });
  });

  it('is nothing once the chart is made', () => {
    expect(availabilityOf(smallPool([1], { shared: [7], state: 'closing' }))).toEqual({ berths: 0, rac: 0 });
  });
});
