import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../../shared/lambda/index.ts';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { JUNCTIONS } from '../contract.mumbai.ts';
import { MOST_LISTENERS, MOST_ORDERS } from '../store/connections.ts';
import {
  beingCooked,
  ORDER,
  orderId,
  PRIYA,
  RAHUL,
  RAVI,
  SURESH,
  tells,
  type trackingInMemory,
} from '../tracking.fixture.ts';

let tracking: ReturnType<typeof trackingInMemory>;
let rahul: Session;
let ravi: Session;
let kitchen: Session;
afterEach(() => {
  vi.restoreAllMocks();
});
beforeEach(async () => {
  keptLines();
  ({ tracking, rahul, ravi, kitchen } = await beingCooked());
});
const notFound = { name: 'NotFoundError', facts: { what: 'order', id: ORDER } };

describe('a ticket', () => {
  const asha = { subject: RAHUL, roles: ['customer', 'rider'] as const };

  it('opens one connection as what it says, and no second one', async () => {
    const { ticket, url, expiresAt } = await tracking.ticket(asha, 'rider', 'hi');
    expect(url).toBe(`ws://127.0.0.1:4566/_aws/execute-api/s/live?ticket=${encodeURIComponent(ticket)}`);
    expect(Date.parse(expiresAt) - tracking.clock.now().getTime()).toBe(60_000);
    await tracking.opens('c1', ticket);
    // API Gateway may try again.
    await tracking.opens('c1', ticket);
    expect(await tracking.ports.sessions.of('c1')).toEqual({
      ...{ connection: 'c1', subject: RAHUL, role: 'rider', language: 'hi' },
    });
    await expect(tracking.opens('c2', ticket)).rejects.toMatchObject({
      name: 'UnauthenticatedError',
      status: 401,
    });
  });

  it('is worth nothing after a minute, nor when somebody has written it', async () => {
    const { ticket } = await tracking.ticket(asha, 'customer');
    await expect(tracking.opens('c1', `${ticket}x`)).rejects.toMatchObject({ name: 'UnauthenticatedError' });
    tracking.clock.advance(60_000);
    await expect(tracking.opens('c1', ticket)).rejects.toMatchObject({ name: 'UnauthenticatedError' });
  });

  it('is for a role that the caller has', async () => {
    await expect(tracking.ticket(asha, 'kitchen')).rejects.toMatchObject({ name: 'ForbiddenError' });
  });
});

describe('whoever has to do with an order', () => {
  it('follows it, and has its log, how it stands, and where it goes', async () => {
    await tracking.isAt(ravi, JUNCTIONS.khar);
    const page = await tracking.subscribes(kitchen);
    expect(page).toMatchObject({
      ...{ order: ORDER, state: 'PREPARING', head: 5, upTo: 5, more: false, rider: { id: RAVI } },
      restaurant: JUNCTIONS.bandraLinkingRoad,
      position: { ...JUNCTIONS.khar, rider: RAVI, arrival: { meters: expect.any(Number) } },
    });
    expect(page.items.map(({ text }) => text)).toEqual([
      'Your order is placed.',
      'The payment is confirmed.',
      'The restaurant has accepted the order.',
      'A rider will bring the food.',
      'The food is being prepared.',
    ]);
    // Where the food goes is no matter of the kitchen's, and where the rider is not yet one of Rahul's.
    expect(page).not.toHaveProperty('delivery');
    const his = await tracking.subscribes(rahul);
    expect(his).toHaveProperty('delivery');
    expect(his).not.toHaveProperty('position');
  });

  it('asks for what comes after what it has', async () => {
    const page = await tracking.subscribes(rahul, ORDER, 4);
    expect(page.items.map(({ sequence }) => sequence)).toEqual([5]);
    expect(await tracking.subscribes(rahul, ORDER, 5)).toMatchObject({ items: [], upTo: 5, more: false });
  });

  it('has long logs by the page', async () => {
    for (let n = 0; n < 60; n += 1) {
      await tracking.chats(rahul, `message ${n}`, `m-${n}`);
      tracking.clock.advance(3_000);
    }
    const first = await tracking.subscribes(rahul);
    expect(first).toMatchObject({ more: true, upTo: 50, head: 65 });
    const second = await tracking.subscribes(rahul, ORDER, first.upTo);
    expect([...first.items, ...second.items].map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 65 }, (_, n) => n + 1),
    );
    expect(second.more).toBe(false);
  });

  it('is sent each item with its sequence, in its own language, until it says stop', async () => {
    const hindi = await tracking.connects(RAHUL, 'customer', 'hi');
    for (const one of [rahul, hindi, ravi]) await tracking.subscribes(one);
    await tracking.unsubscribes(ravi);
    await tracking.unsubscribes(ravi);
    await tracking.hears(tells.moved('PREPARING', 'READY', 6));
    await tracking.fansOut();
    expect(tracking.got(rahul).at(-1)).toEqual({
      ...{ type: 'item', order: ORDER },
      item: expect.objectContaining({ sequence: 6, to: 'READY', text: 'The food is ready to be picked up.' }),
    });
    expect(tracking.got(hindi).at(-1)).toMatchObject({ item: { sequence: 6, text: 'खाना तैयार है।' } });
    expect(tracking.got(ravi)).toEqual([]);
  });

  it('misses nothing that is added while they begin to follow: it is sent, where the page has it not', async () => {
    const { orders } = tracking.ports;
    tracking.ports.orders = {
      ...orders,
      async after(order, from) {
        const page = await orders.after(order, from);
        await tracking.hears(tells.moved('PREPARING', 'READY', 6));
        await tracking.fansOut();
        return page;
      },
    };
    expect((await tracking.subscribes(rahul)).upTo).toBe(5);
    expect(tracking.got(rahul).at(-1)).toMatchObject({ item: { sequence: 6 } });
  });

  it('gets only its own orders: a stranger learns nothing, not even that there is one', async () => {
    const priya = await tracking.connects(PRIYA, 'customer');
    const suresh = await tracking.connects(SURESH, 'rider');
    const other = await tracking.connects('rest_dominos', 'kitchen');
    for (const stranger of [priya, suresh, other]) {
      await expect(tracking.subscribes(stranger)).rejects.toMatchObject(notFound);
      await expect(tracking.subscribes(stranger, orderId(9))).rejects.toMatchObject({
        name: 'NotFoundError',
        facts: { what: 'order', id: orderId(9) },
      });
      await expect(tracking.chats(stranger, 'hello', 'm')).rejects.toMatchObject(notFound);
      // Whoever did not follow learns nothing of it.
      expect(await tracking.unsubscribes(stranger)).toEqual({ order: ORDER });
    }
    await expect(tracking.isAt(suresh, JUNCTIONS.khar)).rejects.toMatchObject(notFound);
    expect(tracking.connected.all().filter(({ pk }) => String(pk).startsWith('AUDIENCE#'))).toEqual([]);
  });

  it('who gave the order back is sent nothing more of it', async () => {
    await tracking.subscribes(ravi);
    await tracking.hears(tells.rider(RAVI, 6, 'RIDER_UNASSIGNED'), tells.rider(SURESH, 7));
    await tracking.fansOut();
    expect(tracking.got(ravi)).toEqual([]);
    await expect(tracking.subscribes(ravi)).rejects.toMatchObject(notFound);
  });

  it('follows so many orders, and an order has so many followers', async () => {
    for (let n = 1; n <= MOST_ORDERS; n += 1)
      await tracking.ports.connections.subscribe(rahul, orderId(100 + n));
    await expect(tracking.subscribes(rahul)).rejects.toMatchObject({
      name: 'SubscriptionLimitError',
      facts: { limit: MOST_ORDERS, of: 'connection' },
    });
    for (let n = 0; n < MOST_LISTENERS; n += 1)
      await tracking.subscribes(await tracking.connects(RAHUL, 'customer'));
    await expect(tracking.subscribes(ravi)).rejects.toMatchObject({
      name: 'SubscriptionLimitError',
      facts: { limit: MOST_LISTENERS, of: 'order' },
    });
  });
});

describe('a connection that is gone', () => {
  it('is forgotten by the first push, with all that it followed, and a slow one is left alone', async () => {
    for (const one of [rahul, ravi, kitchen]) await tracking.subscribes(one);
    tracking.pushing(rahul.connection, 'gone');
    tracking.pushing(ravi.connection, 'missed');
    await tracking.hears(tells.moved('PREPARING', 'READY', 6));
    await tracking.fansOut();
    const audience = await tracking.ports.connections.audienceOf(ORDER);
    expect(audience.map(({ connection }) => connection)).toEqual([ravi.connection, kitchen.connection]);
    expect(await tracking.ports.sessions.of(rahul.connection)).toBeUndefined();
    await expect(tracking.subscribes(rahul)).rejects.toMatchObject({ name: 'UnauthenticatedError' });
    expect(tracking.got(kitchen)).not.toEqual([]);
  });

  it('has told so itself, once or twice', async () => {
    await tracking.subscribes(rahul);
    for (const _ of [1, 2]) await tracking.ports.connections.forget(rahul.connection);
    await tracking.ports.connections.forget('never seen');
    expect(await tracking.ports.connections.audienceOf(ORDER)).toEqual([]);
  });
});

describe('who has no WebSocket', () => {
  const caller = { subject: RAHUL, roles: ['customer'] as const };

  it('reads the same log', async () => {
    const { items, upTo } = await tracking.reads(caller);
    expect(items).toEqual((await tracking.subscribes(rahul)).items);
    expect((await tracking.reads(caller, { from: upTo })).items).toEqual([]);
  });

  it('waits for what comes, and not longer than it said', async () => {
    const began = tracking.clock.now().getTime();
    expect((await tracking.reads(caller, { from: 5, wait: 20 })).items).toEqual([]);
    expect(tracking.clock.now().getTime() - began).toBe(20_000);
    const { pause } = tracking.ports;
    let looks = 0;
    tracking.ports.pause = async (ms) => {
      looks += 1;
      if (looks === 3) await tracking.hears(tells.moved('PREPARING', 'READY', 6));
      return pause(ms);
    };
    expect((await tracking.reads(caller, { from: 5, wait: 20 })).items).toMatchObject([{ to: 'READY' }]);
    expect(looks).toBe(3);
  });

  it('is a stranger where the order is somebody else’s; an operator sees all of it', async () => {
    await tracking.isAt(ravi, JUNCTIONS.khar);
    await expect(tracking.reads({ subject: PRIYA, roles: ['customer'] })).rejects.toMatchObject(notFound);
    const operator = { subject: 'operator', roles: ['operator'] as const };
    await expect(tracking.reads(operator, {}, orderId(9))).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await tracking.reads(operator)).toMatchObject({
      position: { rider: RAVI },
      delivery: JUNCTIONS.colaba,
    });
  });
});
