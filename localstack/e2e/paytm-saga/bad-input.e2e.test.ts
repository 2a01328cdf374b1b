import { beforeAll, describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';

const { bank, cast, city, operator, run, stage } = openCity();
const api = city.systems['paytm-saga']?.url ?? '';
const DEVANAGARI = /[ऀ-ॿ]/;

let asha: Person;
let ravi: Person;
let merchant: Awaited<ReturnType<typeof cast.merchant>>;
let done: Awaited<ReturnType<typeof pay>>['id'];

/** A call as it should not be. `as` speaks for the caller, who is a customer unless it says otherwise. */
interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly as?: 'operator';
  readonly body?: unknown;
  /** Instead of `body`: sent as it is. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const order = (change: object = {}) => ({
  reference: `${run}-bad`,
  merchantId: merchant,
  amount: 100,
  ...change,
});
/** A list in a list in a list: what a reader by recursion would choke on. */
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const payWith = (change: object) => (): Call => ({ path: '/payments', body: order(change) });
const raw =
  (text: () => string, headers = {}) =>
  (): Call => ({ path: '/payments', raw: text(), headers });

/** What is wrong, the call, and what it is answered with. */
const BAD: readonly (readonly [string, () => Call, number, string])[] = [
  ['an amount that is missing', payWith({ amount: undefined }), 400, 'InvalidInputError'],
  ['an amount that is a text', payWith({ amount: '100' }), 400, 'InvalidInputError'],
  ['a part of a paisa', payWith({ amount: 0.5 }), 400, 'InvalidInputError'],
  ['an amount below zero', payWith({ amount: -1 }), 400, 'InvalidInputError'],
  ['an amount beyond all money', payWith({ amount: 1e15 }), 400, 'InvalidInputError'],
  ['a method that nobody has', payWith({ method: 'cheque' }), 400, 'InvalidInputError'],
  ['a merchant’s id that is none', payWith({ merchantId: 'stall' }), 400, 'InvalidInputError'],
  ['a description that is too long', payWith({ description: 'x'.repeat(141) }), 400, 'InvalidInputError'],
  ['a callback by mail', payWith({ callbackUrl: 'mailto:asha@example.com' }), 400, 'InvalidInputError'],
  ['a callback by plain http', payWith({ callbackUrl: 'http://example.com/' }), 400, 'InvalidInputError'],
  [
    'a callback with a password',
    payWith({ callbackUrl: 'https://a:b@example.com' }),
    400,
    'InvalidInputError',
  ],
  [
    'a callback to a port for mail',
    payWith({ callbackUrl: 'https://example.com:25' }),
    400,
    'InvalidInputError',
  ],
  ['metadata that go too deep', payWith({ metadata: { a: { b: {} } } }), 400, 'InvalidInputError'],
  ['a field that the contract does not have', payWith({ commission: 0 }), 400, 'InvalidInputError'],
  ['a body that is no JSON', raw(() => '{"amount":'), 400, 'InvalidInputError'],
  ['ten thousand lists in each other', raw(() => nested(10_000)), 400, 'InvalidInputError'],
  ['a body of more than 64 kB', raw(() => JSON.stringify('x'.repeat(66_000))), 413, 'BodyTooLargeError'],
  [
    'a form',
    raw(() => 'amount=1', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    415,
    'UnsupportedMediaTypeError',
  ],
  [
    'a key that is too long',
    () => ({ path: '/payments', body: order(), headers: { 'Idempotency-Key': 'k'.repeat(65) } }),
    400,
    'InvalidInputError',
  ],
  [
    'a page that nobody was told of',
    () => ({ method: 'GET', path: '/payments?cursor=x&limit=0' }),
    400,
    'InvalidInputError',
  ],
  [
    'a payment’s id that is none',
    () => ({ method: 'GET', path: '/payments/mine' }),
    400,
    'InvalidInputError',
  ],
  ['another’s payment', () => ({ method: 'GET', path: `/payments/${done}` }), 404, 'NotFoundError'],
  [
    'another’s wallet',
    () => ({ path: `/wallets/${ravi.id}/top-ups`, body: { amount: 100 } }),
    403,
    'ForbiddenError',
  ],
  [
    'a payment that has ended, to be resumed',
    () => ({ path: `/payments/${done}/resume`, as: 'operator', body: { reason: 'again' } }),
    409,
    'NothingToResumeError',
  ],
  ['a reference that is taken', payWith({ reference: 'first' }), 409, 'ReferenceTakenError'],
  [
    'a key that came with another body',
    () => ({ path: '/payments', body: order(), headers: { 'Idempotency-Key': 'first' } }),
    422,
    'IdempotencyKeyReusedError',
  ],
];

const send = async (call: Call, language: 'en' | 'hi', n: number) => {
  const { method = 'POST', path, as, body, headers } = call;
  const who = as === 'operator' ? stage.operator : stage.subject(asha.id, 'customer');
  const sent = call.raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return fetch(`${api}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${await who('paytm-saga')}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `${run}.${n}.${language}`,
      'Accept-Language': language,
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
};

describe('bad input', () => {
  beforeAll(async () => {
    [asha, ravi, merchant] = await Promise.all([
      cast.person('asha', { wallet: 500 }),
      cast.person('ravi'),
      cast.merchant('stall'),
    ]);
    const [hers, his] = await Promise.all([
      pay(asha, { reference: 'first', merchant, amount: 1 }),
      pay(ravi, { reference: 'his', merchant, amount: 1 }),
    ]);
    await Promise.all([ended(asha, hers.id), ended(ravi, his.id)]);
    done = his.id;
  });

  it.each(BAD.map((row, n) => [...row, n] as const))(
    '%s is told by name, in the language of the reader',
    async (_, call, status, name, n) => {
      for (const language of ['en', 'hi'] as const) {
        const answer = await send(call(), language, n);
        const problem = (await answer.json()) as { detail: string };
        expect([answer.status, problem]).toEqual([status, expect.objectContaining({ name })]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(DEVANAGARI.test(problem.detail), problem.detail).toBe(language === 'hi');
      }
    },
  );

  it('has changed nothing: no payment, no wallet, no account, no merchant', async () => {
    const { body } = await asha.doors.listPayments({ query: {} });
    expect(body.items.map(({ reference }) => reference)).toEqual(['first']);
    for (const [person, balance] of [
      [asha, rupees(500)],
      [ravi, 0],
    ] as const) {
      const path = { userId: person.id };
      expect((await person.doors.getWallet({ path })).body.balance).toBe(balance);
    }
    const account = await bank.getAccount({ path: { id: asha.account } });
    expect(account.body).toMatchObject({ available: rupees(100_000 - 500 - 1), held: 0 });
    const { body: seen } = await operator.getPayment({ path: { paymentId: done } });
    expect(seen.status).toBe('completed');
  });
});
