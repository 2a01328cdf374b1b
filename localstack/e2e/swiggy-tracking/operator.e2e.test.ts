import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../functions/swiggy-tracking/contract.ts';
import { routes as orderingRoutes } from '../../../functions/zomato-ordering/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { openCity } from '../city.ts';
import { tableOf } from '../table.ts';
import { type Person, trackingIn } from './orders.ts';

const opened = openCity();
const { city, run, stage } = opened;
const tracking = trackingIn(opened);
const rider = `rider_${run}`;
const order = tracking.order(rider);
const place = { latitude: 19.0606, longitude: 72.8362 };

/** Whoever takes part in the order, a stranger, and who may look at the console and not act. */
const others = [
  [order.customer, 'customer'],
  [rider, 'rider'],
  [order.restaurant, 'kitchen'],
  [`viewer_${run}`, 'viewer'],
] as const;

let operator: Person;
let bringer: Person;
beforeAll(async () => {
  operator = tracking.onlooker();
  bringer = tracking.person(rider, 'rider');
  await order.tells(order.placed(), order.moved('PLACED', 'ACCEPTED'), order.rides());
  const path = { orderId: order.id };
  await waitFor(async () => (await tracking.operator.readLog({ path, query: {} })).body.head === 3, {
    what: 'the log to have it',
    timeoutMs: 60_000,
  });
});
afterAll(() => tracking.close());

describe('an operator', () => {
  it('follows any order, and says and moves nothing in it', async () => {
    operator.follow(order.id);
    await operator.has(3);
    await bringer.tracking.position({ order: order.id, ...place, at: new Date().toISOString() });
    await bringer.tracking.chat({ order: order.id, text: 'On my way', clientMessageId: 'r-1' });
    await operator.has(4);
    await waitFor(() => operator.positions.length > 0, { what: 'the position', timeoutMs: 30_000 });
    expect(operator.positions.at(-1)).toMatchObject({ ...place, rider });
    expect(operator.items[3]).toMatchObject({ from: 'rider', text: 'On my way' });
    const forbidden = { name: 'ForbiddenError', status: 403 };
    const chat = operator.tracking.chat({ order: order.id, text: 'Hello', clientMessageId: 'o-1' });
    await expect(chat).rejects.toMatchObject(forbidden);
    const moved = { order: order.id, ...place, at: new Date().toISOString() };
    await expect(operator.tracking.position(moved)).rejects.toMatchObject(forbidden);
  });

  it('has the riders of the city, each with the order and the newest place', async () => {
    const { body } = await tracking.operator.listRiders({ query: { limit: 100 } });
    expect(body.items.find((one) => one.order === order.id)).toMatchObject({
      ...{ rider, state: 'ACCEPTED', position: place },
    });
  });

  it.each(others)(
    'is not %s, a %s: they get no such ticket and no list, not even their own',
    async (...who) => {
      const [subject, role] = who;
      const doors = stage.as(stage.subject(subject, role), 'swiggy-tracking', {
        ...{ listRiders: routes.listRiders, issueTicket: routes.issueTicket },
      });
      const { listOrdersUnderWay } = orderingRoutes;
      const ordering = stage.as(stage.subject(subject, role), 'zomato-ordering', { listOrdersUnderWay });
      const forbidden = { name: 'ForbiddenError', status: 403 };
      await expect(doors.listRiders({ query: {} })).rejects.toMatchObject(forbidden);
      await expect(doors.issueTicket({ body: { role: 'operator' } })).rejects.toMatchObject(forbidden);
      await expect(ordering.listOrdersUnderWay({ query: {} })).rejects.toMatchObject(forbidden);
    },
  );

  it('is forgotten with the connection like everybody else', async () => {
    const connections = tableOf(city, 'swiggy-tracking', 'ConnectionsName');
    const roles = async () => {
      const [found] = await connections.under(`AUDIENCE#${order.id}`);
      return Object.values((found?.listeners ?? {}) as { [connection: string]: { role: string } }).map(
        ({ role }) => role,
      );
    };
    expect(await roles()).toContain('operator');
    operator.tracking.close();
    await waitFor(async () => !(await roles()).includes('operator'), {
      what: 'the operator to be forgotten',
      timeoutMs: 30_000,
    });
  });
});
