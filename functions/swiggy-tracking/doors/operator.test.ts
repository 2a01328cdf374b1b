import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../../shared/lambda/index.ts';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { JUNCTIONS } from '../contract.mumbai.ts';
import { routes, socket } from '../contract.ts';
import {
  BURGER_KING,
  beingCooked,
  ORDER,
  orderId,
  RAHUL,
  RAVI,
  SURESH,
  tells,
  type trackingInMemory,
  wholeStory,
} from '../tracking.fixture.ts';
import { handler, listRiders } from './list-riders.ts';

let tracking: ReturnType<typeof trackingInMemory>;
let ravi: Session;
afterEach(() => {
  vi.restoreAllMocks();
});
beforeEach(async () => {
  keptLines();
  ({ tracking, ravi } = await beingCooked());
});

describe('an operator', () => {
  it('sees every order, and says and moves nothing in any', async () => {
    const operator = await tracking.connects('operator', 'operator', 'hi');
    await tracking.isAt(ravi, JUNCTIONS.khar);
    expect(await tracking.subscribes(operator)).toMatchObject({
      ...{ state: 'PREPARING', head: 5, position: { rider: RAVI }, delivery: JUNCTIONS.colaba },
    });
    for (const refused of [tracking.chats(operator, 'Hello', 'm-1'), tracking.isAt(operator, JUNCTIONS.khar)])
      await expect(refused).rejects.toMatchObject({ name: 'ForbiddenError', facts: { role: 'operator' } });
    await expect(tracking.subscribes(operator, orderId(9))).rejects.toMatchObject({ name: 'NotFoundError' });

    tracking.clock.advance(2_000);
    await tracking.isAt(ravi, JUNCTIONS.santacruzWest);
    await tracking.pushesPosition();
    await tracking.hears(tells.moved('PREPARING', 'READY', 6));
    await tracking.fansOut();
    const got = tracking.got(operator);
    expect(got[0]).toMatchObject({ type: 'position', position: JUNCTIONS.santacruzWest });
    expect(got.at(-1)).toMatchObject({ type: 'item', item: { sequence: 6, text: 'खाना तैयार है।' } });
    await tracking.unsubscribes(operator);
    await tracking.hears(tells.moved('READY', 'PICKED_UP', 7));
    await tracking.fansOut();
    expect(tracking.got(operator)).toEqual(got);
  });

  it('is let in by the contract to look, and to nothing else', () => {
    const may = Object.entries(socket.commands).flatMap(([name, { roles }]) =>
      (roles as readonly string[]).includes('operator') ? [name] : [],
    );
    expect(may).toEqual(['subscribe', 'unsubscribe', 'heartbeat', 'other']);
  });

  it('is nobody without the role: a customer, a rider and a kitchen get no such ticket', async () => {
    for (const role of ['customer', 'rider', 'kitchen'] as const)
      await expect(tracking.ticket({ subject: RAHUL, roles: [role] }, 'operator')).rejects.toMatchObject({
        name: 'ForbiddenError',
      });
  });
});

describe('the list of riders', () => {
  const list = async (limit = 50) => (await listRiders(tracking.ports)({ query: { limit } })).body;
  /** An order of its own that Suresh brings. */
  const another = async (n: number) => {
    const id = orderId(n);
    const told = [tells.placed(1), tells.rider(SURESH, 2)];
    for (const event of told) {
      const data = { ...event.data, order: id, customer: RAHUL, restaurant: BURGER_KING };
      await tracking.hears({ ...event, id: `${id}-${event.sequence}`, subject: id, data });
    }
    return id;
  };

  it('has who brings an order, how it stands, and where they were last', async () => {
    expect(await list()).toEqual({
      items: [{ rider: RAVI, order: ORDER, state: 'PREPARING' }],
      more: false,
    });
    await tracking.isAt(ravi, JUNCTIONS.khar);
    expect((await list()).items).toMatchObject([
      { rider: RAVI, position: { ...JUNCTIONS.khar, rider: RAVI } },
    ]);
  });

  it('has nobody who gave the order back, and not where they were', async () => {
    await tracking.isAt(ravi, JUNCTIONS.khar);
    await tracking.hears(tells.rider(RAVI, 6, 'RIDER_UNASSIGNED'));
    expect((await list()).items).toEqual([]);
    await tracking.hears(tells.rider(SURESH, 7));
    expect((await list()).items).toEqual([{ rider: SURESH, order: ORDER, state: 'PREPARING' }]);
  });

  it('has nobody whose order has come to its end', async () => {
    await tracking.hears(...wholeStory().slice(5));
    expect((await list()).items).toEqual([]);
  });

  it('has the newest orders first, as many as are asked for, and says whether there are others', async () => {
    const others = [await another(7), await another(5), await another(6)];
    const all = await list();
    expect(all).toMatchObject({ more: false });
    expect(all.items.map(({ order }) => order)).toEqual([...others.toSorted().toReversed(), ORDER]);
    const few = await list(2);
    expect(few).toMatchObject({ more: true });
    expect(few.items).toEqual(all.items.slice(0, 2));
  });

  it('is for operators alone', () => {
    expect(routes.listRiders.access).toEqual({ roles: ['operator'] });
    expect(handler).toBeInstanceOf(Function);
  });
});
