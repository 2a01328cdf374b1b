import { describe, expect, it } from 'vitest';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { DATE, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import { runKey } from '../store/keys.ts';
import { prepareChart } from './prepare-chart.ts';
import { promoteWaiting } from './promote-waiting.ts';

describe('preparing the chart', () => {
  it('closes every pool of the train, those that nobody asked for too, and time is done with it', async () => {
    const rail = await openRail();
    await rail.held([rahul]);
    await rail.chart();
    await rail.promote();
    for (const quota of ['GN', 'TQ', 'LD', 'SS'] as const)
      expect((await rail.pool(quota)).state).toBe('charted');
    const run = await rail.store.get(runKey('12951', DATE));
    expect(run).toMatchObject({ chartedAt: '2026-12-01T04:30:00.000Z' });
    expect(run).not.toHaveProperty('dueAt');
  });

  it('gives what other quotas have not sold to who waits, and drops who then still waits', async () => {
    const rail = await openRail([
      smallPool([1]),
      smallPool([40], { quota: 'TQ' }),
      smallPool([], { quota: 'LD' }),
      smallPool([], { quota: 'SS' }),
    ]);
    const tickets = [await rail.ticket([rahul]), await rail.ticket([priya]), await rail.ticket([rahul])];
    await rail.chart();
    expect((await rail.pool('TQ')).free).toEqual([]);
    await rail.promote();
    const states = await Promise.all(tickets.map(async ({ id }) => (await rail.booking(id)).state));
    expect(states).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
    expect((await rail.booking(tickets[2]?.id as never)).refunds).toMatchObject([
      { reason: 'charted', state: 'due' },
    ]);
    expect(rail.told().some(({ data }) => (data as { kind?: string }).kind === 'charted')).toBe(true);
  });

  it('changes nothing when it is made again', async () => {
    const rail = await openRail([smallPool([1])]);
    await rail.chart();
    const once = await rail.pool();
    await rail.chart();
    expect(await rail.pool()).toEqual(once);
  });

  it('does not make a pool younger than what it has to do', async () => {
    const since = '2026-12-01T03:00:00.000Z';
    const waiting = [{ booking: 'booking_x' as never, passenger: 1, gender: 'M' as const, number: 1 }];
    const rail = await openRail([smallPool([1], { waiting, dueSince: since })]);
    await rail.chart();
    expect((await rail.pool()).dueSince).toBe(since);
  });

  it('knows no other train', async () => {
    const rail = await openRail();
    const data = { train: '99999' as never, date: DATE };
    await expect(prepareChart(rail.ports)({ data })).rejects.toThrow(NotFoundError);
  });
});

describe('a step of a pool', () => {
  it('is one for each message, however often it comes', async () => {
    const rail = await openRail([smallPool([1, 2, 4])]);
    const { id } = await rail.ticket([rahul, priya, rahul]);
    for (const one of [rahul, priya, rahul]) await rail.ticket([one]);
    await rail.cancel(id);
    expect((await rail.pool()).waiting).toHaveLength(2);
    const due = rail.told().find(({ type }) => type.endsWith('PromotionDue'));
    for (let times = 0; times < 3; times += 1) await promoteWaiting(rail.ports)(due as never);
    expect((await rail.pool()).waiting).toHaveLength(1);
    expect(await rail.promote()).toBe(2);
    expect(await rail.pool()).toMatchObject({ waiting: [], free: [] });
    expect(await rail.pool()).not.toHaveProperty('dueSince');
  });

  it('is none of a pool that there is not', async () => {
    const rail = await openRail();
    await promoteWaiting(rail.ports)({
      id: 'e1',
      data: { pool: '12951.2026-12-06.3A.SS', since: 'x' },
    } as never);
    expect(await rail.pool('SS')).toBeUndefined();
  });
});
