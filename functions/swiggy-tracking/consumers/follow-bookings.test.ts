import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { BOOKING, bookingsInMemory, DEPARTURE, journey, stands, wholeJourney } from '../booking.fixture.ts';
import { MOST_ITEMS } from '../contract.views.ts';
import { statusText } from '../domain/booking.ts';
import { RAHUL } from '../tracking.fixture.ts';

let live: ReturnType<typeof bookingsInMemory>;
beforeEach(() => {
  keptLines();
  live = bookingsInMemory();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const told = async (one = live) =>
  (await one.logOf()).map(({ state, passengers }) => [state, ...passengers.map(statusText)].join(' · '));
const WHOLE = [
  'INITIATED',
  'PAYMENT_PENDING · GNWL 1 · GNWL 2',
  'WAITLISTED · GNWL 1 · GNWL 2',
  'WAITLISTED · RAC 3 B1-7 · GNWL 2',
  'RAC · RAC 3 B1-7 · RAC 4 B1-15',
  'CONFIRMED · CNF B1-23 · CNF B1-24',
  'CONFIRMED · CAN · CNF B1-24',
];
const sequences = async (one = live) => (await one.logOf()).map(({ sequence }) => sequence);

describe('what railway booking tells', () => {
  it('stands in the log of its booking in order, each with its version, and is told on', async () => {
    await live.hears(...wholeJourney());
    expect(await told()).toEqual(WHOLE);
    expect(await sequences()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect((await live.logOf()).map(({ version }) => version)).toEqual([1, 3, 5, 7, 9, 11, 13]);
    expect((await live.ports.bookings.find(BOOKING))?.tracked).toMatchObject({
      ...{ id: BOOKING, customer: RAHUL, state: 'CONFIRMED', head: 7, seen: 13 },
    });
    expect(await live.fansOut()).toBe(7);
  });

  it('is written once, however often it comes', async () => {
    for (const event of wholeJourney()) await live.hears(event, event);
    await live.hears(...wholeJourney());
    expect(await told()).toEqual(WHOLE);
  });

  it('waits for what comes before it, though the versions between them are not told', async () => {
    const [asked, pending, waiting, ...later] = wholeJourney();
    await live.hears(...later, waiting as never);
    expect(await told()).toEqual([]);
    await live.hears(asked as never);
    expect(await told()).toEqual(WHOLE.slice(0, 1));
    await live.hears(pending as never);
    expect(await told()).toEqual(WHOLE);
  });

  it('says by which error a booking came to nothing', async () => {
    await live.hears(...journey([stands('INITIATED'), stands('FAILED')]));
    expect((await live.logOf()).at(-1)).toMatchObject({ state: 'FAILED', reason: 'NoRoomError' });
  });

  it('is kept for a month after the train has left, however early it was booked', async () => {
    await live.hears(...wholeJourney().slice(0, 1));
    const until = Date.parse(DEPARTURE) / 1000 + 30 * 86_400;
    const ofIt = () => live.logs.all().filter(({ pk }) => /^(BOOKING|LOG)#/.test(String(pk)));
    expect(ofIt().map(({ expiresAt }) => expiresAt)).toEqual([until, until]);
    live.clock.advance(Date.parse(DEPARTURE) - live.clock.now().getTime() + 5_000);
    await live.hears(...wholeJourney().slice(1, 2));
    expect(ofIt().map(({ expiresAt }) => Number(expiresAt) - until)).toEqual([5, 0, 5]);
  });

  property.prop(
    [
      fc.shuffledSubarray([...WHOLE.keys()], { minLength: WHOLE.length }),
      fc.array(fc.integer({ min: 0, max: WHOLE.length - 1 }), { maxLength: 6 }),
    ],
    { numRuns: 100 },
  )('is the same log whatever the order in which it is heard, at once and twice', async (order, twice) => {
    const one = bookingsInMemory();
    const whole = wholeJourney();
    const heard = [...order, ...twice].flatMap((n) => whole[n] ?? []);
    await Promise.all(heard.map((event) => one.hears(event)));
    expect(await told(one)).toEqual(WHOLE);
    expect(await sequences(one)).toEqual(WHOLE.map((_, n) => n + 1));
  });

  it('fits on a page', () => {
    expect(WHOLE.length).toBeLessThan(MOST_ITEMS);
  });
});
