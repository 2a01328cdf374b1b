/** What HTTP itself promises of the deployed doors, asked through the gateway by a client that knows nothing but HTTP. */
import { beforeAll, expect, it } from 'vitest';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { openCity } from '../city.ts';
import { describedApi, type Said } from '../described-api.ts';
import { from } from '../fuzz.ts';
import { dish, requestsOf } from './requests.ts';

const { city, stage, run } = openCity();
const url = city.systems['zomato-ordering']?.url ?? '';
const tokens: { [who: string]: string } = {};
const { restaurant, item, place, order } = requestsOf(run, tokens);
const path = { restaurantId: restaurant };
const PASSWORD = 'long enough';
const email = `http.${run}@example.in`;

let api: Awaited<ReturnType<typeof describedApi>>;
const asks = (id: string, said: Said) => api.call(id, { ...said, headers: { ...from(90), ...said.headers } });
const places = (over: object = {}, headers: Said['headers'] = {}) =>
  asks('place-order', {
    ...{ token: tokens.eater ?? '', body: order(over) },
    headers: { 'idempotency-key': uuidV7(), ...headers },
  });

beforeAll(async () => {
  api = await describedApi(url);
  const { body } = await asks('sign-up', {
    body: { email, password: PASSWORD, name: 'Asha', phone: '+919876543000' },
  });
  tokens.eater = await stage.subject(String(body?.id), 'customer')('zomato-ordering');
  tokens.kitchen = await stage.subject(restaurant, 'kitchen')('zomato-ordering');
  const token = await stage.operator('zomato-ordering');
  await asks('publish-restaurant', { path, token, body: place });
  await asks('publish-menu', { path, token, body: { items: [{ ...dish, id: item }] } });
});

it('tells a problem in Hindi to whoever reads Hindi before English, also where the system has words of its own', async () => {
  const hindi = { 'accept-language': 'hi-IN,hi;q=0.9,en;q=0.5' };
  const unlinked = await places({ payment: { method: 'wallet' } }, hindi);
  const coupon = await places({ coupon: 'NOSUCH' }, hindi);
  for (const [answer, name] of [
    [unlinked, 'WalletNotLinkedError'],
    [coupon, 'CouponNotValidError'],
  ] as const) {
    expect([answer.status, answer.headers.get('content-language')]).toEqual([409, 'hi']);
    expect(answer.body).toMatchObject({ name, detail: expect.stringMatching(/^[^a-z]*[ऀ-ॿ].*।$/) });
  }
  expect((await places({ coupon: 'NOSUCH' })).body?.detail).toBe('The coupon NOSUCH is not known here.');
  api.expectNothingWrong();
});

it('says on each answer how often more, and with a refusal from when on again', async () => {
  const guess = { body: { email, password: 'wrong' } };
  const left: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    const { status, headers } = await asks('log-in', guess);
    expect([status, headers.get('ratelimit-policy')]).toEqual([401, '"log-in";q=5;w=60']);
    left.push(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1] ?? '');
  }
  expect(left).toEqual(['4', '3', '2', '1', '0']);
  const { status, headers } = await asks('log-in', guess);
  const wait = Number(headers.get('retry-after'));
  expect([status, headers.get('ratelimit')]).toEqual([429, `"log-in";r=0;t=${wait}`]);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  // Of this client for this account alone: neither another account nor another door is locked.
  const other = { body: { email: `other.${run}@example.in`, password: 'wrong' } };
  expect((await asks('log-in', other)).status).toBe(401);
  expect((await asks('list-restaurants', {})).status).toBe(200);
  expect((await api.call('log-in', { body: { email, password: PASSWORD }, headers: from(91) })).status).toBe(
    201,
  );
  api.expectNothingWrong();
});

it('says where an order is that was made, and who goes there finds it as it was answered', async () => {
  const made = await places();
  const where = new URL(made.headers.get('location') ?? '', `${url}/orders`);
  const answer = await fetch(where, { headers: { authorization: `Bearer ${tokens.eater}` } });
  expect([answer.status, answer.headers.get('etag')]).toEqual([200, made.headers.get('etag')]);
  expect(await answer.json()).toEqual(made.body);
});

it('sends a menu again only when it is another one, whichever tags the client has', async () => {
  const menu = (ifNoneMatch: string, query = {}) =>
    asks('get-menu', { path, query, headers: { 'if-none-match': ifNoneMatch } });
  const [whole, vegetarian] = [await menu('"x"'), await menu('"x"', { vegetarian: 'true' })];
  const tag = whole.headers.get('etag') ?? '';
  expect(vegetarian.headers.get('etag')).not.toBe(tag);
  for (const same of [`"older", W/${tag}`, '*']) {
    const { status, headers, body } = await menu(same);
    expect([status, headers.get('etag'), headers.get('cache-control'), body]).toEqual([
      ...[304, tag, 'no-cache', undefined],
    ]);
  }
  await asks('change-item', {
    ...{ token: tokens.kitchen ?? '', path: { ...path, itemId: item } },
    body: { price: 11_000 },
  });
  const changed = await menu(tag);
  expect(changed.status).toBe(200);
  expect(changed.body?.items).toMatchObject([{ price: 11_000 }]);
  expect(changed.headers.get('etag')).not.toBe(tag);
});

it('changes an order only for whoever has seen it as it is, where they say what they have seen', async () => {
  const made = await places();
  const orderId = String(made.body?.id);
  const first = made.headers.get('etag') ?? '';
  const accepted = await asks('move-order', {
    ...{ token: tokens.kitchen ?? '', path: { orderId }, body: { to: 'ACCEPTED' } },
    headers: { 'if-match': first },
  });
  const cancels = (ifMatch: string) =>
    asks('cancel-order', {
      ...{ token: tokens.eater ?? '', path: { orderId }, body: { reason: 'too late' } },
      headers: { 'if-match': ifMatch },
    });
  const stale = await cancels(first);
  expect(stale.status).toBe(412);
  expect(stale.body).toMatchObject({ name: 'PreconditionFailedError', found: accepted.headers.get('etag') });
  expect((await cancels(accepted.headers.get('etag') ?? '')).status).toBe(200);
});
