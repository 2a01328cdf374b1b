import { describe, expect, it } from 'vitest';
import type { BerthCode, Gender } from '../contract.codes.ts';
import type { BookingId, RacSeat } from '../contract.views.ts';
import { berths, smallPool } from '../rail.fixture.ts';
import type { Pool, Sharer, Waiter } from './pool.ts';
import { closed, isDue, nextStep } from './steps.ts';

const sharer = (n: number, seat: string, gender: Gender = 'M'): Sharer => ({
  ...{ booking: `booking_${n}` as BookingId, passenger: 1, gender, number: n, seat: seat as RacSeat },
});
const waiter = (n: number, gender: Gender = 'M'): Waiter => ({
  ...{ booking: `booking_${n}` as BookingId, passenger: 1, gender, number: n },
});
const halves = (...seats: readonly string[]) => seats as unknown as readonly RacSeat[];

/** All steps until it is at rest, each as a line. */
const steps = (pool: Pool): { told: string[]; pool: Pool } => {
  const told: string[] = [];
  let left = pool;
  for (let step = nextStep(left); step; step = nextStep(left)) {
    left = step.pool;
    const promoted = step.promotions.map(({ booking, to }) => {
      const where = to.status === 'CNF' ? to.berth : to.status === 'RAC' ? to.seat : to.number;
      return `${booking.slice(8)} ${to.status} ${where}`;
    });
    told.push(
      [...promoted, ...(step.dropped ? [`${step.dropped.slice(8)} dropped`] : [])].join(', ') || left.state,
    );
    expect(told.length).toBeLessThan(20);
  }
  return { told, pool: left };
};

describe('a free berth', () => {
  it('goes to the first who shares, and their half to the first who waits, in one step', () => {
    const pool = smallPool([1], {
      sharing: [sharer(1, 'B1-7a'), sharer(2, 'B1-7b')],
      waiting: [waiter(3), waiter(4)],
    });
    const { told, pool: after } = steps(pool);
    expect(told).toEqual(['1 CNF B1-1, 3 RAC B1-7a']);
    expect(after.sharing.map(({ booking }) => booking)).toEqual(['booking_2', 'booking_3']);
    expect(after.issued.rac).toBe(1);
  });

  it('leaves a half vacant where nobody waits', () => {
    expect(steps(smallPool([1], { sharing: [sharer(1, 'B1-7a')] })).pool).toMatchObject({
      vacant: ['B1-7a'],
      sharing: [],
    });
  });

  it('goes to the first who waits where nobody can share', () => {
    expect(steps(smallPool([1, 2], { waiting: [waiter(1), waiter(2), waiter(3)] })).told).toEqual([
      '1 CNF B1-1',
      '2 CNF B1-2',
    ]);
  });

  it('stays where nobody waits', () => {
    expect(isDue(smallPool([1], { shared: [7] }))).toBe(false);
  });
});

describe('a vacant half', () => {
  it('goes to the first who waits, and then the free berth to them', () => {
    const pool = smallPool([1], { vacant: halves('B1-7b'), waiting: [waiter(1)] });
    expect(steps(pool).told).toEqual(['1 RAC B1-7b', '1 CNF B1-1']);
  });
});

describe('a chart', () => {
  it('gives the general quota what the others have not sold, and women the ladies’ berths first', () => {
    const general = smallPool([], { sharing: [sharer(1, 'B1-7a'), sharer(2, 'B1-7b', 'F')] });
    const { general: after, others } = closed(general, [
      smallPool([40], { quota: 'TQ' }),
      smallPool([3], { quota: 'LD' }),
      smallPool([], { quota: 'SS' }),
    ]);
    expect(after).toMatchObject({ state: 'closing', free: berths(40, 3), forLadies: berths(3) });
    expect(others.map(({ state, free }) => [state, free])).toEqual([
      ['closing', []],
      ['closing', []],
      ['closing', []],
    ]);
    expect(steps({ ...after, free: after.free.toReversed() }).told).toEqual([
      '2 CNF B1-3',
      '1 CNF B1-40',
      'charted',
    ]);
  });

  it('gives a man the ladies’ berth where no woman waits', () => {
    const pool = smallPool([3], {
      state: 'closing',
      forLadies: berths(3) as BerthCode[],
      waiting: [waiter(1)],
    });
    expect(steps(pool).told).toEqual(['1 CNF B1-3', 'charted']);
  });

  it('leaves to who waits for another quota what is free there', () => {
    const tatkal = smallPool([40, 41], { quota: 'TQ', waiting: [waiter(5)] });
    const { general, others } = closed(smallPool([]), [tatkal]);
    expect(general.free).toEqual(berths(41));
    expect(steps(others[0] as Pool).told).toEqual(['5 CNF B1-40', 'charted']);
  });

  it('drops who still waits, booking by booking, and then is done', () => {
    const pool = smallPool([], {
      state: 'closing',
      waiting: [waiter(1), waiter(2), { ...waiter(1), passenger: 2 }],
    });
    expect(steps(pool)).toMatchObject({ told: ['1 dropped', '2 dropped', 'charted'], pool: { waiting: [] } });
  });

  it('makes a whole berth of the half beside the first who shares', () => {
    const pool = smallPool([], { state: 'closing', vacant: halves('B1-7b'), sharing: [sharer(1, 'B1-7a')] });
    expect(steps(pool)).toMatchObject({ told: ['1 CNF B1-7', 'charted'], pool: { vacant: [], sharing: [] } });
  });

  it('moves a neighbour into the half that the first leaves', () => {
    const sharing = [sharer(1, 'B1-7a'), sharer(2, 'B1-7b'), sharer(3, 'B1-15a')];
    const { told, pool } = steps(smallPool([], { state: 'closing', vacant: halves('B1-15b'), sharing }));
    expect(told).toEqual(['1 CNF B1-15, 3 RAC B1-7a', 'charted']);
    expect(pool.sharing.map(({ booking, seat }) => [booking, seat])).toEqual([
      ['booking_2', 'B1-7b'],
      ['booking_3', 'B1-7a'],
    ]);
  });

  it('gives a berth of two vacant halves to the first, and theirs to their neighbour', () => {
    const sharing = [sharer(1, 'B1-7a'), sharer(2, 'B1-7b')];
    const pool = smallPool([], { state: 'closing', vacant: halves('B1-15a', 'B1-15b'), sharing });
    expect(steps(pool)).toMatchObject({
      told: ['1 CNF B1-15', '2 CNF B1-7', 'charted'],
      pool: { vacant: [], sharing: [] },
    });
  });

  it('goes on with what comes back after it is done', () => {
    const pool = smallPool([], { state: 'charted', vacant: halves('B1-7b'), sharing: [sharer(1, 'B1-7a')] });
    expect(steps(pool).told).toEqual(['1 CNF B1-7']);
    expect(isDue(smallPool([1], { state: 'charted', vacant: halves('B1-7b') }))).toBe(false);
  });
});
