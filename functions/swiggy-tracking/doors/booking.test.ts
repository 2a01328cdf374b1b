import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../../shared/lambda/index.ts';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { BOOKING, bookingId, bookingsInMemory, wholeJourney } from '../booking.fixture.ts';
import { socket } from '../contract.ts';
import { MOST_LISTENERS } from '../store/connections.ts';
import { ORDER, PRIYA, RAHUL } from '../tracking.fixture.ts';

let live: ReturnType<typeof bookingsInMemory>;
let rahul: Session;
afterEach(() => {
  vi.restoreAllMocks();
});
beforeEach(async () => {
  keptLines();
  live = bookingsInMemory();
  rahul = await live.connects(RAHUL, 'customer');
  await live.hears(...wholeJourney().slice(0, 3));
});
const notFound = { name: 'NotFoundError', facts: { what: 'booking', id: BOOKING } };
const next = async (from: number, to = from + 1) => {
  await live.hears(...wholeJourney().slice(from, to));
  await live.fansOut();
};

describe('whoever has made a booking', () => {
  it('follows it, and has its log, and how it stands', async () => {
    const page = await live.follows(rahul);
    expect(page).toMatchObject({
      ...{ booking: BOOKING, state: 'WAITLISTED', head: 3, upTo: 3, more: false },
      passengers: [
        { passenger: 1, status: 'GNWL 1' },
        { passenger: 2, status: 'GNWL 2' },
      ],
    });
    expect(page.items.map(({ text }) => text)).toEqual([
      'The booking is asked for, and waits in its line.',
      'Until it is paid this is held: GNWL 1, GNWL 2.',
      'The booking is on the waiting list: GNWL 1, GNWL 2.',
    ]);
    expect(await live.follows(rahul, BOOKING, 2)).toMatchObject({ items: [{ sequence: 3, version: 5 }] });
    expect(await live.follows(rahul, BOOKING, 3)).toMatchObject({ items: [], upTo: 3, more: false });
  });

  it('is sent each line with its sequence, in their own language, until they say stop', async () => {
    const hindi = await live.connects(RAHUL, 'customer', 'hi');
    for (const one of [rahul, hindi]) await live.follows(one);
    await next(3, 5);
    expect(live.got(rahul).slice(-1)).toEqual([
      {
        ...{ type: 'item', booking: BOOKING },
        item: {
          ...{ kind: 'booking', sequence: 5, version: 9, state: 'RAC', by: 'promotion' },
          at: '2026-11-24T11:00:04.000Z',
          text: 'The booking is in RAC: RAC 3 B1-7, RAC 4 B1-15.',
          passengers: [
            { passenger: 1, status: 'RAC 3', berth: 'B1-7' },
            { passenger: 2, status: 'RAC 4', berth: 'B1-15' },
          ],
        },
      },
    ]);
    expect(live.got(hindi).at(-1)).toMatchObject({
      item: { text: 'बुकिंग RAC में है: RAC 3 B1-7, RAC 4 B1-15।' },
    });
    const before = live.got(rahul).length;
    expect(await live.leaves(rahul)).toEqual({ booking: BOOKING });
    await next(5);
    expect(live.got(rahul)).toHaveLength(before);
    expect(live.got(hindi).at(-1)).toMatchObject({ item: { state: 'CONFIRMED' } });
  });

  it('misses nothing that is added while they begin to follow: it is sent, where the page has it not', async () => {
    const { bookings } = live.ports;
    live.ports.bookings = {
      ...bookings,
      async after(booking, from) {
        const page = await bookings.after(booking, from);
        await next(3);
        return page;
      },
    };
    expect((await live.follows(rahul)).upTo).toBe(3);
    expect(live.got(rahul).at(-1)).toMatchObject({ item: { sequence: 4 } });
  });

  it('is alone with the operator: a stranger learns nothing, not even that there is one', async () => {
    const strangers = [
      await live.connects(PRIYA, 'customer'),
      // Who books is a customer, and nothing else.
      await live.connects(RAHUL, 'rider'),
      await live.connects(RAHUL, 'kitchen'),
    ];
    for (const stranger of strangers) {
      await expect(live.follows(stranger)).rejects.toMatchObject(notFound);
      await expect(live.follows(stranger, bookingId(9))).rejects.toMatchObject({
        ...{ name: 'NotFoundError', facts: { what: 'booking', id: bookingId(9) } },
      });
      expect(await live.leaves(stranger)).toEqual({ booking: BOOKING });
    }
    expect(live.connected.all().filter(({ pk }) => String(pk).startsWith('AUDIENCE#'))).toEqual([]);
    const operator = await live.connects('operator', 'operator');
    expect(await live.follows(operator)).toMatchObject({ state: 'WAITLISTED', head: 3 });
    await next(3);
    expect(live.got(operator)).toMatchObject([{ type: 'item' }, { type: 'item' }, { type: 'item' }, {}]);
  });

  it('shows nobody who travels: neither log nor frames have a name, an age or a phone', async () => {
    await live.follows(rahul);
    await next(3, 7);
    const kept = live.logs.all().filter(({ pk }) => /^(BOOKING|LOG|OUTBOX)#/.test(String(pk)));
    const members = JSON.stringify([kept, live.got(rahul)]).matchAll(/"(\w+)":/g);
    for (const [, member = ''] of members) expect(member).not.toMatch(/name|age$|gender|phone|email/i);
  });

  it('has so many devices that follow it', async () => {
    for (let n = 0; n < MOST_LISTENERS; n += 1) await live.follows(await live.connects(RAHUL, 'customer'));
    await expect(live.follows(rahul)).rejects.toMatchObject({
      ...{ name: 'SubscriptionLimitError', facts: { limit: MOST_LISTENERS, of: 'booking' } },
    });
  });
});

describe('a command', () => {
  const { subscribe, unsubscribe, chat, position } = socket.commands;
  it.each([
    ['subscribe', subscribe],
    ['unsubscribe', unsubscribe],
  ])('to %s names an order or a booking, and one of them', (_, { payload }) => {
    expect(payload.safeParse({ booking: BOOKING }).success).toBe(true);
    expect(payload.safeParse({ order: ORDER }).success).toBe(true);
    for (const wrong of [{}, { order: ORDER, booking: BOOKING }, { order: BOOKING }, { booking: ORDER }])
      expect(payload.safeParse(wrong).error?.issues[0]?.path).toEqual([
        'booking' in wrong && !('order' in wrong) ? 'booking' : 'order',
      ]);
  });

  it('to write or to say where somebody is knows no booking: nobody chats in one', () => {
    const written = { text: 'hello', clientMessageId: 'm-1' };
    const where = { latitude: 19, longitude: 72.8, at: '2026-11-24T11:30:00.000Z' };
    for (const [{ payload }, more] of [
      [chat, written],
      [position, where],
    ] as const) {
      expect(payload.safeParse({ order: ORDER, ...more }).success).toBe(true);
      expect(payload.safeParse({ order: BOOKING, ...more }).error?.issues[0]?.path).toEqual(['order']);
      expect(payload.safeParse({ booking: BOOKING, ...more }).success).toBe(false);
    }
  });
});

describe('who has no WebSocket', () => {
  const caller = { subject: RAHUL, roles: ['customer'] as const };

  it('reads the same log of a booking, and waits for what comes', async () => {
    const { items, upTo } = await live.reads(caller);
    expect(items).toEqual((await live.follows(rahul)).items);
    const { pause } = live.ports;
    let looks = 0;
    live.ports.pause = async (ms) => {
      looks += 1;
      if (looks === 3) await next(3);
      return pause(ms);
    };
    expect((await live.reads(caller, { from: upTo, wait: 20 })).items).toMatchObject([{ sequence: 4 }]);
    expect(looks).toBe(3);
  });

  it('is a stranger where the booking is somebody else’s; an operator sees it', async () => {
    await expect(live.reads({ subject: PRIYA, roles: ['customer'] })).rejects.toMatchObject(notFound);
    const operator = { subject: 'operator', roles: ['operator'] as const };
    await expect(live.reads(operator, {}, bookingId(9))).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await live.reads(operator)).toMatchObject({ head: 3 });
  });
});
