import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { MOST_ITEMS } from '../contract.views.ts';
import { ORDER, RAVI, SURESH, tells, trackingInMemory, wholeStory } from '../tracking.fixture.ts';

let tracking: ReturnType<typeof trackingInMemory>;
beforeEach(() => {
  keptLines();
  tracking = trackingInMemory();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const logOf = async (one = tracking) => (await one.ports.orders.after(ORDER, 0)).items;
const states = async (one = tracking) =>
  (await logOf(one)).map((item) => (item.kind === 'moved' ? item.to : item.kind));
const WHOLE = [
  ...['placed', 'PAYMENT_CONFIRMED', 'ACCEPTED', 'rider', 'PREPARING', 'READY', 'PICKED_UP'],
  ...['OUT_FOR_DELIVERY', 'DELIVERED'],
];

describe('what ordering tells', () => {
  it('stands in the log in order, each with its sequence, and is told on', async () => {
    await tracking.hears(...wholeStory());
    expect(await states()).toEqual(WHOLE);
    expect((await logOf()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await tracking.ports.orders.find(ORDER))?.tracked).toMatchObject({
      state: 'DELIVERED',
      rider: RAVI,
      head: 9,
    });
    expect(await tracking.fansOut()).toBe(9);
  });

  it('is written once, however often it comes', async () => {
    for (const event of wholeStory()) await tracking.hears(event, event);
    await tracking.hears(...wholeStory());
    expect(await states()).toEqual(WHOLE);
  });

  it('waits for what comes before it', async () => {
    await tracking.hears(tells.moved('PAYMENT_CONFIRMED', 'ACCEPTED', 3), tells.rider(RAVI, 4));
    expect(await logOf()).toEqual([]);
    await tracking.hears(tells.placed(1));
    // A rider rides beside the kitchen’s work, so that needs no move.
    expect(await states()).toEqual(['placed', 'rider']);
    await tracking.hears(tells.moved('PLACED', 'PAYMENT_CONFIRMED', 2));
    expect(await states()).toEqual(['placed', 'rider', 'PAYMENT_CONFIRMED', 'ACCEPTED']);
  });

  it('lets the last rider have the order, whichever was heard of first, and has all of them in the log', async () => {
    await tracking.hears(tells.placed(1), tells.rider(SURESH, 4), tells.rider(RAVI, 2));
    await tracking.hears(tells.rider(RAVI, 3, 'RIDER_UNASSIGNED'), tells.rider(RAVI, 2));
    expect((await tracking.ports.orders.find(ORDER))?.tracked.rider).toBe(SURESH);
    expect((await logOf()).map((item) => (item.kind === 'rider' ? item.rider.id : item.kind))).toEqual([
      ...['placed', SURESH, RAVI, RAVI],
    ]);
    await tracking.hears(tells.rider(SURESH, 5, 'RIDER_UNASSIGNED'));
    expect((await tracking.ports.orders.find(ORDER))?.tracked).not.toHaveProperty('rider');
  });

  it('names a rider who is registered', async () => {
    const body = { name: 'Ravi Kumar', phone: '+919876543001', vehicle: 'bike' } as const;
    await tracking.ports.riders.register(RAVI, body);
    await tracking.hears(tells.placed(1), tells.rider(RAVI, 2));
    expect(await logOf()).toMatchObject([{}, { rider: { id: RAVI, name: 'Ravi Kumar', vehicle: 'bike' } }]);
  });

  property.prop(
    [
      fc.shuffledSubarray([...wholeStory().keys()], { minLength: 9 }),
      fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 6 }),
    ],
    { numRuns: 100 },
  )('is the same log whatever the order in which it is heard, at once and twice', async (order, twice) => {
    const one = trackingInMemory();
    const story = wholeStory();
    const heard = [...order, ...twice].flatMap((n) => story[n] ?? []);
    await Promise.all(heard.map((event) => one.hears(event)));
    const written = await states(one);
    expect(written.filter((state) => state !== 'rider')).toEqual(WHOLE.filter((state) => state !== 'rider'));
    expect(written.filter((state) => state === 'rider')).toHaveLength(1);
    expect((await logOf(one)).map(({ sequence }) => sequence)).toEqual(WHOLE.map((_, n) => n + 1));
  });

  it('fits on a page, which an order of a day does', () => {
    expect(WHOLE.length).toBeLessThan(MOST_ITEMS);
  });
});
