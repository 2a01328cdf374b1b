import { describe, expect, it } from 'vitest';
import { IdempotencyKeyReusedError, NotFoundError } from '../../../shared/errors/index.ts';
import { TooManyInFlightError } from '../domain/errors.ts';
import { asha, CALL, openRail, priya, rahul, ravi, request, smallPool } from '../rail.fixture.ts';
import { requestBooking } from './request-booking.ts';

describe('asking for places', () => {
  it('is under way, in the line of its train, day and class', async () => {
    const rail = await openRail([smallPool([1])]);
    const call = { body: request([rahul]), caller: asha, idempotencyKey: 'k1' };
    const answer = await requestBooking(rail.ports)(call, CALL);
    expect(answer).toMatchObject({ status: 202, body: { state: 'INITIATED' } });
    expect(answer.headers.Location).toBe(`bookings/${answer.body.id}`);
    expect(rail.told()).toMatchObject([
      { type: 'irctc-booking.BookingRequested', partitionkey: '12951.2026-12-06.3A' },
      { type: 'irctc-booking.BookingMoved', data: { state: 'INITIATED' } },
    ]);
  });

  it('is the same booking with the same key, as it is then', async () => {
    const rail = await openRail([smallPool([1])]);
    const first = await rail.ask([rahul], { key: 'k1' });
    await rail.allocate(first.id);
    expect(await rail.ask([rahul], { key: 'k1' })).toMatchObject({ id: first.id, state: 'PAYMENT_PENDING' });
    await expect(rail.ask([priya], { key: 'k1' })).rejects.toThrow(IdempotencyKeyReusedError);
    const both = await Promise.all([rail.ask([priya], { key: 'k2' }), rail.ask([priya], { key: 'k2' })]);
    expect(both[0]?.id).toBe(both[1]?.id);
  });

  it('is for two at once, until one of them is done', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const [first] = [await rail.ask([rahul]), await rail.ask([priya])];
    await expect(rail.ask([rahul])).rejects.toThrow(TooManyInFlightError);
    await rail.ask([rahul], { caller: ravi });
    await rail.allocate(first.id);
    await expect(rail.ask([rahul])).rejects.toThrow(TooManyInFlightError);
    await rail.hear(first.id, 'PaymentCompleted');
    expect((await rail.ask([rahul])).state).toBe('INITIATED');
  });

  it('is about a train that there is', async () => {
    const rail = await openRail();
    await expect(rail.ask([rahul], { train: '99999' })).rejects.toThrow(NotFoundError);
  });
});
