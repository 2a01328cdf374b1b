import { describe, expect, it } from 'vitest';
import type { BookingId, PoolId } from '../contract.views.ts';
import { PnrTakenError } from '../domain/errors.ts';
import { openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import { pnrKey } from '../store/keys.ts';
import { settle } from '../store/settlement.ts';
import { hearPayment } from './hear-payment.ts';

describe('hearing of a payment', () => {
  it('makes a ticket, once', async () => {
    const rail = await openRail([smallPool([1])]);
    const booking = await rail.ticket([rahul]);
    expect(booking).toMatchObject({
      state: 'CONFIRMED',
      payment: { state: 'paid', id: `payment.${booking.id}` },
    });
    expect(await rail.ports.bookings.ofPnr(booking.pnr as never)).toEqual(booking);
    await rail.hear(booking.id, 'PaymentCompleted');
    await rail.hear(booking.id, 'PaymentRefused', { reason: 'late' });
    expect(await rail.booking(booking.id)).toEqual(booking);
    expect(rail.told().at(-1)).toMatchObject({ data: { kind: 'ticket' } });
  });

  it('looks at the lists for those alone who stand on one', async () => {
    const rail = await openRail([smallPool([1])]);
    const asked: string[] = [];
    const pools = {
      find: (id: PoolId) => {
        asked.push(id);
        return rail.ports.pools.find(id);
      },
    };
    const paid = async ({ id }: { id: BookingId }) => {
      await settle({ ...rail.ports, pools })(id, { status: 'completed', payment: 'p' }, 'paid');
      return (await rail.booking(id)).state;
    };
    expect(await paid(await rail.held([rahul]))).toBe('CONFIRMED');
    expect(asked).toEqual([]);
    expect(await paid(await rail.held([priya]))).toBe('WAITLISTED');
    expect(asked).toHaveLength(1);
  });

  it('gives the places of who did not pay to the next', async () => {
    const rail = await openRail([smallPool([1])]);
    const first = await rail.held([rahul]);
    const next = await rail.ticket([priya]);
    expect(next.state).toBe('WAITLISTED');
    await rail.hear(first.id, 'PaymentCompensated');
    expect(await rail.booking(first.id)).toMatchObject({ state: 'FAILED', reason: 'PaymentFailed' });
    expect(await rail.booking(next.id)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('gives back what was paid too late', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id, fare } = await rail.held([rahul]);
    await rail.cancel(id);
    await rail.hear(id, 'PaymentCompleted');
    expect(await rail.booking(id)).toMatchObject({
      ...{
        state: 'CANCELLED',
        refunds: [{ number: 1, amount: fare.total, reason: 'paid_too_late', state: 'due' }],
      },
    });
    await rail.refund(id);
    await rail.hear(id, 'RefundCompleted', { refund: `refund.1.${id}` });
    expect((await rail.booking(id)).refunds[0]).toMatchObject({ state: 'done', id: `refund.1.${id}` });
    const version = (await rail.booking(id)).version;
    await rail.hear(id, 'RefundCompleted', { refund: 'refund_9' });
    expect((await rail.booking(id)).version).toBe(version);
  });

  it('is no news where we have not started it', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id } = await rail.held([rahul]);
    await rail.hear(id, 'PaymentCompleted', { startedBy: 'service:zomato-ordering' });
    await hearPayment(rail.ports)({
      ...{ id: 'e1', type: 'paytm-saga.PaymentCompleted' },
      data: { payment: 'payment_1', reference: 'order_1', startedBy: 'service:irctc-booking' },
    } as never);
    expect((await rail.booking(id)).state).toBe('PAYMENT_PENDING');
  });

  it('draws another number where one is taken, and gives up after five', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const { id } = await rail.held([rahul]);
    await rail.put({ ...pnrKey('1000000000'), booking: 'booking_other' });
    let drawn = 0;
    const luck = { ...rail.ports, chance: () => (drawn++ < 10 ? 0 : 0.5) };
    await settle(luck)(id, { status: 'completed', payment: 'payment_1' }, 'once');
    expect((await rail.booking(id)).pnr).toBe('5555555555');
    const other = await rail.held([priya]);
    const said = { status: 'completed', payment: 'payment_2' } as const;
    await expect(settle({ ...rail.ports, chance: () => 0 })(other.id, said, 'once')).rejects.toThrow(
      PnrTakenError,
    );
    expect((await rail.booking(other.id)).state).toBe('PAYMENT_PENDING');
  });
});
