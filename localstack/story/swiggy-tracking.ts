import { orders } from '../../functions/swiggy-tracking/contract.seed.ts';
import type { FollowerRole, LogItem, PositionView } from '../../functions/swiggy-tracking/contract.ts';
import type { OrderId } from '../../functions/zomato-ordering/contract.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { platformIn } from './kitchens.ts';
import { connectedAs, trackingAs } from './live.ts';
import type { Expectation, Script, Story } from './run.ts';
import { placed } from './seeded-orders.ts';
import type { Stage, Who } from './stage.ts';
import type { Text } from './texts.ts';

type Placed = Awaited<ReturnType<typeof placed>>;

/** From Bandra to Colaba, along the sea. */
const WAY = [
  { latitude: 19.0606, longitude: 72.8362 },
  { latitude: 19.027, longitude: 72.8382 },
  { latitude: 18.9787, longitude: 72.814 },
  { latitude: 18.9353, longitude: 72.8272 },
  { latitude: 18.9067, longitude: 72.8147 },
];

/** Somebody at the other end of a WebSocket, and what came to them. */
const follower = (stage: Stage, who: Who, role: FollowerRole) => {
  const items: LogItem[] = [];
  const positions: PositionView[] = [];
  const refused: string[] = [];
  const { tracking, cut } = connectedAs(trackingAs(stage, who), role);
  return {
    ...{ tracking, items, positions, refused, cut },
    follow: (order: OrderId) =>
      tracking.follow({
        order,
        onItem: (item) => items.push(item),
        onPosition: (position) => positions.push(position),
        onRefused: ({ name }) => refused.push(name),
      }),
    has: (what: string, holds: () => boolean) =>
      waitFor(holds, { what: `${role}: ${what}`, timeoutMs: 60_000 }),
  };
};

const whatOf = (item: LogItem): string => (item.kind === 'moved' ? item.to : item.kind);

/** Takes an order as far as the original has it, and answers how it stands for who ordered it, by the door for long polls. */
const begun = async (stage: Stage, { seeded, path, who, bring }: Placed): Promise<string> => {
  const { alias, customer, kitchen } = seeded;
  await bring(seeded.state);
  const doors = trackingAs(stage, who.customer);
  return waitFor(
    async (seen) => {
      const { state, rider } = (await doors.readLog({ path, query: {} })).body;
      seen(state);
      return (
        state === seeded.state && [alias, customer, kitchen.restaurant.name, state, rider?.name].join(', ')
      );
    },
    { what: `${alias} to stand where the original begins`, timeoutMs: 60_000 },
  );
};

/**
 * An order that is followed live: by who ordered it, who cooks it and who rides it, from Bandra to Colaba, over a connection that
 * breaks on the way; beside it the original's two others. Each run makes its own people, so that it passes any number of times
 * on one state.
 */
export const swiggyTracking: Story = async ({ stage, run, tell }: Script): Promise<Expectation[]> => {
  const paidTo = await platformIn(stage);
  const [rahuls, ...others] = await Promise.all(
    orders.map((seeded) => placed(stage, { run, seeded, paidTo })),
  );
  if (!rahuls) throw new Error('nobody has ordered');
  const { path, who } = rahuls;
  const order = { id: path.orderId };
  const operator = trackingAs(stage, stage.operator);
  const customer = follower(stage, who.customer, 'customer');
  const stranger = follower(stage, stage.subject(`customer_${crypto.randomUUID()}`, 'customer'), 'customer');
  const cook = follower(stage, who.kitchen, 'kitchen');
  const bringer = follower(stage, who.rider, 'rider');
  try {
    const standing = await Promise.all(others.map((one) => begun(stage, one)));
    tell('as it begins', { lines: standing.map((one) => ({ en: one, hi: one })) });

    await waitFor(async () => (await operator.readLog({ path, query: {} })).body.head > 0, {
      what: 'the log of the order to begin',
      timeoutMs: 60_000,
    });
    for (const one of [customer, stranger, cook]) one.follow(order.id);
    await stranger.has('to be refused', () => stranger.refused.length > 0);
    tell('followed live');

    await rahuls.bring('ACCEPTED');
    await customer.has('to know the rider', () => customer.items.some(({ kind }) => kind === 'rider'));
    bringer.follow(order.id);
    await customer.tracking.chat({ order: order.id, text: 'Second floor, please', clientMessageId: 'c-1' });
    await bringer.has('to read it', () => bringer.items.some(({ kind }) => kind === 'chat'));
    await bringer.tracking.chat({ order: order.id, text: 'मैं पहुँच रहा हूँ', clientMessageId: 'r-1' });

    await rahuls.bring('PICKED_UP');
    await customer.has('to know that it is on its way', () =>
      customer.items.some((one) => whatOf(one) === 'PICKED_UP'),
    );
    customer.cut();
    await rahuls.bring('OUT_FOR_DELIVERY');
    for (const place of WAY)
      await bringer.tracking.position({ order: order.id, ...place, at: new Date().toISOString() });
    const last = WAY.at(-1)?.latitude;
    await customer.has('the rider in Colaba', () => customer.positions.at(-1)?.latitude === last);
    tell('cut and resumed');

    await Promise.all([rahuls, ...others].map((one) => one.bring('DELIVERED')));
    await customer.has('to have it', () => customer.items.some((one) => whatOf(one) === 'DELIVERED'));
    await cook.has('to know that', () => cook.items.length === customer.items.length);
    tell('the log', {
      lines: customer.items.map(
        ({ sequence, text }): Text => ({ en: `${sequence} ${text}`, hi: `${sequence} ${text}` }),
      ),
    });

    const { body: whole } = await operator.readLog({ path, query: {} });
    const sequences = customer.items.map(({ sequence }) => sequence);
    return [
      {
        what: 'the orders of the original stand where it begins',
        expected: [
          "ORD123457, customer_priya, McDonald's, OUT_FOR_DELIVERY, Suresh Sharma",
          "ORD123458, customer_amit, Domino's Pizza, READY, Ajay Singh",
        ].join('; '),
        seen: standing.join('; '),
      },
      {
        what: 'a stranger is told that there is none',
        expected: 'NotFoundError',
        seen: stranger.refused.join(),
      },
      { what: 'and reads nothing', expected: 0, seen: stranger.items.length },
      { what: 'nothing was lost over the cut', expected: whole.head, seen: customer.items.length },
      {
        what: 'and nothing came twice, or out of order',
        expected: Array.from({ length: whole.head }, (_, n) => n + 1).join(),
        seen: sequences.join(),
      },
      {
        what: 'the order went all its way',
        expected: 'placed,ACCEPTED,PREPARING,READY,PICKED_UP,OUT_FOR_DELIVERY,DELIVERED',
        seen: customer.items
          .filter(({ kind }) => kind === 'placed' || kind === 'moved')
          .map(whatOf)
          .join(),
      },
      {
        what: 'both have written, and both have read',
        expected: 'customer,rider',
        seen: bringer.items.flatMap((item) => (item.kind === 'chat' ? [item.from] : [])).join(),
      },
      {
        what: 'the customer knows who brings it',
        expected: 'Ravi Kumar',
        seen: customer.items.flatMap((item) => (item.kind === 'rider' ? [item.rider.name] : [])).join(),
      },
      { what: 'the kitchen has seen the same', expected: whole.head, seen: cook.items.length },
      { what: 'and not where the rider is', expected: 0, seen: cook.positions.length },
    ];
  } finally {
    for (const { tracking } of [customer, stranger, cook, bringer]) tracking.close();
  }
};
