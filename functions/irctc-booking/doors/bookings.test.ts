import { beforeEach, describe, expect, it } from 'vitest';
import { BookingId, PnrNumber } from '../contract.ts';
import { ask, customer, type OpenRail, openRail, operator, PHONE } from '../doors.fixture.ts';
import { cancelBooking } from './cancel-booking.ts';
import { getPnr } from './get-pnr.ts';
import { listBookings } from './list-bookings.ts';

let rail: OpenRail;
beforeEach(async () => {
  rail = await openRail();
});
const RAHUL = customer('rahul');
const STRANGER = customer('stranger');

describe('a booking', () => {
  it('is seen by whoever made it and by operators, and is 404 for everybody else, as one that is not', async () => {
    const { id } = await rail.book(ask(), RAHUL);
    expect(await rail.get(id, RAHUL)).toMatchObject({ id, state: 'CONFIRMED', passengers: [{ now: 'CNF' }] });
    expect(await rail.get(id, operator)).toMatchObject({ id });
    const refused = await rail.get(id, STRANGER).catch((error: unknown) => error);
    const none = BookingId.parse('booking_none');
    const missing = await rail.get(none, STRANGER).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'NotFoundError', facts: { what: 'booking', id } });
    expect(missing).toMatchObject({ name: 'NotFoundError', facts: { what: 'booking', id: none } });
  });

  it('shows where its passengers stand now, beside what was sold to them', async () => {
    for (const size of [6, 6, 6, 6, 6, 1]) await rail.book(ask(size));
    const first = await rail.book(ask(1), RAHUL);
    const second = await rail.book(ask(1), RAHUL);
    const body = { passengers: [1] } as never;
    const path = { bookingId: first.id };
    await cancelBooking(rail.ports)({ path, body, caller: RAHUL, idempotencyKey: 'k' });
    expect((await rail.get(second.id, RAHUL)).passengers).toMatchObject([
      { booked: 'RAC 2', now: 'RAC 1', coach: 'A1', kind: 'SL' },
    ]);
    expect((await rail.get(first.id, RAHUL)).passengers).toMatchObject([{ booked: 'RAC 1', now: 'CAN' }]);
  });
});

describe('a list of bookings', () => {
  it('is the caller’s own, newest first, page by page', async () => {
    const ids: string[] = [];
    for (const size of [1, 2, 3]) {
      ids.unshift((await rail.book(ask(size), RAHUL)).id);
      rail.clock.advance(1_000);
    }
    await rail.book(ask(), STRANGER);
    const list = async (query: object = {}) =>
      (await listBookings(rail.ports)({ query: { limit: 2, ...query }, caller: RAHUL })).body;
    const first = await list();
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.items[0]).toMatchObject({
      passengers: 3,
      state: 'CONFIRMED',
      pnr: expect.stringMatching(/^\d{10}$/),
    });
    expect(first.items[0]).not.toHaveProperty('phone');
    const second = await list({ cursor: first.next });
    expect(second).toEqual({ items: [expect.objectContaining({ id: ids[2] })] });
    await expect(
      listBookings(rail.ports)({ query: { limit: 2, cursor: first.next as never }, caller: STRANGER }),
    ).rejects.toThrow('InvalidInputError');
  });
});

describe('a PNR', () => {
  const look = (
    pnr: string,
    { caller = STRANGER, phone }: { caller?: typeof STRANGER; phone?: string } = {},
  ) =>
    getPnr(rail.ports)({
      path: { pnr: PnrNumber.parse(pnr) },
      query: (phone === undefined ? {} : { phone }) as never,
      caller,
    });

  it('stands as whoever booked, or names the phone number, may know: without who travels', async () => {
    const { pnr = '' } = await rail.book(ask(2), RAHUL);
    const { body } = await look(pnr, { caller: RAHUL });
    expect(body).toMatchObject({ pnr, state: 'CONFIRMED', charted: false, class: '2A' });
    expect(body.passengers).toMatchObject([{ booked: 'CNF', now: 'CNF', coach: 'A1' }, { number: 2 }]);
    expect(JSON.stringify(body)).not.toMatch(/Rahul|"age"|"gender"/);
    expect((await look(pnr, { phone: PHONE })).body).toEqual(body);
  });

  it('is for everybody else as one that does not exist: the same words, after as many reads', async () => {
    const { pnr = '' } = await rail.book(ask(), RAHUL);
    const nobodys = pnr === '9999999999' ? '9999999998' : '9999999999';
    const reads: string[][] = [];
    const tries = [
      { pnr },
      { pnr, phone: '+919999999999' },
      { pnr, caller: operator },
      { pnr: nobodys },
      { pnr: nobodys, phone: PHONE },
    ];
    for (const { pnr: number, ...by } of tries) {
      const asked: string[] = [];
      const { get } = rail.store;
      rail.store.get = (key) => {
        asked.push(key.sk);
        return get(key);
      };
      const refused = await look(number, by).catch((error: unknown) => error);
      rail.store.get = get;
      expect(refused).toMatchObject({ name: 'NotFoundError', facts: { what: 'pnr', id: number } });
      reads.push(asked);
    }
    expect(new Set(reads.map((each) => each.join()))).toEqual(new Set(['PNR,BOOKING']));
  });
});
