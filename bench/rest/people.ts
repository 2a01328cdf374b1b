/** People who search and order in a bench, and what they send. */
import { randomInt, randomUUID } from 'node:crypto';
import { RestaurantId, routes } from '../../functions/zomato-ordering/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { tableOf } from '../../localstack/e2e/table.ts';
import { orderingAs, publishSeed } from '../../localstack/story/kitchens.ts';
import type { Stage } from '../../localstack/story/stage.ts';
import { together } from '../../shared/testing/together.ts';
import { supperAt } from '../supper.ts';
import { addressOf, customerOf, searching } from './plan.ts';

const PASSWORD = 'masala dosa 1982';
/** Passwords are hashed for long, so that more at a time would only wait. */
const AT_ONCE = 4;

/** Two pav bhaji and a Bombay duck curry. */
const SUPPER = supperAt(RestaurantId.parse('rest_004'));

export interface People {
  /** Somebody who searches, after some times somebody else: the headers of the next search. */
  readonly searcher: () => Headers;
  /** Customers in turn: the headers of the next order, a token and a key of its own. Each counts for itself. */
  readonly orderers: { readonly ours: () => Headers; readonly baseline: () => Headers };
  readonly order: string;
  /** What the catalogue and an order are in the table. */
  readonly stored: { readonly restaurants: readonly Item[]; readonly order: Item };
}
type Item = Readonly<Record<string, unknown>>;
type Headers = () => Readonly<Record<string, string>>;

/** Signs so many customers up, who were never there before, and publishes the restaurants of the seed. */
export const peopleOf = async (city: CityFile, stage: Stage, customers: number): Promise<People> => {
  await publishSeed(stage);
  const start = randomInt(256 ** 3);
  const run = randomUUID().slice(0, 8);
  const tokens = await together(customers, AT_ONCE, async (nth) => {
    const open = stage.nobody('zomato-ordering', routes, addressOf(start + nth));
    const email = `bench.${run}.${nth}@example.in`;
    await open.signUp({ body: { email, password: PASSWORD, name: `Asha ${nth}`, phone: '+91-9876543000' } });
    return (await open.logIn({ body: { email, password: PASSWORD } })).body.accessToken;
  });
  let searchers = customers;
  const orderer = () => {
    let orders = 0;
    return () => () => {
      const token = tokens[customerOf(orders, customers)] ?? '';
      orders += 1;
      return {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      };
    };
  };
  return {
    searcher() {
      const next = searching(() => {
        searchers += 1;
        return addressOf(start + searchers);
      });
      return () => ({ 'x-forwarded-for': next() });
    },
    orderers: { ours: orderer(), baseline: orderer() },
    order: JSON.stringify(SUPPER),
    stored: await storedIn(city, stage, tokens[0] ?? ''),
  };
};

const storedIn = async (city: CityFile, stage: Stage, token: string): Promise<People['stored']> => {
  const { body } = await orderingAs(stage, async () => token).placeOrder({
    idempotencyKey: randomUUID(),
    body: SUPPER,
  });
  const table = tableOf(city, 'zomato-ordering', 'OrdersName');
  const [order] = await table.under(`ORDER#${body.id}`);
  const restaurants = (await table.all()).filter(({ cataloguePk }) => cataloguePk !== undefined);
  if (!order || restaurants.length === 0) throw new Error('ordering keeps its items elsewhere by now');
  return { restaurants, order };
};
