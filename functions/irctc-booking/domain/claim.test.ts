import { describe, expect, it } from 'vitest';
import type { BerthKind } from '../contract.codes.ts';
import type { BookingId } from '../contract.views.ts';
import { smallPool } from '../rail.fixture.ts';
import { type Claimant, claim } from './claim.ts';
import { ChartPreparedError, NoRoomError } from './errors.ts';
import { berthOf } from './layout.ts';
import type { Pool } from './pool.ts';

const party = (...wishes: readonly (BerthKind | undefined)[]): Claimant[] =>
  wishes.map((wish, index) => ({
    ...{ booking: 'booking_1' as BookingId, passenger: index + 1, gender: 'F' },
    ...(wish ? { wish } : {}),
  }));
const claimed = (pool: Pool, ...wishes: readonly (BerthKind | undefined)[]) =>
  claim(pool, party(...wishes), (code) => berthOf('3A', code));
const texts = (pool: Pool, ...wishes: readonly (BerthKind | undefined)[]) =>
  claimed(pool, ...wishes).seats.map((seat) => {
    if (seat.status === 'CNF') return seat.berth;
    return seat.status === 'RAC' ? `RAC ${seat.number} ${seat.seat}` : `WL ${seat.number}`;
  });

// In a bay of 3A: 1 LB, 2 MB, 3 UB, 4 LB, 5 MB, 6 UB, 7 SL, 8 SU.
describe('places for a party', () => {
  it('are in one bay where one has room, of those the one that fits best', () => {
    expect(texts(smallPool([1, 9, 10, 17, 18, 19]), undefined, undefined)).toEqual(['B1-9', 'B1-10']);
  });

  it('are in one coach where no bay has room, where most sit together', () => {
    expect(texts(smallPool([1, 9, 10, 17]), undefined, undefined, undefined)).toEqual([
      'B1-9',
      'B1-10',
      'B1-1',
    ]);
    const pool = smallPool([]);
    const coaches = { ...pool, free: ['B1-1', 'B2-1', 'B2-9'] as unknown as Pool['free'] };
    expect(texts(coaches, undefined, undefined)).toEqual(['B2-1', 'B2-9']);
  });

  it('are anywhere where no coach has room', () => {
    const pool = { ...smallPool([]), free: ['B1-1', 'B2-9'] as unknown as Pool['free'] };
    expect(texts(pool, undefined, undefined)).toEqual(['B1-1', 'B2-9']);
  });

  it('are as they wish where it can be, and the others leave that to them', () => {
    expect(texts(smallPool([1, 2, 9, 11]), undefined, 'UB')).toEqual(['B1-9', 'B1-11']);
    expect(texts(smallPool([2, 3]), 'LB')).toEqual(['B1-2']);
  });

  it('are berths, then halves of shared ones, then the list, in the order of the party', () => {
    const { pool, seats } = claimed(
      smallPool([1], { shared: [7] }),
      undefined,
      undefined,
      undefined,
      undefined,
    );
    expect(seats.map(({ status }) => status)).toEqual(['CNF', 'RAC', 'RAC', 'WL']);
    expect(pool).toMatchObject({ free: [], vacant: [], issued: { rac: 2, waiting: 1 } });
    expect(pool.sharing.map(({ passenger, number, seat }) => [passenger, number, seat])).toEqual([
      [2, 1, 'B1-7a'],
      [3, 2, 'B1-7b'],
    ]);
    expect(pool.waiting).toEqual([{ booking: 'booking_1', passenger: 4, gender: 'F', number: 1 }]);
  });

  it('have numbers that only rise', () => {
    expect(texts(smallPool([], { issued: { rac: 3, waiting: 9 } }), undefined)).toEqual(['WL 10']);
  });

  it('are never past somebody who waits', () => {
    const waiting = [{ booking: 'booking_0' as BookingId, passenger: 1, gender: 'M', number: 1 }] as const;
    expect(
      texts(smallPool([1], { shared: [7], waiting, issued: { rac: 0, waiting: 1 } }), undefined),
    ).toEqual(['WL 2']);
  });

  it('are for all of it or for nobody', () => {
    expect(() => claimed(smallPool([1], { mayWait: 1 }), undefined, undefined, undefined)).toThrow(
      NoRoomError,
    );
    expect(texts(smallPool([1], { mayWait: 1 }), undefined, undefined)).toEqual(['B1-1', 'WL 1']);
  });

  it('are given no more once the chart is made', () => {
    expect(() => claimed(smallPool([1], { state: 'charted' }), undefined)).toThrow(ChartPreparedError);
  });
});
