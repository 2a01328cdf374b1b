import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { houseIndexes, unsentBefore } from '../../../shared/effects/index.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import type { Session } from '../../../shared/lambda/index.ts';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { OrderId } from '../../zomato-ordering/contract.views.ts';
import { bookingId, wholeJourney } from '../booking.fixture.ts';
import { followBookings } from '../consumers/follow-bookings.ts';
import { followOrders } from '../consumers/follow-orders.ts';
import { MOST_MESSAGES } from '../domain/chat.ts';
import { sentOut, taken } from '../domain/positions.ts';
import type { Ticket } from '../domain/ticket.ts';
import { chat } from '../doors/chat.ts';
import { BURGER_KING, PLACES, RAHUL, RAVI, wholeStory } from '../tracking.fixture.ts';
import { type ConnectionPorts, connectionsOn } from './connection-ports.ts';
import { INDEXES } from './keys.ts';
import { type LogPorts, logOn } from './ports.ts';

let tables: EffectsTable[];
let log: LogPorts;
let connected: ConnectionPorts;
let store: ReturnType<typeof dynamoStore>;

beforeAll(async () => {
  const indexes = { ...houseIndexes, ...INDEXES };
  const [logs, others] = await Promise.all([
    createEffectsTable('tracking-logs', indexes),
    createEffectsTable('tracking-connections'),
  ]);
  tables = [logs, others];
  const ofLogs = dynamoStore({ ...logs, indexes });
  const ofConnections = dynamoStore(others);
  store = ofLogs;
  const around = {
    ...{ now: () => new Date(), ids: uuidV7, chance: Math.random, deadline: () => 30_000 },
    pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  log = logOn(ofLogs, around);
  connected = connectionsOn(ofConnections, around);
});
beforeEach(() => {
  keptLines();
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await Promise.all((tables ?? []).map((table) => table.drop()));
});

const FIFTY = Array.from({ length: 50 }, (_, n) => n);
const newOrder = () => OrderId.parse(newId('order', uuidV7));
const sessionOf = (subject: string, role: Session['role']): Session => ({
  ...{ connection: `${subject}=`, subject, role, language: 'en' },
});
/** The story of an order of this run. */
const storyOf = (order: OrderId) =>
  wholeStory().map((event) => ({
    ...event,
    ...{ id: crypto.randomUUID(), subject: order, data: { ...event.data, order } },
  })) as ReturnType<typeof wholeStory>;
const sequencesOf = async (order: OrderId) =>
  (await log.orders.after(order, 0)).items.map(({ sequence }) => sequence);

describe('a log in DynamoDB', () => {
  it('lists whom somebody brings something, the newest first, over all partitions', async () => {
    const orders = Array.from({ length: 6 }, newOrder);
    for (const order of orders)
      for (const event of storyOf(order).slice(0, 5)) await followOrders(log)(event);
    const [ended, ...others] = orders;
    for (const event of storyOf(ended as OrderId).slice(5)) await followOrders(log)(event);
    const listed = async (most: number) => {
      const { items, more } = await log.orders.ridden(most);
      return { ids: items.map(({ id }) => id), riders: new Set(items.map(({ rider }) => rider)), more };
    };
    const ids = others.toSorted().toReversed();
    expect(await listed(50)).toEqual({ ids, riders: new Set([RAVI]), more: false });
    expect(await listed(2)).toEqual({ ids: ids.slice(0, 2), riders: new Set([RAVI]), more: true });
  });

  it('has what ordering tells once and in order, though all of it is heard at once, three times', async () => {
    const order = newOrder();
    const story = storyOf(order);
    const heard = [1, 2, 3].flatMap(() => story);
    await Promise.all(heard.toReversed().map((event) => followOrders(log)(event)));
    expect(await sequencesOf(order)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await log.orders.find(order))?.tracked).toMatchObject({
      state: 'DELIVERED',
      rider: RAVI,
      head: 9,
    });
    const told = await unsentBefore(store, { before: new Date(Date.now() + 1e9), limit: 1_000 });
    expect(
      told
        .filter(({ subject }) => subject === order)
        .map(({ sequence }) => sequence)
        .toSorted(),
    ).toEqual([...[1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  });

  it('has what railway booking tells once and in order, though all of it is heard at once, three times', async () => {
    const booking = bookingId(Math.floor(Date.now() / 1000));
    const heard = [1, 2, 3].flatMap(() => wholeJourney(booking));
    await Promise.all(heard.toReversed().map((event) => followBookings(log)(event)));
    const { items } = await log.bookings.after(booking, 0);
    expect(items.map(({ sequence, version }) => [sequence, version])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => [n, 2 * n - 1]),
    );
    expect((await log.bookings.find(booking))?.tracked).toMatchObject({ state: 'CONFIRMED', head: 7 });
  });

  it('has one message of fifty that are the same, and of many no more than their sender may write', async () => {
    const order = newOrder();
    for (const event of storyOf(order).slice(0, 4)) await followOrders(log)(event);
    const write = (session: Session, clientMessageId: string) =>
      chat(log)(
        {
          ...{ id: 'm', session, say: String },
          payload: { order, text: 'hello', clientMessageId },
        },
        { correlationId: 'c1', traceparent: '' },
      );
    const rahul = sessionOf(RAHUL, 'customer');
    const same = await Promise.all(FIFTY.slice(0, 20).map(() => write(rahul, 'same')));
    expect(new Set(same.map(({ sequence }) => sequence))).toEqual(new Set([5]));
    const kitchen = sessionOf(BURGER_KING, 'kitchen');
    const many = await Promise.allSettled(FIFTY.slice(0, 12).map((n) => write(kitchen, `m-${n}`)));
    const names = many.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).name] : []));
    expect(new Set(names)).toEqual(new Set(['TooManyRequestsError']));
    // Those who come after the end of the window have another one.
    const written = many.length - names.length;
    expect(written).toBeGreaterThanOrEqual(MOST_MESSAGES);
    expect(written).toBeLessThanOrEqual(2 * MOST_MESSAGES);
    expect(await sequencesOf(order)).toEqual(Array.from({ length: 5 + written }, (_, n) => n + 1));
  });

  it('is read from any place in it', async () => {
    const order = newOrder();
    for (const event of storyOf(order)) await followOrders(log)(event);
    const from = async (sequence: number) =>
      (await log.orders.after(order, sequence)).items.map((item) => item.sequence);
    expect(await from(7)).toEqual([8, 9]);
    expect(await from(9)).toEqual([]);
    expect(await from(99)).toEqual([]);
    expect(await log.orders.item(order, 1)).toMatchObject({ kind: 'placed', sequence: 1 });
    expect(await log.orders.item(order, 10)).toBeUndefined();
  });
});

describe('where a rider is, in DynamoDB', () => {
  it('is the newest of twenty that come at once, and one push is asked for', async () => {
    const order = newOrder();
    const start = Date.now();
    const at = (ms: number) => new Date(start + ms).toISOString();
    const now = new Date();
    const asked = await Promise.all(
      FIFTY.slice(0, 20).map((n) =>
        log.positions.change(order, (found) =>
          taken(found, { ...PLACES.restaurant, at: at(n), rider: RAVI }, { to: PLACES.delivery, now }),
        ),
      ),
    );
    expect(asked.filter((one) => one?.askAfterSeconds !== undefined)).toHaveLength(1);
    const found = await log.positions.find(order);
    expect(found).toMatchObject({ at: at(19), rider: RAVI });
    await log.positions.change(order, (one) => one && sentOut(one, one.revision, now));
    expect(await log.positions.find(order)).toMatchObject({ pushed: found?.revision });
    await log.positions.keepPlaces(order, PLACES);
    expect(await log.positions.placesOf(order)).toEqual(PLACES);
  });
});

describe('connections in DynamoDB', () => {
  const ticket = (): Ticket => ({
    ...{ id: newId('ticket', uuidV7), subject: RAHUL, role: 'customer', language: 'hi' },
    until: Date.now() + 60_000,
  });

  it('are opened by a ticket once, though fifty try', async () => {
    const { connections } = connected;
    const one = ticket();
    const tries = await Promise.allSettled(FIFTY.map((n) => connections.open(`${one.id}-${n}=`, one)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const names = tries.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Error).name] : []));
    expect(new Set(names)).toEqual(new Set(['UnauthenticatedError']));
    const winner = tries.findIndex(({ status }) => status === 'fulfilled');
    expect(await connections.of(`${one.id}-${winner}=`)).toMatchObject({ subject: RAHUL, language: 'hi' });
    expect(await connections.of(`${one.id}-${(winner + 1) % 50}=`)).toBeUndefined();
  });

  it('follow one order at once, and leave it at once, and each is known both ways', async () => {
    const { connections } = connected;
    const order = newOrder();
    const sessions = await Promise.all(
      FIFTY.slice(0, 20).map(async (n) => {
        const connection = `${newId('c', uuidV7)}-${n}=`;
        await connections.open(connection, ticket());
        return (await connections.of(connection)) as Session;
      }),
    );
    await Promise.all(sessions.map((session) => connections.subscribe(session, order)));
    await Promise.all(sessions.map((session) => connections.subscribe(session, order)));
    const audience = await connections.audienceOf(order);
    expect(audience.map(({ connection }) => connection).toSorted()).toEqual(
      sessions.map(({ connection }) => connection).toSorted(),
    );
    const [stays, leaves, ...gone] = sessions;
    if (!stays || !leaves) throw new Error('twenty were opened');
    await Promise.all([
      connections.unsubscribe(leaves.connection, order),
      ...gone.flatMap(({ connection }) => [connections.forget(connection), connections.forget(connection)]),
    ]);
    expect((await connections.audienceOf(order)).map(({ connection }) => connection)).toEqual([
      stays.connection,
    ]);
    expect(await connections.of(gone[0]?.connection ?? '')).toBeUndefined();
    expect(await connections.of(leaves.connection)).toBeDefined();
  });
});
