import { describe, expect, it } from 'vitest';
import { BookingView } from '../contract.views.ts';
import { child, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import { bookingView, pnrView } from './view.ts';

describe('a booking as its customer sees it', () => {
  it('says where each stands on the list now, beside what was sold', async () => {
    const rail = await openRail([smallPool([1], { shared: [7] })]);
    const first = await rail.ticket([rahul]);
    const two = await rail.ticket([priya, { ...rahul, berth: 'LB' }]);
    const last = await rail.ticket([priya, child]);
    const texts = async (id: typeof last.id) =>
      bookingView(await rail.booking(id), await rail.pool()).passengers.map(({ booked, now, berth }) => [
        booked,
        now,
        berth,
      ]);
    expect(await texts(first.id)).toEqual([['CNF', 'CNF', 1]]);
    expect(await texts(two.id)).toEqual([
      ['RAC 1', 'RAC 1', 7],
      ['RAC 2', 'RAC 2', 7],
    ]);
    expect(await texts(last.id)).toEqual([
      ['GNWL 1', 'GNWL 1', undefined],
      [undefined, 'NB', undefined],
    ]);
    await rail.cancel(first.id);
    expect(await texts(first.id)).toEqual([['CNF', 'CAN', undefined]]);
    expect(await texts(two.id)).toEqual([
      ['RAC 1', 'CNF', 1],
      ['RAC 2', 'RAC 1', 7],
    ]);
    expect(await texts(last.id)).toEqual([
      ['GNWL 1', 'RAC 2', 7],
      [undefined, 'NB', undefined],
    ]);
    // Without the pool the numbers are those that were given.
    expect(bookingView(await rail.booking(last.id)).passengers[0]?.now).toBe('RAC 3');
  });

  it('keeps consents to itself, and tells of the hold only while it is one', async () => {
    const rail = await openRail([smallPool([1])]);
    const held = await rail.held([{ ...rahul, berth: 'LB' }]);
    const view = bookingView(held);
    expect(BookingView.parse(view)).toEqual(view);
    expect(view.payment).toEqual({ method: 'wallet', state: 'pending', holdUntil: held.holdUntil });
    expect(view.passengers[0]?.wish).toBe('LB');
    expect(view).not.toHaveProperty('pnr');
    await rail.pay(held.id);
    await rail.hear(held.id, 'PaymentCompleted');
    await rail.cancel(held.id);
    await rail.refund(held.id);
    const ended = bookingView(await rail.booking(held.id));
    expect(ended.pnr).toMatch(/^\d{10}$/);
    expect(ended.payment).not.toHaveProperty('holdUntil');
    expect(ended.refunds).toMatchObject([{ number: 1, state: 'due' }]);
    expect(ended.refunds[0]).not.toHaveProperty('id');
  });

  it('says why it came to nothing', async () => {
    const rail = await openRail([smallPool([], { mayWait: 0 })]);
    expect(bookingView(await rail.held([rahul]))).toMatchObject({ state: 'FAILED', reason: 'NoRoomError' });
  });
});

describe('a PNR as whoever has it sees it', () => {
  it('has no names and no ages', async () => {
    const rail = await openRail([smallPool([1])]);
    const booking = await rail.ticket([{ ...rahul, berth: 'LB' }]);
    const view = pnrView(booking, await rail.pool());
    expect(view).toMatchObject({ pnr: booking.pnr, state: 'CONFIRMED', charted: false });
    expect(view?.passengers).toEqual([
      { number: 1, booked: 'CNF', now: 'CNF', coach: 'B1', berth: 1, kind: 'LB' },
    ]);
    expect(pnrView(booking, { ...(await rail.pool()), state: 'charted' })?.charted).toBe(true);
    expect(pnrView(await rail.held([priya]))).toBeUndefined();
  });
});
