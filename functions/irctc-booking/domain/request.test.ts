import { describe, expect, it } from 'vitest';
import type { BookingId } from '../contract.views.ts';
import { priya, rahul, request } from '../rail.fixture.ts';
import { trainOf } from '../train.fixture.ts';
import { BookingWindowError, LinkNeededError, TrainNotRunningError } from './errors.ts';
import { PartyTooLargeError } from './party-errors.ts';
import { requested } from './request.ts';

const NOW = new Date('2026-12-01T04:30:00.000Z');
const asked = {
  id: 'booking_1' as BookingId,
  customer: 'customer_asha',
  now: NOW,
  correlationId: 'c1',
  traceparent: 't1',
};
const ask = (over: object = {}, number = '12951', now = NOW, passengers = [rahul, priya]) =>
  requested(request(passengers, over), trainOf(number), { ...asked, now });

describe('a request', () => {
  it('becomes a booking with our fare, that has to have places within a quarter of an hour', () => {
    const booking = ask({ email: 'asha@example.in' });
    expect(booking).toMatchObject({
      ...{ version: 1, state: 'INITIATED', cls: '3A', quota: 'GN', from: 'MMCT', attempts: 0 },
      ...{
        departure: '2026-12-06T11:30:00.000Z',
        holdUntil: '2026-12-01T04:45:00.000Z',
        email: 'asha@example.in',
      },
      passengers: [{ number: 1 }, { number: 2 }],
      payment: { method: 'wallet', link: 'link_1', state: 'none' },
    });
    expect(booking.fare.total).toBeGreaterThan(0);
  });

  it('is refused where the train does not run, or has no such class or quota', () => {
    expect(() => ask({}, '16587')).toThrow(TrainNotRunningError);
    expect(() => ask({ class: 'SL' })).toThrow(TrainNotRunningError);
    expect(() => ask({ class: 'CC', quota: 'LD' }, '12002')).toThrow(TrainNotRunningError);
  });

  it('is refused before the sale opens, and from the chart on', () => {
    expect(() => ask({ quota: 'TQ' })).toThrow(BookingWindowError);
    expect(ask({ quota: 'TQ' }, '12951', new Date('2026-12-05T04:30:00.000Z')).quota).toBe('TQ');
    expect(() => ask({}, '12951', new Date('2026-12-06T01:30:00.000Z'))).toThrow(BookingWindowError);
  });

  it('is refused for a party that may not travel so, and where a wallet is not linked', () => {
    const five = Array.from({ length: 5 }, () => rahul);
    expect(() => ask({ quota: 'TQ' }, '12951', new Date('2026-12-05T04:30:00.000Z'), five)).toThrow(
      PartyTooLargeError,
    );
    expect(() => ask({ payment: { method: 'wallet' } })).toThrow(LinkNeededError);
    expect(() => ask({ payment: { method: 'upi_qr' } })).toThrow(LinkNeededError);
    const payment = { method: 'upi_qr', link: 'link_1' };
    expect(ask({ payment }).payment).toEqual({ ...payment, state: 'none' });
  });
});
