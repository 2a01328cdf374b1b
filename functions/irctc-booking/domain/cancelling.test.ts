import { describe, expect, it } from 'vitest';
import { child, HOUR, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import type { Booking } from './booking.ts';
import { cancelling } from './cancelling.ts';
import { BookingNotCancellableError } from './errors.ts';
import { dividedOf } from './refund-due.ts';

const ticket = async (passengers = [rahul, priya]): Promise<Booking> =>
  (await openRail([smallPool([1, 2])])).ticket(passengers);
const early = new Date('2026-12-01T05:00:00.000Z');
const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

describe('who is taken off', () => {
  it('is all of it, and the fares are divided', async () => {
    const booking = await ticket();
    const { of, refund, kept, after } = cancelling(booking, undefined, early);
    expect([of, after.state]).toEqual([[1, 2], 'CANCELLED']);
    expect(refund + kept).toBe(sum(booking.fare.passengers.map(({ total }) => total)));
    expect(after.refunds).toMatchObject([{ amount: refund, reason: 'cancelled' }]);
  });

  it('is who was named, and the children when nobody is left who has a berth', async () => {
    const booking = await ticket([rahul, priya, child]);
    expect(cancelling(booking, [1], early)).toMatchObject({ of: [1], after: { state: 'CONFIRMED' } });
    expect(cancelling(booking, [1, 2], early)).toMatchObject({
      of: [1, 2, 3],
      after: { state: 'CANCELLED' },
    });
  });

  it('is nobody who is off it already, and nobody once it is over', async () => {
    const { after } = cancelling(await ticket(), [1], early);
    expect(() => cancelling(after, [1], early)).toThrow(BookingNotCancellableError);
    const over = cancelling(after, undefined, early).after;
    expect(() => cancelling(over, undefined, early)).toThrow(BookingNotCancellableError);
    expect(() => cancelling(over, [2], early)).toThrow(BookingNotCancellableError);
  });

  it('is all or nobody before it is paid, and nothing goes back', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const booking = await rail.held([rahul, priya]);
    expect(() => cancelling(booking, [1], early)).toThrow(BookingNotCancellableError);
    expect(cancelling(booking, undefined, early)).toMatchObject({
      refund: 0,
      kept: 0,
      after: { state: 'CANCELLED', refunds: [] },
    });
  });
});

describe('what goes back', () => {
  const late = (booking: Booking) => new Date(Date.parse(booking.departure) - HOUR);

  it('is the less the later', async () => {
    const booking = await ticket([rahul]);
    const { refund } = dividedOf(booking, [1], { now: early });
    expect(refund).toBeGreaterThan(0);
    expect(dividedOf(booking, [1], { now: late(booking) })).toEqual({
      refund: 0,
      kept: booking.fare.passengers[0]?.total,
    });
  });

  it('is for a child what the best of them has', async () => {
    const booking = await ticket([rahul, child]);
    const [own, half] = booking.fare.passengers;
    const { refund, kept } = dividedOf(booking, [1, 2], { now: early });
    expect(refund + kept).toBe((own?.total ?? 0) + (half?.total ?? 0));
    // Alone it goes by what the others have, who stay.
    const alone = dividedOf(booking, [2], { now: early });
    expect(alone.refund + alone.kept).toBe(half?.total);
    expect(dividedOf(booking, [9], { now: early })).toEqual({ refund: 0, kept: 0 });
  });

  it('is all but the clerkage for whom the chart drops', async () => {
    const rail = await openRail([smallPool([])]);
    const booking = await rail.ticket([rahul]);
    const { kept } = dividedOf(booking, [1], { now: late(booking), reason: 'charted' });
    expect(kept).toBe(6_300);
  });
});
