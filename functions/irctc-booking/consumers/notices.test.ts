import { beforeEach, describe, expect, it } from 'vitest';
import type { BookingId } from '../contract.ts';
import { type BookingState, NoticeKind } from '../contract.ts';
import { aboutOf } from '../domain/noticing.ts';
import { cancelBooking } from '../doors/cancel-booking.ts';
import { listNotices } from '../doors/list-notices.ts';
import { ask, customer, type OpenRail, openRail, operator } from '../doors.fixture.ts';
import { noticeWords } from '../messages.notices.ts';
import { sendEmail } from './send-email.ts';
import { sendSms } from './send-sms.ts';

let rail: OpenRail;
beforeEach(async () => {
  rail = await openRail();
});
const RAHUL = customer('rahul');
const wanted = (booking: BookingId, kind: NoticeKind = 'ticket', id = 'e1') => ({
  ...{ id, time: '2026-11-29T04:00:00.000Z', data: { booking, kind } },
});
const list = async (bookingId: BookingId, caller = RAHUL, query: object = {}) =>
  (await listNotices(rail.ports)({ path: { bookingId }, query: { limit: 20, ...query }, caller })).body;

describe('a notice', () => {
  it('goes to phone and mailbox, each once, however often it is delivered', async () => {
    const { id, pnr } = await rail.book(ask(1, { email: 'rahul@example.in' }), RAHUL);
    for (const send of [sendSms, sendSms, sendEmail, sendEmail]) await send(rail.ports)(wanted(id));
    const { items } = await list(id);
    expect(items.map(({ channel }) => channel)).toEqual(['email', 'sms']);
    const [email, sms] = items;
    expect(sms).toMatchObject({
      ...{ event: 'e1', kind: 'ticket', to: '***' },
      en: { body: expect.stringMatching(`^PNR ${pnr}, 12951, 05-12-2026, 2A: CNF A1-\\d+\\. Fare ₹`) },
      hi: { body: expect.stringMatching(`^PNR ${pnr}.*किराया ₹`) },
    });
    expect(sms?.en).not.toHaveProperty('subject');
    expect(email).toMatchObject({ to: '***', en: { subject: `Your ticket, PNR ${pnr}` } });
    expect(JSON.stringify(rail.sink.all())).not.toMatch(/Rahul|98765|example\.in/);
  });

  it('goes to no mailbox where none was named', async () => {
    const { id } = await rail.book(ask(), RAHUL);
    await sendEmail(rail.ports)(wanted(id));
    expect(rail.sink.all()).toEqual([]);
  });

  it('of a booking that is not there is parked by its error', async () => {
    await expect(sendSms(rail.ports)(wanted('booking_none' as BookingId))).rejects.toThrow('NotFoundError');
  });

  it('is another one when something else happens, and they are read page by page in that order', async () => {
    const { id } = await rail.book(ask(2), RAHUL);
    await sendSms(rail.ports)(wanted(id));
    const body = { passengers: [2] } as never;
    const { body: cancellation } = await cancelBooking(rail.ports)({
      ...{ path: { bookingId: id }, body, caller: RAHUL, idempotencyKey: 'k' },
    });
    const later = { ...wanted(id, 'cancelled', 'e0'), time: '2026-11-29T04:00:01.000Z' };
    await sendSms(rail.ports)(later);
    const first = await list(id, RAHUL, { limit: 1 });
    expect(first.items).toMatchObject([{ kind: 'ticket' }]);
    const { items } = await list(id, RAHUL, { cursor: first.next });
    const refund = Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' }).format(
      cancellation.refund / 100,
    );
    expect(items).toMatchObject([{ kind: 'cancelled', at: later.time }]);
    expect(items[0]?.en.body).toContain('cancelled in part, left: CNF A1-');
    expect(items[0]?.en.body).toContain(`Refund ${refund}.`);
  });

  it('is read by whoever booked and by operators, and is 404 for everybody else', async () => {
    const { id } = await rail.book(ask(), RAHUL);
    expect(await list(id, operator)).toEqual({ items: [] });
    await expect(list(id, customer('stranger'))).rejects.toThrow('NotFoundError');
    await expect(list('booking_none' as BookingId)).rejects.toThrow('NotFoundError');
  });

  it('whose write fails otherwise comes again', async () => {
    const { id } = await rail.book(ask(), RAHUL);
    rail.sink.transact = async () => {
      throw new Error('out of reach');
    };
    await expect(sendSms(rail.ports)(wanted(id))).rejects.toThrow('out of reach');
  });
});

describe('the words of notices', () => {
  const about = {
    ...{ booking: 'booking_1' as BookingId, state: 'CONFIRMED' as BookingState, pnr: '8123456789' },
    ...{ train: '12951', date: '05-12-2026', cls: '2A', seats: 'CNF A1-3', total: 310_000, refund: 10_050 },
  };

  it.each(NoticeKind.options)('of %s name the ticket in both languages, whatever is known', (kind) => {
    for (const facts of [about, { ...about, seats: '' }]) {
      const { en, hi } = noticeWords(kind, facts);
      for (const text of [en, hi]) {
        expect(text.body).toContain('PNR 8123456789, 12951, 05-12-2026, 2A:');
        expect(JSON.stringify(text)).not.toMatch(/undefined|NaN/);
      }
      expect(en.body).toMatch(/^[\x20-\x7e₹]+\.$/);
      expect(hi.body).toMatch(/[\u0900-\u097f].*।$/);
      expect(hi.subject).toMatch(/[\u0900-\u097f]/);
    }
  });

  it.each([
    ['charted', 'Refund ₹100.50.', 'वापसी ₹100.50।'],
    ['paid_too_late', 'All of it goes back: ₹100.50.', 'पूरी रकम वापस होगी: ₹100.50।'],
    ['refunded', '₹100.50 is back with you.', '₹100.50 आपके पास वापस आ गए।'],
    ['cancelled', 'cancelled. Refund ₹100.50.', 'रद्द। वापसी ₹100.50।'],
  ] as const)('of %s say how much goes back', (kind, en, hi) => {
    const words = noticeWords(kind, { ...about, seats: '' });
    expect(words.en.body).toContain(en);
    expect(words.hi.body).toContain(hi);
  });

  it.each([
    ['NoRoomError', 'No berth is left, and the waiting list is full (REGRET).', 'प्रतीक्षा सूची भर गई है'],
    ['VpaNotFoundError', 'The payment did not succeed.', 'भुगतान सफल नहीं हुआ'],
    [undefined, 'The payment did not succeed.', 'भुगतान सफल नहीं हुआ'],
  ])('of what came to nothing by %s say why', (reason, en, hi) => {
    const { pnr: _, ...facts } = { ...about, state: 'FAILED' as const, seats: '' };
    const words = noticeWords('not_booked', { ...facts, ...(reason ? { reason } : {}) });
    expect(words.en.body).toBe(`12951, 05-12-2026, 2A: not booked. ${en}`);
    expect(words.hi.body).toContain(hi);
  });

  it('of what nobody paid say so', () => {
    const words = noticeWords('not_booked', { ...about, state: 'EXPIRED' });
    expect(words.en.body).toContain('not paid in time');
    expect(words.hi.body).toContain('समय पर भुगतान नहीं हुआ');
  });

  it('tell of the refund that the notice is about, and of none where there is none', async () => {
    const { id } = await rail.book(ask());
    const booking = await rail.ports.bookings.load(id);
    const at = '2026-11-29T04:00:00.000Z';
    const refund = (number: number, reason: string, state: string) => ({
      number,
      reason,
      state,
      at,
      amount: number,
    });
    const refunds = [
      refund(1, 'cancelled', 'done'),
      refund(2, 'charted', 'due'),
      refund(3, 'paid_too_late', 'due'),
    ];
    const of = (kind: NoticeKind, over: object = { refunds }) =>
      aboutOf({ ...booking, ...over } as never, kind).refund;
    expect(NoticeKind.options.map((kind) => of(kind))).toEqual([0, 0, 0, 1, 2, 3, 1]);
    expect(of('cancelled', {})).toBe(0);
  });
});
