import { describe, expect, it } from 'vitest';

import { NotFoundError } from '../../../shared/errors/index.ts';
import { asha, CHART, DATE, HOUR, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import { trainOf } from '../train.fixture.ts';
import { inFlightKey } from './keys.ts';

describe('what is found again', () => {
  it('is the bookings of a customer, the newest first, and those of a class, a page at a time', async () => {
    const rail = await openRail([smallPool([1, 2, 4])]);
    const ids = [];
    for (const one of [rahul, priya, rahul]) {
      ids.push((await rail.ticket([one])).id);
      rail.clock.advance(1_000);
    }
    const first = await rail.ports.bookings.ofCustomer(asha.subject, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const next = await rail.ports.bookings.ofCustomer(asha.subject, { limit: 2, cursor: first.next });
    expect([next.items.map(({ id }) => id), next.next]).toEqual([[ids[0]], undefined]);
    const { items } = await rail.ports.bookings.ofClass(trainOf('12951').number, DATE, '3A', { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(items[0]).not.toHaveProperty('classPk');
  });

  it('is no booking, number or train that there is not', async () => {
    const { ports } = await openRail();
    expect(await ports.bookings.find('booking_x' as never)).toBeUndefined();
    expect(await ports.bookings.ofPnr('8123456789' as never)).toBeUndefined();
    await expect(ports.bookings.load('booking_x' as never)).rejects.toThrow(NotFoundError);
    await expect(ports.trains.load('99999' as never)).rejects.toThrow(NotFoundError);
  });

  it('is the trains, by their numbers', async () => {
    const { ports } = await openRail();
    await ports.trains.publish(trainOf('12002'));
    const first = await ports.trains.list({ limit: 1 });
    const rest = await ports.trains.list({ limit: 1, cursor: first.next });
    expect([...first.items, ...rest.items]).toEqual([trainOf('12002'), trainOf('12951')]);
  });
});

describe('what is due', () => {
  const dueOf = async ({ ports, clock }: Awaited<ReturnType<typeof openRail>>) => {
    const all = [];
    for (const walk of ports.clockwork.due(clock.now())) for await (const due of walk) all.push(due);
    return all;
  };

  it('is a hold that is over, a pool with a step, a chart whose hour has come', async () => {
    const rail = await openRail();
    const { id } = await rail.held([rahul]);
    expect(await dueOf(rail)).toEqual([]);
    rail.clock.advance(HOUR);
    expect(await dueOf(rail)).toEqual([{ what: 'booking', booking: id }]);
    rail.clock.advance(Date.parse(CHART) - rail.clock.now().getTime());
    expect(await dueOf(rail)).toContainEqual({ what: 'run', train: '12951', date: DATE });
    await rail.chart();
    expect(await dueOf(rail)).toContainEqual({ what: 'pool', pool: '12951.2026-12-06.3A.GN' });
  });

  it('is read page by page', async () => {
    const rail = await openRail();
    for (let n = 0; n < 120; n += 1)
      await rail.ask([rahul], { caller: { ...asha, subject: `customer_${n}` } });
    rail.clock.advance(HOUR);
    expect(await dueOf(rail)).toHaveLength(120);
  });
});

it('counts what is under way up and down', async () => {
  const rail = await openRail([smallPool([1])]);
  const count = async () => (await rail.store.get(inFlightKey(asha.subject)))?.count;
  const { id } = await rail.held([rahul]);
  expect(await count()).toBe(1);
  await rail.hear(id, 'PaymentRefused', { reason: 'no' });
  expect(await count()).toBe(0);
});
