import { describe, expect, it } from 'vitest';
import type { PnrNumber } from '../contract.codes.ts';
import { BookingState, Mover, type RacSeat, type Seat } from '../contract.views.ts';
import { child, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import {
  type Booking,
  cancelled,
  claimants,
  dropped,
  expired,
  failed,
  held,
  paid,
  paidTooLate,
  promoted,
  refunded,
  seatsOf,
  ticketState,
  WAYS,
} from './booking.ts';
import { withRefundAsked, withRefundDone } from './refunding.ts';

const AT = '2026-12-01T05:00:00.000Z';
const CNF = { status: 'CNF', berth: 'B1-1' } as Seat;
const RAC = { status: 'RAC', seat: 'B1-7a' as RacSeat, number: 1 } as const;
const WL = { status: 'WL', number: 1 } as const;
const payment = { payment: 'payment_1', pnr: '8123456789' as PnrNumber, at: AT };

const asked = async (passengers = [rahul, priya]): Promise<Booking> => {
  const rail = await openRail([smallPool([])]);
  return rail.booking((await rail.ask(passengers)).id);
};
const holding = async (...seats: readonly Seat[]): Promise<Booking> =>
  held(await asked(), { seats, holdUntil: '2026-12-01T05:10:00.000Z', at: AT });
const ticket = async (...seats: readonly Seat[]): Promise<Booking> => paid(await holding(...seats), payment);

describe('a booking', () => {
  it('goes only the ways of the table, each by whoever may', async () => {
    const one = await asked();
    const goes: { readonly [to: string]: (from: Booking, by: Mover) => Booking } = {
      FAILED: (from, by) => failed(from, 'NoRoomError', { by, at: AT }),
      CONFIRMED: (from, by) => promoted(from, [{ booking: one.id, passenger: 1, to: CNF }], { by, at: AT }),
      EXPIRED: (from) => expired(from, AT),
    };
    for (const state of BookingState.options)
      for (const by of Mover.options) {
        const way = WAYS.FAILED;
        const go = () => goes.FAILED?.({ ...one, state }, by);
        if (way.from.includes(state) && way.by.includes(by)) expect(go()?.state).toBe('FAILED');
        else expect(go).toThrow(`no way from ${state} to FAILED by ${by}`);
      }
    expect(() => goes.EXPIRED?.({ ...one, state: 'CONFIRMED' }, 'clock')).toThrow(TypeError);
    expect(goes.CONFIRMED?.({ ...one, state: 'RAC' }, 'promotion')).toMatchObject({
      state: 'CONFIRMED',
      version: 2,
    });
  });

  it('has places for whoever needs a berth, in the order of the party', async () => {
    const before = await asked([child, rahul, priya]);
    expect(claimants(before).map(({ number }) => number)).toEqual([2, 3]);
    const after = held(before, { seats: [CNF, WL], holdUntil: AT, at: AT });
    expect(after).toMatchObject({ state: 'PAYMENT_PENDING', payment: { state: 'pending' }, version: 2 });
    expect(after.passengers.map(({ booked, seat }) => [booked, seat])).toEqual([
      [undefined, undefined],
      [CNF, CNF],
      [WL, WL],
    ]);
    expect(seatsOf(after, [3])).toEqual([{ booking: before.id, passenger: 3, seat: WL }]);
    expect(seatsOf(after)).toHaveLength(2);
  });

  it('is what the least of its passengers has', async () => {
    expect(ticketState(await holding(CNF, WL))).toBe('WAITLISTED');
    expect(ticketState(await holding(CNF, RAC))).toBe('RAC');
    expect(ticketState(await holding(CNF, CNF))).toBe('CONFIRMED');
  });

  it('keeps what was sold when its places are gone', async () => {
    const approval = { link: 'https://pay', expiresAt: AT };
    const before = await holding(CNF, WL);
    const after = expired({ ...before, payment: { ...before.payment, approval } }, AT);
    expect(after.state).toBe('EXPIRED');
    expect(after.passengers.map(({ booked, seat }) => [booked, seat])).toEqual([
      [CNF, undefined],
      [WL, undefined],
    ]);
    expect(after.payment).not.toHaveProperty('approval');
  });

  it('gives all back that was paid too late', async () => {
    const before = expired(await holding(CNF, CNF), AT);
    const after = paidTooLate(before, 'payment_1', AT);
    expect(after).toMatchObject({ state: 'EXPIRED', payment: { id: 'payment_1', state: 'paid' } });
    expect(after.refunds).toEqual([
      { number: 1, amount: before.fare.total, reason: 'paid_too_late', state: 'due', at: AT },
    ]);
    expect(refunded(after)).toBe(before.fare.total);
    expect(after.version).toBe(before.version + 1);
  });

  it('moves when it has something better, and only if it is paid', async () => {
    const to = { booking: (await asked()).id, passenger: 2, to: CNF };
    const by = { by: 'promotion', at: AT } as const;
    expect(promoted(await ticket(CNF, RAC), [to], by).moves.at(-1)).toEqual({
      to: 'CONFIRMED',
      by: 'promotion',
      at: AT,
    });
    expect(promoted(await ticket(WL, WL), [to], by)).toMatchObject({ state: 'WAITLISTED', version: 4 });
    expect(promoted(await holding(CNF, RAC), [to], by)).toMatchObject({
      state: 'PAYMENT_PENDING',
      version: 3,
    });
  });

  it('is over when its last passenger is off it', async () => {
    const one = cancelled(await ticket(CNF, RAC), { of: [2], refund: 100 as never, at: AT });
    expect(one).toMatchObject({
      state: 'CONFIRMED',
      refunds: [{ number: 1, amount: 100, reason: 'cancelled' }],
    });
    expect(one.passengers[1]).toMatchObject({ booked: RAC, cancelledAt: AT });
    const both = cancelled(one, { of: [1], refund: 0 as never, at: AT });
    expect(both).toMatchObject({ state: 'CANCELLED', refunds: [{ number: 1 }] });
  });
});

describe('who waits when the chart is made', () => {
  it('is off, with the money', async () => {
    const after = dropped(await ticket(WL, WL), { refund: 500 as never, at: AT });
    expect(after).toMatchObject({ state: 'CANCELLED', refunds: [{ amount: 500, reason: 'charted' }] });
    expect(dropped(await ticket(WL, WL), { refund: 0 as never, at: AT }).refunds).toEqual([]);
  });

  it('travels with whoever of the party has a place', async () => {
    const after = dropped(await ticket(CNF, WL), { refund: 500 as never, at: AT });
    expect(after).toMatchObject({ state: 'CONFIRMED', refunds: [] });
    expect(after.moves.at(-1)?.by).toBe('chart');
    expect(after.passengers.map(({ seat }) => seat)).toEqual([CNF, undefined]);
  });

  it('has nothing that could be paid', async () => {
    expect(dropped(await holding(WL, WL), { refund: 0 as never, at: AT })).toMatchObject({
      ...{ state: 'FAILED', reason: 'ChartPreparedError' },
    });
  });
});

describe('a refund', () => {
  it('is asked for once, and arrives once', async () => {
    const before = paidTooLate(expired(await holding(CNF, CNF), AT), 'payment_1', AT);
    const known = withRefundAsked(before, 1, 'refund_1') as Booking;
    expect(known.refunds[0]).toMatchObject({ id: 'refund_1', state: 'due' });
    expect(withRefundAsked(known, 1, 'refund_1')).toBeUndefined();
    expect(withRefundAsked(before, 2, 'refund_2')).toBeUndefined();
    const done = withRefundDone(known, 'refund_1') as Booking;
    expect(done.refunds[0]?.state).toBe('done');
    expect(withRefundDone(done, 'refund_1')).toBeUndefined();
    expect(withRefundDone(before, 'refund_1')).toBeUndefined();
  });

  it('leaves the others as they are', async () => {
    const two = cancelled(cancelled(await ticket(CNF, CNF), { of: [1], refund: 1 as never, at: AT }), {
      of: [2],
      refund: 2 as never,
      at: AT,
    });
    const asked = withRefundAsked(two, 2, 'refund_2') as Booking;
    expect(asked.refunds.map(({ id }) => id)).toEqual([undefined, 'refund_2']);
    expect(withRefundDone(asked, 'refund_2')?.refunds.map(({ state }) => state)).toEqual(['due', 'done']);
  });
});
