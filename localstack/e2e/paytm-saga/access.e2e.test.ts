import { beforeAll, describe, expect, it } from 'vitest';
import { type PaymentId, PaymentView } from '../../../functions/paytm-saga/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';

const { cast, city, stage } = openCity();
const api = city.systems['paytm-saga']?.url ?? '';

describe('the doors of the payment saga', () => {
  let asha: Person;
  let ravi: Person;
  let stall: Awaited<ReturnType<typeof cast.merchant>>;
  beforeAll(async () => {
    [asha, ravi, stall] = await Promise.all([
      cast.person('asha'),
      cast.person('ravi'),
      cast.merchant('stall'),
    ]);
  }, 60_000);

  it('are closed without a token, and say so in both languages', async () => {
    const answer = await fetch(`${api}/payments`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await answer.json()).toMatchObject({
      name: 'UnauthenticatedError',
      detail: expect.stringMatching(/token/),
      detail_hi: expect.stringMatching(/[ऀ-ॿ]/),
    });
  });

  it('are closed to a token for another system', async () => {
    const token = await stage.operator('sandbox-bank');
    const answer = await fetch(`${api}/payments`, { headers: { Authorization: `Bearer ${token}` } });
    expect([401, 403]).toContain(answer.status);
  });

  it('are closed to a forged token', async () => {
    const token = await stage.operator('paytm-saga');
    const [head, body] = token.split('.');
    const forged = `${head}.${body}.${'A'.repeat(86)}`;
    const answer = await fetch(`${api}/payments`, { headers: { Authorization: `Bearer ${forged}` } });
    expect(answer.status).toBe(401);
  });

  it('are closed to a role that the contract does not name', async () => {
    await expect(
      asha.doors.createMerchant({ idempotencyKey: 'mine', body: { reference: 'mine', name: 'Mine' } }),
    ).rejects.toMatchObject({ name: 'ForbiddenError', status: 403 });
  });

  it('say where a payment is followed, relative to where it was started', async () => {
    const token = await stage.subject(asha.id, 'customer')('paytm-saga');
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const started = await fetch(`${api}/payments`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': 'followed' },
      body: JSON.stringify({ reference: 'followed', merchantId: stall, amount: 100 }),
    });
    expect(started.status).toBe(202);
    const { id } = PaymentView.parse(await started.json());
    const found = await fetch(new URL(started.headers.get('location') ?? '', started.url), { headers });
    expect(found.status).toBe(200);
    expect(PaymentView.parse(await found.json()).id).toBe(id);
    expect((await ended(asha, id)).status).toBe('completed');
  });

  it('hide a payment from whoever did not make it, as if there were none', async () => {
    const mine = await pay(asha, { reference: 'mine', merchant: stall, amount: 10 });
    await expect(ravi.doors.getPayment({ path: { paymentId: mine.id } })).rejects.toMatchObject({
      name: 'NotFoundError',
      status: 404,
    });
    expect((await ravi.doors.listPayments({ query: {} })).body.items).toEqual([]);
    await expect(ravi.doors.getWallet({ path: { userId: asha.id } })).rejects.toMatchObject({ status: 403 });
    expect((await ended(asha, mine.id)).status).toBe('completed');
  });

  it('name the field and what was expected, in the language of the reader', async () => {
    const token = await stage.subject(asha.id, 'customer')('paytm-saga');
    const answer = await fetch(`${api}/payments`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': 'bad',
        'Accept-Language': 'hi',
      },
      body: JSON.stringify({ reference: 'bad', merchantId: stall, amount: -5, method: 'upi' }),
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as { detail: string };
    expect(problem).toMatchObject({
      name: 'InvalidInputError',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(problem.detail).toMatch(/amount/);
    expect(problem.detail).toMatch(/[ऀ-ॿ]/);
  });

  it('answer another body under the same key with 422, and change nothing', async () => {
    const order = { reference: 'once', merchant: stall, amount: 10 };
    const first = await pay(asha, order);
    await expect(pay(asha, { ...order, amount: 11 })).rejects.toMatchObject({
      name: 'IdempotencyKeyReusedError',
      status: 422,
    });
    await expect(pay(asha, { ...order, key: 'another' })).rejects.toMatchObject({
      name: 'ReferenceTakenError',
    });
    expect((await pay(asha, order)).id).toBe(first.id);
    expect((await ended(asha, first.id)).status).toBe('completed');
  });

  it('page a list without losing or repeating one', async () => {
    const shopper = await cast.person('shopper');
    const made: PaymentId[] = [];
    for (let n = 0; n < 5; n++)
      made.push((await pay(shopper, { reference: `p${n}`, merchant: stall, amount: 1 })).id);
    const list = async () => {
      const seen: PaymentId[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await shopper.doors.listPayments({
          query: { limit: 2, ...(cursor ? { cursor } : {}) },
        });
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.next;
      } while (cursor);
      return seen;
    };
    // An index comes after its table.
    const seen = await waitFor(async () => (await list()).length >= made.length && list(), {
      what: 'five payments in the list',
    });
    expect(seen).toEqual(made.toReversed());
    await Promise.all(made.map((id) => ended(shopper, id)));
  });
});
