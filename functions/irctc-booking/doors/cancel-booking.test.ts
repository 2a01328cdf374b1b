import { describe, expect, it } from 'vitest';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { BookingNotCancellableError, ChartPreparedError } from '../domain/errors.ts';
import { openRail, priya, rahul, ravi, smallPool } from '../rail.fixture.ts';

describe('cancelling', () => {
  it('gives the berth to the first who shares, and the half to the first who waits, in the same moment', async () => {
    const rail = await openRail([smallPool([1], { shared: [7] })]);
    const people = [];
    for (const one of [rahul, priya, rahul, priya]) people.push((await rail.ticket([one])).id);
    await rail.cancel(people[0] as never);
    const states = await Promise.all(people.map(async (id) => (await rail.booking(id)).state));
    expect(states).toEqual(['CANCELLED', 'CONFIRMED', 'RAC', 'RAC']);
    expect(await rail.pool()).not.toHaveProperty('dueSince');
  });

  it('answers the same cancellation with the same key, what has become of it since', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const { id } = await rail.ticket([rahul, priya]);
    const first = await rail.cancel(id, { passengers: [1], key: 'k1' });
    expect(first).toMatchObject({ booking: id, state: 'CONFIRMED', passengers: [1] });
    await rail.cancel(id, { key: 'k2' });
    expect(await rail.cancel(id, { passengers: [1], key: 'k1' })).toEqual(first);
    expect((await rail.booking(id)).refunds).toHaveLength(2);
  });

  it('ends a request that has no places yet', async () => {
    const rail = await openRail();
    const { id } = await rail.ask([rahul]);
    expect(await rail.cancel(id)).toMatchObject({ state: 'CANCELLED', refund: 0, kept: 0 });
    expect((await rail.allocate(id)).state).toBe('CANCELLED');
    const opened = await openRail([smallPool([1])]);
    const asked = await opened.ask([rahul]);
    await opened.cancel(asked.id);
    expect((await opened.pool()).version).toBe(1);
  });

  it('is for whoever booked, and for what is not over', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id } = await rail.ticket([rahul]);
    await expect(rail.cancel(id, { caller: ravi })).rejects.toThrow(NotFoundError);
    await expect(rail.cancel('booking_x' as never)).rejects.toThrow(NotFoundError);
    await rail.cancel(id);
    await expect(rail.cancel(id)).rejects.toThrow(BookingNotCancellableError);
  });

  it('is too late from the chart on, also for whom the chart overtakes', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const [one, other] = [await rail.ticket([rahul]), await rail.ticket([priya])];
    const find = rail.ports.pools.find;
    let looked = 0;
    // The chart is made between the look at the pool and the commit.
    Object.assign(rail.ports.pools, {
      find: async (id: never) => {
        const pool = await find(id);
        looked += 1;
        if (looked === 1) await rail.chart();
        return pool;
      },
    });
    await expect(rail.cancel(one.id)).rejects.toThrow(ChartPreparedError);
    await expect(rail.cancel(other.id)).rejects.toThrow(ChartPreparedError);
    expect((await rail.booking(one.id)).state).toBe('CONFIRMED');
  });
});
