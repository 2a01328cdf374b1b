import {
  type CustomerId,
  ItemId,
  type Move,
  type OrderId,
  type OrderView,
  RestaurantId,
  routes,
} from '../../functions/zomato-ordering/contract.ts';
import { PeerUnavailableError } from '../../shared/errors/index.ts';
import { RemoteProblem } from '../../shared/http/index.ts';
import { formatPaise, paise, rupees } from '../../shared/money/index.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { castOf, type Person } from './cast.ts';
import { orderingAs, publishSeed } from './kitchens.ts';
import type { Expectation, Script, Story } from './run.ts';
import type { Stage } from './stage.ts';
import type { Text } from './texts.ts';

const LEOPOLD = RestaurantId.parse('rest_004');
const PASSWORD = 'masala dosa 1982';

/** Somebody who has signed up, and speaks with the token that they got for their password. */
export interface Eater {
  readonly id: CustomerId;
  readonly email: string;
  readonly doors: ReturnType<typeof orderingAs>;
}

/** An address that is nobody else's in this run; of those that are for examples (RFC 5737). */
export const addressOf = (run: string, nth: number): string =>
  `198.51.${100 + nth}.${Number.parseInt(run.slice(0, 2), 16)}`;

/** Signs somebody up and in, and links the wallet of a payer if there is one. */
export const eater = async (
  stage: Stage,
  {
    run,
    name,
    from,
    payer,
  }: { readonly run: string; readonly name: string; readonly from: string; readonly payer?: Person },
): Promise<Eater> => {
  const open = stage.nobody('zomato-ordering', routes, from);
  const email = `${name}.${run}@example.in`;
  const { body: user } = await open.signUp({
    body: { email, password: PASSWORD, name, phone: '+91-9876543000' },
  });
  const { body: session } = await open.logIn({ body: { email, password: PASSWORD } });
  const doors = orderingAs(stage, async () => session.accessToken);
  if (payer) {
    const { body: link } = await payer.doors.createLink({
      idempotencyKey: `${run}.${name}`,
      body: { system: 'zomato-ordering', customer: user.id, upTo: rupees(2_000) },
    });
    await doors.linkWallet({ path: { userId: user.id }, body: { link: link.id } });
  }
  return { id: user.id, email, doors };
};

/** Two pav bhaji and a Bombay duck curry: Rs 780, and what comes on top. */
const supper = (method: 'wallet' | 'upi_qr' | 'cash_on_delivery' = 'wallet') => ({
  restaurantId: LEOPOLD,
  items: [
    { item: ItemId.parse('item_009'), quantity: 2 },
    { item: ItemId.parse('item_010'), quantity: 1 },
  ],
  delivery: {
    address: '7, Colaba Causeway, Mumbai',
    phone: '+91-9876543000',
    position: { latitude: 18.9151, longitude: 72.8258 },
  },
  payment: { method },
});

export const order = async (
  { doors }: Eater,
  key: string,
  method?: Parameters<typeof supper>[0],
): Promise<OrderView> => (await doors.placeOrder({ idempotencyKey: key, body: supper(method) })).body;

/** Waits until an order is in one of these states. */
export const orderIn = (
  { doors }: Pick<Eater, 'doors'>,
  orderId: OrderId,
  ...states: readonly OrderView['state'][]
) =>
  waitFor(
    async (seen) => {
      const { body } = await doors.getOrder({ path: { orderId } });
      seen(body.state);
      return states.includes(body.state) && body;
    },
    { what: `order ${orderId} to be ${states.join(' or ')}`, timeoutMs: 60_000, everyMs: 700 },
  );

/** What a call is refused with. */
const refusal = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'nothing';
  } catch (error) {
    if (error instanceof RemoteProblem) return `${error.status} ${error.name}`;
    // What a client counts as out of reach for now.
    if (error instanceof PeerUnavailableError && error.facts.status !== undefined)
      return `${error.facts.status}`;
    throw error;
  }
};

/** A kitchen and its riders do what people do, each as themselves. */
const served = async (
  stage: Stage,
  run: string,
  orderId: OrderId,
): Promise<{ readonly riders: readonly string[] }> => {
  const kitchen = orderingAs(stage, stage.subject(LEOPOLD, 'kitchen'));
  const riders = [1, 2].map((nth) => orderingAs(stage, stage.subject(`rider_${run}_${nth}`, 'rider')));
  const move = (who: typeof kitchen, to: Move) => who.moveOrder({ path: { orderId }, body: { to } });
  await move(kitchen, 'ACCEPTED');
  const takes = await Promise.all(riders.map((one) => refusal(one.takeDelivery({ path: { orderId } }))));
  const rider = riders[takes.indexOf('nothing')] as typeof kitchen;
  await move(kitchen, 'PREPARING');
  await move(kitchen, 'READY');
  for (const to of ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const) await move(rider, to);
  return { riders: takes };
};

const told = ({ bill, state }: OrderView): Text => ({
  en: `${state}: items ${formatPaise(bill.itemsTotal, 'en')}, in all ${formatPaise(bill.total, 'en')}`,
  hi: `${state}: व्यंजन ${formatPaise(bill.itemsTotal, 'hi')}, कुल ${formatPaise(bill.total, 'hi')}`,
});

/**
 * Ordering food: the original's calls one after the other, then what it never did: paid, cooked and brought, or given
 * back. Every run makes its own people, so that it passes any number of times on one state.
 */
export const zomatoOrdering: Story = async ({ stage, run, tell }: Script): Promise<Expectation[]> => {
  const from = addressOf(run, 0);
  const open = stage.nobody('zomato-ordering', routes, from);
  const cast = castOf(stage, run);

  await publishSeed(stage);
  const { body: mumbai } = await open.listRestaurants({ query: { location: 'mumbai' } });
  const { body: menu } = await open.getMenu({ path: { restaurantId: LEOPOLD } });
  const unknown = await refusal(open.placeOrder({ idempotencyKey: run, body: supper() }));
  tell('out to eat', {
    lines: mumbai.items.map(({ name, location }) => ({
      en: `${name}, ${location}`,
      hi: `${name}, ${location}`,
    })),
  });

  const [rich, poor] = await Promise.all([
    cast.person('rahul', { wallet: 2_000 }),
    cast.person('amit', { wallet: 0 }),
  ]);
  const rahul = await eater(stage, { run, name: 'rahul', from, payer: rich });
  const amit = await eater(stage, { run, name: 'amit', from: addressOf(run, 1), payer: poor });
  const [eaten, regretted, unpaid] = await Promise.all([
    order(rahul, `${run}.eaten`),
    order(rahul, `${run}.regretted`),
    order(amit, `${run}.unpaid`),
  ]);
  const again = await order(rahul, `${run}.eaten`);
  tell('three orders', { lines: [told(eaten)] });

  await Promise.all([
    orderIn(rahul, eaten.id, 'PAYMENT_CONFIRMED'),
    orderIn(rahul, regretted.id, 'PAYMENT_CONFIRMED'),
  ]);
  const { riders } = await served(stage, run, eaten.id);
  const { body: cancellation } = await rahul.doors.cancelOrder({
    path: { orderId: regretted.id },
    body: { reason: 'ordered twice' },
  });
  tell('kitchen and rider');

  const refused = {
    again: await refusal(
      rahul.doors.cancelOrder({ path: { orderId: regretted.id }, body: { reason: 'again' } }),
    ),
    other: await refusal(rahul.doors.listOrders({ path: { userId: amit.id } })),
    stranger: await refusal(amit.doors.getOrder({ path: { orderId: eaten.id } })),
    dosa: await refusal(
      rahul.doors.placeOrder({
        idempotencyKey: `${run}.dosa`,
        body: { ...supper(), items: [{ item: ItemId.parse('item_004'), quantity: 1 }] },
      }),
    ),
  };
  const guesses: string[] = [];
  for (let n = 0; n < 6; n += 1)
    guesses.push(
      await refusal(open.logIn({ body: { email: `nobody.${run}@example.in`, password: `guess ${n}` } })),
    );
  tell('what is refused');

  const [brought, back, failed] = await Promise.all([
    orderIn(rahul, eaten.id, 'DELIVERED'),
    orderIn(rahul, regretted.id, 'REFUNDED'),
    orderIn(amit, unpaid.id, 'PAYMENT_FAILED'),
  ]);
  const { body: wallet } = await rich.doors.getWallet({ path: { userId: rich.id } });
  const { body: own } = await rahul.doors.listOrders({ path: { userId: rahul.id } });
  tell('endings', { lines: [brought, back, failed].map(told) });

  return [
    {
      what: 'one restaurant is in Mumbai',
      expected: 'Leopold Cafe',
      seen: mumbai.items.map(({ name }) => name).join(),
    },
    { what: 'with two dishes', expected: 2, seen: menu?.total },
    { what: 'in two categories', expected: 'Main Course, Street Food', seen: menu?.categories.join(', ') },
    { what: 'nobody orders without a token', expected: '401 UnauthenticatedError', seen: unknown },
    { what: 'the supper costs Rs 780', expected: rupees(780), seen: eaten.bill.itemsTotal },
    { what: 'and Rs 901.36 with all that comes on top', expected: rupees('901.36'), seen: eaten.bill.total },
    {
      what: 'it takes 70 minutes',
      expected: 70 * 60_000,
      seen: Date.parse(eaten.estimatedDelivery) - Date.parse(eaten.placedAt),
    },
    { what: 'ordered twice with one key it is one order', expected: eaten.id, seen: again.id },
    { what: 'of two riders one has it', expected: '409 OrderTakenError', seen: riders.toSorted()[0] },
    { what: 'it is brought', expected: 'DELIVERED', seen: brought.state },
    { what: 'what is cancelled comes back', expected: regretted.bill.total, seen: cancellation.refund },
    { what: 'and has come back', expected: 'REFUNDED', seen: back.state },
    {
      what: 'the wallet has paid one supper',
      expected: rupees(2_000) - eaten.bill.total,
      seen: paise(wallet.balance),
    },
    { what: 'who cannot pay gets nothing', expected: 'PAYMENT_FAILED', seen: failed.state },
    { what: 'and is told why', expected: 'InsufficientFundsError', seen: failed.payment.reason },
    {
      what: 'a second cancellation is refused',
      expected: '409 OrderNotCancellableError',
      seen: refused.again,
    },
    { what: 'another’s list is refused', expected: '403 ForbiddenError', seen: refused.other },
    { what: 'another’s order is not there', expected: '404 NotFoundError', seen: refused.stranger },
    {
      what: 'another kitchen’s dish is refused',
      expected: '400 ItemOfOtherRestaurantError',
      seen: refused.dosa,
    },
    {
      what: 'five guesses are wrong, and the sixth is one too many',
      expected: `${'401 UnauthenticatedError '.repeat(5)}429`,
      seen: guesses.join(' '),
    },
    { what: 'Rahul’s own list has both', expected: 2, seen: own.items.length },
  ];
};
