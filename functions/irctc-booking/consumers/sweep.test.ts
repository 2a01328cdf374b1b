import { describe, expect, it, vi } from 'vitest';
import { CHART, MINUTE, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';

describe('the sweep', () => {
  it('gives up what nobody paid, and its place is the next one’s', async () => {
    const rail = await openRail([smallPool([1])]);
    const first = await rail.held([rahul]);
    const next = await rail.ticket([priya]);
    rail.clock.advance(9 * MINUTE);
    await rail.sweep();
    expect((await rail.booking(first.id)).state).toBe('PAYMENT_PENDING');
    rail.clock.advance(MINUTE);
    await rail.sweep();
    expect((await rail.booking(first.id)).state).toBe('EXPIRED');
    expect((await rail.booking(next.id)).state).toBe('CONFIRMED');
  });

  it('asks first, so that whoever has paid keeps the places', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id } = await rail.held([rahul]);
    await rail.pay(id);
    rail.till.say(id, { status: 'completed', payment: `payment.${id}` });
    rail.clock.advance(11 * MINUTE);
    await rail.sweep();
    expect((await rail.booking(id)).state).toBe('CONFIRMED');
  });

  it('ends a request that nobody allocated in time', async () => {
    const rail = await openRail();
    const { id } = await rail.ask([rahul]);
    rail.clock.advance(16 * MINUTE);
    await rail.sweep();
    expect(await rail.booking(id)).toMatchObject({ state: 'FAILED', reason: 'NotAllocatedInTimeError' });
    expect((await rail.allocate(id)).state).toBe('FAILED');
  });

  it('brings home money that the queue forgot', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id } = await rail.ticket([rahul]);
    await rail.cancel(id);
    await rail.sweep();
    expect(rail.till.asked.filter((one) => one.startsWith('refund'))).toEqual([]);
    rail.till.refundsAtOnce();
    rail.clock.advance(3 * MINUTE);
    await rail.sweep();
    expect((await rail.booking(id)).refunds[0]?.state).toBe('done');
  });

  it('goes a step that no message brought', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const two = await rail.ticket([rahul, priya]);
    const waits = [await rail.ticket([rahul]), await rail.ticket([priya])];
    await rail.cancel(two.id);
    expect((await rail.pool()).dueSince).toBeDefined();
    await rail.sweep();
    expect((await rail.booking(waits[1]?.id as never)).state).toBe('CONFIRMED');
  });

  it('makes the chart when it is due', async () => {
    const rail = await openRail();
    await rail.held([rahul]);
    rail.clock.advance(Date.parse(CHART) - rail.clock.now().getTime());
    await rail.sweep();
    expect((await rail.pool()).state).not.toBe('open');
  });

  it('goes on where one cannot be done, and leaves the rest when too little time is left', async () => {
    vi.stubEnv('LOG_LEVEL', 'SILENT');
    const rail = await openRail([smallPool([1, 2])]);
    const [one, other] = [await rail.held([rahul]), await rail.held([priya])];
    await rail.pay(one.id);
    rail.till.isDown(true);
    rail.clock.advance(11 * MINUTE);
    await rail.sweep(() => 5_000);
    expect((await rail.booking(other.id)).state).toBe('PAYMENT_PENDING');
    await rail.sweep();
    expect((await rail.booking(one.id)).state).toBe('PAYMENT_PENDING');
    expect((await rail.booking(other.id)).state).toBe('EXPIRED');
    rail.till.isDown(false);
    await rail.sweep();
    expect((await rail.booking(one.id)).state).toBe('EXPIRED');
  });
});
