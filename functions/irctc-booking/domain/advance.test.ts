import { describe, expect, it } from 'vitest';
import { VersionConflictError } from '../../../shared/effects/index.ts';
import { openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import { advanced, givenBack } from './advance.ts';
import { cancelled } from './booking.ts';

const AT = '2026-12-01T06:00:00.000Z';

describe('a place that is given back', () => {
  it('is the next one’s in the same moment, and both are told', async () => {
    const rail = await openRail([smallPool([1], { shared: [] })]);
    const first = await rail.ticket([rahul]);
    const second = await rail.ticket([priya]);
    const after = cancelled(first, { of: [1], refund: 5 as never, at: AT });
    const places = [{ booking: first.id, passenger: 1, seat: first.passengers[0]?.seat as never }];
    const next = await givenBack(
      await rail.pool(),
      places,
      { before: first, after },
      { load: rail.booking, at: AT },
    );
    expect(next.pool).toMatchObject({ free: [], waiting: [] });
    expect(next.bookings.map((pair) => [pair.after.id, pair.after.state])).toEqual([
      [first.id, 'CANCELLED'],
      [second.id, 'CONFIRMED'],
    ]);
    const types = next.events.map(({ type, subject }) => `${type.slice(14)} ${subject === first.id ? 1 : 2}`);
    expect(types).toEqual(['BookingMoved 1', 'RefundWanted 1', 'BookingMoved 2', 'NoticeWanted 2']);
  });

  it('may be the next one’s of the same booking', async () => {
    const rail = await openRail([smallPool([1])]);
    const both = await rail.ticket([rahul, priya]);
    const after = cancelled(both, { of: [1], refund: 0 as never, at: AT });
    const places = [{ booking: both.id, passenger: 1, seat: both.passengers[0]?.seat as never }];
    const next = await givenBack(
      await rail.pool(),
      places,
      { before: both, after },
      { load: rail.booking, at: AT },
    );
    expect(next.bookings).toHaveLength(1);
    expect(next.bookings[0]?.after.passengers[1]?.seat).toMatchObject({ status: 'CNF', berth: 'B1-1' });
  });

  it('leaves a pool that has more to do with since when', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const two = await rail.ticket([rahul, priya]);
    await rail.ticket([rahul]);
    await rail.ticket([priya]);
    const after = cancelled(two, { of: [1, 2], refund: 0 as never, at: AT });
    const places = two.passengers.map(({ number, seat }) => ({
      booking: two.id,
      passenger: number,
      seat: seat as never,
    }));
    const next = await givenBack(
      await rail.pool(),
      places,
      { before: two, after },
      { load: rail.booking, at: AT },
    );
    expect(next.pool.dueSince).toBe(AT);
    expect(next.events.at(-1)).toMatchObject({ type: 'irctc-booking.PromotionDue', data: { since: AT } });
    const later = await advanced(
      { ...next.pool, free: [] },
      { load: rail.booking, at: '2026-12-01T07:00:00.000Z' },
    );
    expect(later.pool).not.toHaveProperty('dueSince');
  });
});

describe('a step', () => {
  it('of a pool at rest is none', async () => {
    const rail = await openRail([smallPool([1])]);
    expect(await advanced(await rail.pool(), { load: rail.booking, at: AT })).toMatchObject({
      bookings: [],
      events: [],
    });
  });

  it('is not taken on a booking that is newer than the pool', async () => {
    const rail = await openRail([smallPool([])]);
    const { id } = await rail.ticket([rahul]);
    const pool = { ...(await rail.pool()), free: ['B1-1'] as never };
    await rail.cancel(id);
    await expect(advanced(pool, { load: rail.booking, at: AT })).rejects.toThrow(VersionConflictError);
    const closing = { ...pool, free: [], state: 'closing' as const };
    await expect(advanced(closing, { load: rail.booking, at: AT })).rejects.toThrow(VersionConflictError);
  });

  it('tells nobody of another half of the same kind', async () => {
    const rail = await openRail([smallPool([], { shared: [7, 15] })]);
    const ids = [];
    for (const one of [rahul, priya, rahul, priya]) ids.push((await rail.ticket([one])).id);
    await rail.cancel(ids[2] as never);
    await rail.chart();
    await rail.promote();
    const notices = rail
      .told()
      .filter(
        ({ type, data }) => type.endsWith('NoticeWanted') && (data as { kind: string }).kind === 'promoted',
      );
    const whole = notices.map(({ subject }) => subject);
    for (const id of whole) expect((await rail.booking(id as never)).state).toBe('CONFIRMED');
    expect(whole.length).toBeGreaterThan(0);
    expect(new Set(whole).size).toBe(whole.length);
  });
});
