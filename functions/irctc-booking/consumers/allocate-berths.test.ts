import { describe, expect, it } from 'vitest';
import { asha, CHART, DATE, openRail, priya, rahul, ravi, smallPool } from '../rail.fixture.ts';
import { runKey } from '../store/keys.ts';

describe('allocating berths', () => {
  it('gives a party its places for ten minutes, and has it pay', async () => {
    const rail = await openRail([smallPool([1, 2, 4])]);
    const booking = await rail.held([rahul, { ...priya, berth: 'UB' }]);
    expect(booking).toMatchObject({
      state: 'PAYMENT_PENDING',
      attempts: 1,
      holdUntil: '2026-12-01T04:40:00.000Z',
    });
    expect((await rail.pool()).free).toHaveLength(1);
    const types = rail
      .told()
      .filter(({ subject }) => subject === booking.id)
      .map(({ type }) => type.slice(14));
    expect(types).toEqual(['BookingRequested', 'BookingMoved', 'BookingMoved', 'PaymentWanted']);
  });

  it('opens the pool with its first booking, and notes when the chart is due', async () => {
    const rail = await openRail();
    await rail.held([rahul]);
    expect((await rail.pool()).version).toBe(1);
    expect(await rail.store.get(runKey('12951', DATE))).toMatchObject({
      train: '12951',
      dueAt: `${CHART}#12951.${DATE}`,
    });
  });

  it('changes nothing when it comes again, however often it was tried', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const { id } = await rail.ask([rahul]);
    const once = await rail.allocate(id, 2);
    expect(once.attempts).toBe(2);
    expect(await rail.allocate(id, 3)).toEqual(once);
    expect((await rail.pool()).free).toHaveLength(1);
  });

  it('says why there is no room, and lets the next one in', async () => {
    const rail = await openRail([smallPool([1], { mayWait: 0 })]);
    expect(await rail.held([rahul, priya])).toMatchObject({ state: 'FAILED', reason: 'NoRoomError' });
    expect(rail.told().at(-1)).toMatchObject({ data: { kind: 'not_booked' } });
    expect(await rail.held([rahul])).toMatchObject({ state: 'PAYMENT_PENDING' });
    // Where nobody was let in, the train is not open yet.
    const none = await openRail();
    const { id } = await none.ask([rahul]);
    await none.chart();
    expect(await none.allocate(id)).toMatchObject({ state: 'FAILED', reason: 'ChartPreparedError' });
  });

  it('tries again when others are faster, and gives nobody a berth twice', async () => {
    const rail = await openRail([smallPool([1], { mayWait: 3 })]);
    const asked = [await rail.ask([rahul], { caller: asha }), await rail.ask([priya], { caller: ravi })];
    const both = await Promise.all(asked.map(({ id }) => rail.allocate(id)));
    expect(both.map(({ passengers }) => passengers[0]?.seat?.status).sort()).toEqual(['CNF', 'WL']);
  });

  it('leaves what is no question of room to whoever looks after defects', async () => {
    const rail = await openRail([smallPool([99])]);
    const { id } = await rail.ask([rahul]);
    await expect(rail.allocate(id)).rejects.toThrow(RangeError);
    expect((await rail.booking(id)).state).toBe('INITIATED');
  });
});
