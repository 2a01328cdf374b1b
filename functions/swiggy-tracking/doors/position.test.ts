import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../../shared/lambda/index.ts';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { JUNCTIONS } from '../contract.mumbai.ts';
import {
  beingCooked,
  ORDER,
  orderId,
  RAVI,
  SURESH,
  tells,
  trackingInMemory,
  wholeStory,
} from '../tracking.fixture.ts';

let tracking: ReturnType<typeof trackingInMemory>;
let rahul: Session;
let ravi: Session;
let kitchen: Session;
afterEach(() => {
  vi.restoreAllMocks();
});
beforeEach(async () => {
  keptLines();
  ({ tracking, rahul, ravi, kitchen } = await beingCooked());
});

describe('the rider’s position', () => {
  beforeEach(async () => {
    for (const one of [rahul, ravi, kitchen]) await tracking.subscribes(one);
  });
  const positions = (one: Session) =>
    tracking.got(one).flatMap((frame) => (frame.type === 'position' ? [frame.position] : []));

  it('goes to the kitchen until the food is fetched, and then to who ordered it', async () => {
    expect(await tracking.isAt(ravi, JUNCTIONS.khar)).toMatchObject({ taken: true, arrival: {} });
    await tracking.pushesPosition();
    expect([rahul, ravi, kitchen].map((one) => positions(one).length)).toEqual([0, 0, 1]);
    await tracking.hears(...wholeStory().slice(5, 8));
    tracking.clock.advance(60_000);
    const { arrival } = await tracking.isAt(ravi, JUNCTIONS.bandraStation);
    await tracking.pushesPosition();
    expect([rahul, ravi, kitchen].map((one) => positions(one).length)).toEqual([1, 0, 1]);
    expect(positions(rahul)).toEqual([
      {
        ...JUNCTIONS.bandraStation,
        ...{ rider: RAVI, arrival, at: tracking.clock.now().toISOString() },
      },
    ]);
    // To Colaba, some twenty kilometres away.
    expect(arrival?.meters).toBeGreaterThan(18_000);
  });

  it('is sent at most once a second: the newest, and the last one for certain', async () => {
    const where = (n: number) => ({ latitude: 19.06 - n / 1000, longitude: 72.84 });
    await tracking.isAt(ravi, where(0));
    expect(tracking.asked).toEqual([{ order: ORDER, delaySeconds: 0 }]);
    await tracking.pushesPosition();
    for (let n = 1; n <= 5; n += 1) {
      tracking.clock.advance(100);
      await tracking.isAt(ravi, where(n));
    }
    expect(tracking.asked).toHaveLength(2);
    // Too early, it asks again and sends nothing.
    await tracking.pushesPosition();
    expect(positions(kitchen)).toHaveLength(1);
    tracking.clock.advance(1_000);
    await tracking.pushesPosition();
    // Asked for again, by a message that comes twice, it has nothing to send.
    tracking.clock.advance(5_000);
    await tracking.pushesPosition();
    expect(positions(kitchen).map(({ latitude }) => latitude)).toEqual([
      where(0).latitude,
      where(5).latitude,
    ]);
    const times = tracking.sent.map(({ at }) => at);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('that is older than the known one changes nothing, and one of the future is refused', async () => {
    await tracking.isAt(ravi, JUNCTIONS.khar);
    const before = new Date(tracking.clock.now().getTime() - 5_000);
    expect(await tracking.isAt(ravi, JUNCTIONS.juhu, ORDER, before)).toEqual({ order: ORDER, taken: false });
    const later = new Date(tracking.clock.now().getTime() + 60_000);
    await expect(tracking.isAt(ravi, JUNCTIONS.juhu, ORDER, later)).rejects.toMatchObject({
      name: 'InvalidInputError',
      facts: { issues: [{ field: 'payload.at' }] },
    });
    expect(await tracking.ports.positions.find(ORDER)).toMatchObject(JUNCTIONS.khar);
  });

  it('is taken without an estimate as long as nobody knows where the order goes', async () => {
    const other = trackingInMemory();
    await other.hears(...wholeStory().slice(0, 5));
    const rider = await other.connects(RAVI, 'rider');
    expect(await other.isAt(rider, JUNCTIONS.khar)).toEqual({ order: ORDER, taken: true });
    await other.learns();
    other.clock.advance(1_000);
    expect(await other.isAt(rider, JUNCTIONS.khar)).toHaveProperty('arrival');
  });

  it('of a rider who has given the order back is not sent, nor shown', async () => {
    await tracking.isAt(ravi, JUNCTIONS.khar);
    await tracking.hears(tells.rider(RAVI, 6, 'RIDER_UNASSIGNED'), tells.rider(SURESH, 7));
    await tracking.pushesPosition();
    expect(positions(kitchen)).toEqual([]);
    expect(await tracking.subscribes(kitchen)).not.toHaveProperty('position');
  });

  it('is told of an order that nobody knows to nobody', async () => {
    await tracking.pushesPosition(orderId(9));
    expect(tracking.sent).toEqual([]);
  });
});
