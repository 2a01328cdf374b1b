import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BookingId, type JourneyDate, TrainNumber } from '../../../functions/irctc-booking/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { bookingIn, traveller } from '../../story/irctc-booking.ts';
import { dayFromNow, publishSpecial, specialNumber } from '../../story/trains.ts';
import { openCity } from '../city.ts';
import { leaksAside, leaksIn, leaksInLogs, leaksInTraces } from '../leaks.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';

const { cast, city, run, stage } = openCity();
const queues = queuesOf(city);
const PARKING = 'irctc-booking-parking';

const forbidden = new Map([
  ['a name', 'Zubeida Phantasmagoria'],
  ['a phone', '9876501235'],
  ['an address', 'zubeida@phantasmagoria.example'],
]);
const said = (what: string) => forbidden.get(what) ?? '';

describe('after the journey of a person', () => {
  let booking: BookingId;

  beforeAll(async () => {
    const train = await publishSpecial(stage, { number: specialNumber(run.slice(2).padEnd(6, '7')) });
    const who = await traveller(stage, run, await cast.person('zubeida', { wallet: 9_000 }));
    const body = {
      ...{ train, date: dayFromNow(8) as JourneyDate, class: '3A' as const, quota: 'GN' as const },
      passengers: [{ name: said('a name'), age: 32, gender: 'F' as const }],
      ...{ phone: `+91${said('a phone')}` as never, email: said('an address') },
      payment: { method: 'wallet' as const, link: who.link },
    };
    // Booked, looked up by its phone, given back, refused at the door: each way has lines of its own.
    booking = (await who.doors.requestBooking({ idempotencyKey: run, body })).body.id;
    const ticket = await bookingIn(who, booking, 'CONFIRMED');
    await who.doors.getPnr({ path: { pnr: ticket.pnr as never }, query: { phone: body.phone } });
    await who.doors.cancelBooking({ path: { bookingId: booking }, idempotencyKey: run, body: {} });
    const unknown = { ...body, train: TrainNumber.parse('09999') };
    const refused = who.doors.requestBooking({ idempotencyKey: `${run}.no`, body: unknown });
    await expect(refused).rejects.toMatchObject({ status: 404 });
    await waitFor(
      async () => {
        const { body: notices } = await who.doors.listNotices({ path: { bookingId: booking }, query: {} });
        return notices.items.filter(({ kind }) => kind === 'refunded').length === 2;
      },
      { what: 'both notices that the money is back', timeoutMs: 100_000 },
    );
    // What is parked is the message, which says whose it is by an id.
    const wrong = {
      id: `${run}.wrong`,
      type: 'irctc-booking.NoticeWanted',
      data: { booking, kind: 'tiket' },
    };
    await queues.send('irctc-booking-send-email', wrong);
    await waitFor(async () => (await queues.look(PARKING)).some((message) => message.includes(wrong.id)), {
      what: 'the notice with a wrong word to be parked',
    });
  });
  afterAll(() => queues.parked(PARKING, `${run}.wrong`));

  it('no log line holds name, phone or address', async () => {
    const { looked, leaks } = await leaksInLogs(city, forbidden);
    expect(looked).toBeGreaterThan(100);
    expect(leaks).toEqual([]);
  });

  it('no item of a trace does', async () => {
    expect((await leaksInTraces(city, forbidden)).leaks).toEqual([]);
  });

  it('no event does', async () => {
    const rows = await tableOf(city, 'irctc-booking', 'BookingsName').outboxOf(booking);
    expect(rows.length).toBeGreaterThan(8);
    expect(leaksIn(JSON.stringify(rows), forbidden)).toEqual([]);
  });

  it('no notice that is kept shows where it went', async () => {
    const rows = await tableOf(city, 'irctc-booking', 'NoticesName').under(`BOOKING#${booking}`);
    expect(rows.length).toBeGreaterThan(4);
    expect(leaksIn(JSON.stringify(rows), forbidden)).toEqual([]);
  });

  it('no parked message and no dead letter does', async () => {
    const { queues: looked, leaks } = await leaksAside(city, forbidden);
    expect(looked).toContain(PARKING);
    expect(leaks).toEqual([]);
  });
});
