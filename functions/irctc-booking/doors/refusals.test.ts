import { beforeEach, describe, expect, it } from 'vitest';
import { prepareChart } from '../consumers/prepare-chart.ts';
import { sweep } from '../consumers/sweep.ts';
import type { BookingId } from '../contract.ts';
import { ask, customer, DATE, type OpenRail, openRail, RAJDHANI } from '../doors.fixture.ts';
import { settle } from '../store/settlement.ts';
import { cancelBooking } from './cancel-booking.ts';

let rail: OpenRail;
beforeEach(async () => {
  rail = await openRail();
});
const RAHUL = customer('rahul');
const cancel = (bookingId: BookingId, idempotencyKey: string, passengers?: number[]) =>
  cancelBooking(rail.ports)({
    ...{ path: { bookingId }, caller: RAHUL, idempotencyKey },
    body: (passengers ? { passengers } : {}) as never,
  });

describe('a request', () => {
  const child = { name: 'Chhotu', age: 7, gender: 'M', withoutBerth: true };
  it.each([
    ['a wallet that nobody has linked', { payment: { method: 'wallet' } }, 'LinkNeededError'],
    ['a code that nobody may be asked to scan', { payment: { method: 'upi_qr' } }, 'LinkNeededError'],
    ['a day without the train', { train: '16587' }, 'TrainNotRunningError'],
    ['a class that the train has not', { class: 'SL' }, 'TrainNotRunningError'],
    ['a train that nobody knows', { train: '99999' }, 'NotFoundError'],
    ['a day whose sale has not opened', { date: '2027-02-01' }, 'BookingWindowError'],
    ['a day that is past', { date: '2026-11-28' }, 'BookingWindowError'],
    ['nobody who needs a berth', { passengers: [child] }, 'PartyWithoutBerthError'],
    ['a man in the ladies quota', { class: '3A', quota: 'LD' }, 'QuotaNotAllowedError'],
    [
      'three in the quota of seniors',
      {
        quota: 'SS',
        passengers: Array.from({ length: 3 }, () => ({ ...child, age: 70, withoutBerth: false })),
      },
      'PartyTooLargeError',
    ],
  ])('for %s is refused, and nothing is written', async (_, over, error) => {
    const before = rail.store.all();
    await expect(rail.request(ask(1, over))).rejects.toThrow(error);
    expect(rail.store.all()).toEqual(before);
  });

  it('is refused with TooManyInFlightError while two of the same customer are under way, and not after that', async () => {
    const first = await rail.hold(ask(), RAHUL);
    await rail.request(ask(), RAHUL);
    await expect(rail.request(ask(), RAHUL)).rejects.toThrow('TooManyInFlightError');
    await rail.request(ask(), customer('priya'));
    await rail.pay(first.id);
    expect(await rail.request(ask(), RAHUL)).toMatchObject({ state: 'INITIATED' });
  });

  it('that nobody allocates comes to nothing by NotAllocatedInTimeError, and another one can be made', async () => {
    const { id } = await rail.request(ask(), RAHUL);
    rail.clock.advance(15 * 60_000);
    await sweep({ ...rail.ports, cashier: {} as never })(
      { sweep: 'bookings' },
      { remainingMs: () => 30_000 },
    );
    expect(await rail.see(id)).toMatchObject({ state: 'FAILED', reason: 'NotAllocatedInTimeError' });
  });
});

describe('a PNR', () => {
  it('that is taken is drawn again, and after five times it is PnrTakenError', async () => {
    const [one, two, three] = await Promise.all([rail.hold(), rail.hold(), rail.hold()]);
    const done = { status: 'completed', payment: 'p' } as const;
    let draws = 0;
    const ports = (fresh: number) => ({
      ...rail.ports,
      chance: () => {
        draws += 1;
        return draws > fresh * 10 ? 0.5 : 0;
      },
    });
    await settle(ports(1))(one.id, done, 'paid');
    draws = 0;
    await settle(ports(1))(two.id, done, 'paid');
    expect([(await rail.see(one.id)).pnr, (await rail.see(two.id)).pnr]).toEqual([
      '1000000000',
      '5555555555',
    ]);
    draws = 0;
    await expect(settle(ports(9))(three.id, done, 'paid')).rejects.toThrow('PnrTakenError');
    expect(await rail.see(three.id)).toMatchObject({ state: 'PAYMENT_PENDING' });
  });
});

describe('a cancellation', () => {
  it('is refused with BookingNotCancellableError once it has ended, or of who is not on it', async () => {
    const { id } = await rail.book(ask(2), RAHUL);
    await expect(cancel(id, 'k1', [3])).rejects.toThrow('BookingNotCancellableError');
    await cancel(id, 'k2', [2]);
    await expect(cancel(id, 'k3', [2])).rejects.toThrow('BookingNotCancellableError');
    expect((await cancel(id, 'k4')).body).toMatchObject({ state: 'CANCELLED', passengers: [1] });
    await expect(cancel(id, 'k5')).rejects.toThrow('BookingNotCancellableError');
  });

  it('is refused with ChartPreparedError once the chart is made', async () => {
    const { id } = await rail.book(ask(), RAHUL);
    await prepareChart(rail.ports)({ data: { train: RAJDHANI, date: DATE } });
    await expect(cancel(id, 'k1')).rejects.toThrow('ChartPreparedError');
    expect(await rail.see(id)).toMatchObject({ state: 'CONFIRMED' });
  });

  it('of somebody else’s booking is 404, and changes nothing', async () => {
    const { id } = await rail.book(ask());
    await expect(cancel(id, 'k1')).rejects.toThrow('NotFoundError');
    expect(await rail.see(id)).toMatchObject({ state: 'CONFIRMED' });
  });
});
