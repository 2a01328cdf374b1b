import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeerUnavailableError } from '../../shared/errors/index.ts';
import { rupees } from '../../shared/money/index.ts';
import { DAY, MERCHANT, paymentId } from './city.fixture.ts';
import type { MerchantId, PaymentId, UserId } from './contract.ts';
import { asha, cityWithDoors, customer, heardLog, operator, stranger } from './doors.fixture.ts';
import { handedOver, setAside, turnedBack } from './store/payments.ts';

let city: ReturnType<typeof cityWithDoors>;
let user: UserId;
let merchant: MerchantId;
let log: ReturnType<typeof heardLog>;
afterEach(() => {
  vi.restoreAllMocks();
});
beforeEach(async () => {
  log = heardLog();
  city = cityWithDoors();
  user = (await city.createUser(operator, { body: asha })).body.id;
  merchant = (await city.createMerchant(operator, { body: { reference: 'dadar', name: 'Dadar' } })).body.id;
});

/** An order of Rs 1,500 to the merchant. */
const order = (over: object = {}) => ({
  reference: 'PAY_001',
  merchantId: merchant,
  amount: rupees(1_500),
  ...over,
});
const balance = async () => (await city.getWallet(customer(user), { path: { userId: user } })).body.balance;
const postings = async () => {
  const shards = [0, 1, 2, 3].map((shard) =>
    city.listPostings(operator, { path: { day: DAY }, query: { shard } }),
  );
  return (await Promise.all(shards)).flatMap(({ body }) => body.items);
};

describe('the operator’s doors', () => {
  it('register a payer with an empty wallet once, however often the key comes', async () => {
    const again = await city.createUser(operator, { body: asha });
    expect(again).toEqual({ status: 201, body: { id: user, kyc: 'full', blocked: false, disputes: 0 } });
    expect(await balance()).toBe(0);
    const other = city.createUser(operator, { body: { ...asha, name: 'Usha' } });
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyKeyReusedError', status: 422 });
    const next = await city.createUser(operator, { body: asha, idempotencyKey: 'key-2' });
    expect(next.body.id).not.toBe(user);
  });

  it('keep each command in a partition of its own: none is hot, however busy an operator is', async () => {
    const before = city.store.all().filter(({ pk }) => String(pk).startsWith('EFFECT#'));
    for (let n = 0; n < 10; n += 1) {
      await city.createMerchant(operator, {
        body: { reference: `m${n}`, name: 'M' },
        idempotencyKey: `m${n}`,
      });
    }
    const effects = city.store.all().filter(({ pk }) => String(pk).startsWith('EFFECT#'));
    expect(effects.length - before.length).toBe(10);
    expect(new Set(effects.map(({ pk }) => pk)).size).toBe(effects.length);
  });

  it('change what they name of a payer, and nothing else', async () => {
    const path = { userId: user };
    const { body } = await city.changeUser(operator, { path, body: { kyc: 'basic' } });
    expect(body).toEqual({ id: user, kyc: 'basic', blocked: false, disputes: 0 });
    expect(log.at(-1)).toMatchObject({
      message: 'payer changed',
      userId: user,
      by: 'operator',
      kyc: 'basic',
    });
    const blocked = await city.changeUser(operator, { path, body: { blocked: true, disputes: 2 } });
    expect(blocked.body).toEqual({ id: user, kyc: 'basic', blocked: true, disputes: 2 });
    const nobody = city.changeUser(operator, { path: { userId: stranger }, body: { blocked: true } });
    await expect(nobody).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'user' } });
  });

  it('register a merchant once, and freeze or suspend it', async () => {
    const asked = { body: { reference: 'dadar', name: 'Dadar' } };
    expect((await city.createMerchant(operator, asked)).body.id).toBe(merchant);
    const path = { merchantId: merchant };
    const frozen = await city.changeMerchant(operator, { path, body: { settlement: 'frozen' } });
    expect(frozen.body).toEqual({ id: merchant, name: 'Dadar', suspended: false, settlement: 'frozen' });
    const both = await city.changeMerchant(operator, {
      path,
      body: { suspended: true, settlement: 'active' },
    });
    expect(both.body).toMatchObject({ suspended: true, settlement: 'active' });
    const nobody = city.changeMerchant(operator, {
      path: { merchantId: MERCHANT },
      body: { suspended: true },
    });
    await expect(nobody).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'merchant' } });
  });

  it('list every wallet and every posting, page by page', async () => {
    for (let n = 2; n < 9; n += 1) {
      await city.createUser(operator, { body: { ...asha, reference: `u${n}` }, idempotencyKey: `u${n}` });
    }
    const seen: string[] = [];
    for (const shard of [0, 1, 2, 3]) {
      let cursor: string | undefined;
      do {
        const query = { shard, limit: 1, ...(cursor ? { cursor } : {}) };
        const { body } = await city.listWallets(operator, { query });
        seen.push(...body.items.map((wallet) => wallet.user));
        cursor = body.next;
      } while (cursor);
    }
    expect(new Set(seen).size).toBe(8);
    expect(seen).toHaveLength(8);
    await city.topUpWallet(customer(user), { path: { userId: user }, body: { amount: rupees(200) } });
    expect((await postings()).map(({ account, amount, step }) => [account, amount, step])).toEqual([
      ['bank-clearing', -20_000, 'top_up'],
      [`wallet:${user}`, 20_000, 'top_up'],
    ]);
  });
});

describe('starting a payment', () => {
  it('answers 202 with its Location, writes the record and starts the saga', async () => {
    const { status, headers, body } = await city.startPayment(customer(user), { body: order() });
    const asked = 'https://host/restapis/paytm-saga/live/_user_request_/payments';
    expect(new URL(headers?.Location ?? '', asked).href).toBe(`${asked}/${body.id}`);
    expect([status, headers]).toEqual([202, { Location: `payments/${body.id}` }]);
    expect(body).toMatchObject({ status: 'in_progress', payer: user, merchant, method: 'upi', steps: [] });
    expect(city.started).toEqual([`${body.id}.1`]);
  });

  it('twice under one key is one payment; the saga is started again, which changes nothing', async () => {
    const first = await city.startPayment(customer(user), { body: order() });
    const second = await city.startPayment(customer(user), { body: order() });
    expect(second).toEqual(first);
    expect(city.started).toEqual([`${first.body.id}.1`, `${first.body.id}.1`]);
  });

  it('under one key is one payment for each payer', async () => {
    const asked = { body: { ...asha, reference: 'usha' }, idempotencyKey: 'usha' };
    const usha = (await city.createUser(operator, asked)).body.id;
    const first = await city.startPayment(customer(user), { body: order() });
    const second = await city.startPayment(customer(usha), { body: order() });
    expect(second.body.id).not.toBe(first.body.id);
    expect(second.body.payer).toBe(usha);
  });

  it('with another body under the key is refused, and so is a reference that is taken', async () => {
    await city.startPayment(customer(user), { body: order() });
    const other = city.startPayment(customer(user), { body: order({ amount: rupees(1) }) });
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyKeyReusedError', status: 422 });
    const taken = city.startPayment(customer(user), { body: order(), idempotencyKey: 'key-2' });
    await expect(taken).rejects.toMatchObject({
      name: 'ReferenceTakenError',
      facts: { reference: 'PAY_001' },
    });
    expect((await city.listPayments(customer(user))).body.items).toHaveLength(1);
  });

  it('that fails leaves the record, which is the promise: 202, and the sweeper starts it', async () => {
    city.faults.start = new PeerUnavailableError({ peer: 'states', status: 503 });
    const { status, body } = await city.startPayment(customer(user), { body: order() });
    expect([status, city.started]).toEqual([202, []]);
    expect(log.at(-1)).toMatchObject({
      level: 'WARN',
      message: 'the saga was not started; the sweeper will',
      paymentId: body.id,
      error: { name: 'PeerUnavailableError' },
    });
    delete city.faults.start;
    await city.sweep();
    expect(city.started).toEqual([]); // the door may still be at it
    city.clock.advance(60_000);
    await city.sweep();
    expect(city.started).toEqual([`${body.id}.1`]);
  });

  it('does not start again what a later execution drives, or what has ended', async () => {
    const { body } = await city.startPayment(customer(user), { body: order() });
    city.started.length = 0;
    await city.store.transact([handedOver(body.id, 2)]);
    await city.startPayment(customer(user), { body: order() });
    expect(city.started).toEqual([]);
  });

  it('is for payers: a customer who is none is refused', async () => {
    const asked = city.startPayment(customer('merchant_x'), { body: order() });
    await expect(asked).rejects.toMatchObject({ name: 'ForbiddenError' });
    await expect(city.listPayments(customer('merchant_x'))).rejects.toMatchObject({ name: 'ForbiddenError' });
  });
});

describe('a payment', () => {
  it('is shown to its payer and to an operator; to others it does not exist', async () => {
    const { body } = await city.startPayment(customer(user), { body: order({ description: 'vada pav' }) });
    const path = { paymentId: body.id };
    expect((await city.getPayment(customer(user), { path })).body).toEqual(body);
    expect((await city.getPayment(operator, { path })).body).toEqual(body);
    const others = city.getPayment(customer(stranger), { path });
    const none = city.getPayment(customer(user), { path: { paymentId: paymentId(9) } });
    for (const asked of [others, none]) {
      await expect(asked).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'payment' } });
    }
  });

  it('says why it turned back, with the facts, in the reader’s language', async () => {
    const { body } = await city.startPayment(customer(user), { body: order() });
    const facts = { needed: 150_000, available: 20_000 };
    const turn = { error: 'InsufficientFundsError', cause: '', facts, at: city.clock.now().toISOString() };
    await city.store.transact([turnedBack(body.id, turn)]);
    const path = { paymentId: body.id };
    const english = await city.getPayment(customer(user), { path });
    expect(english.body.reason).toEqual({
      name: 'InsufficientFundsError',
      detail: 'The wallet holds ₹200.00, but ₹1,500.00 are needed.',
    });
    const hindi = await city.getPayment(customer(user), { path, language: 'hi' });
    expect(hindi.body.reason?.detail).toMatch(/वॉलेट में ₹200\.00 हैं/);
  });

  it('is listed to its payer, newest first, and to the operator while it is under way', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      city.clock.advance(1_000);
      const asked = { body: order({ reference: `PAY_${n}` }), idempotencyKey: `pay-${n}` };
      ids.push((await city.startPayment(customer(user), asked)).body.id);
    }
    const pagesOf = async (caller: typeof operator) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await city.listPayments(caller, {
          query: { limit: 2, ...(cursor ? { cursor } : {}) },
        });
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.next;
      } while (cursor);
      return seen;
    };
    expect(await pagesOf(customer(user))).toEqual(ids.toReversed());
    expect((await pagesOf(operator)).sort()).toEqual(ids.sort());
    expect(await pagesOf(customer(stranger))).toEqual([]);
  });

  it('that needs attention is listed to operators, page by page, and goes on when one of them says so', async () => {
    const ids: PaymentId[] = [];
    for (let n = 0; n < 5; n += 1) {
      const asked = { body: order({ reference: `PAY_${n}` }), idempotencyKey: `pay-${n}` };
      ids.push((await city.startPayment(customer(user), asked)).body.id);
    }
    const [first, ...others] = ids as [PaymentId, ...PaymentId[]];
    const waiting = async (state = 'needs_attention') => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { state, limit: 1, ...(cursor ? { cursor } : {}) };
        const { body } = await city.listPayments(operator, { query });
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.next;
      } while (cursor);
      return seen.sort();
    };
    expect(await waiting()).toEqual([]);
    for (const id of ids) await city.store.transact([setAside(id, 'TransientError', '2026-11-24T10:00:00Z')]);
    expect(await waiting()).toEqual(ids.toSorted());
    const onePage = await city.listPayments(operator, { query: { state: 'needs_attention' } });
    expect(onePage.body).toMatchObject({ items: { length: 5 } });
    expect(await waiting('in_progress')).toEqual([]);
    city.started.length = 0;
    const asked = { path: { paymentId: first }, body: { reason: 'the bank is back' } };
    const { status, body } = await city.resumePayment(operator, asked);
    expect([status, body.status, city.started]).toEqual([202, 'in_progress', [`${first}.2`]]);
    const audit = { at: body.createdAt, by: 'operator', reason: 'the bank is back', after: 'TransientError' };
    expect(body.resumptions).toEqual([{ ...audit, execution: 2 }]);
    expect((await city.resumePayment(operator, asked)).body).toEqual(body);
    const again = city.resumePayment(operator, { ...asked, idempotencyKey: 'key-2' });
    await expect(again).rejects.toMatchObject({
      name: 'NothingToResumeError',
      facts: { status: 'in_progress' },
    });
    expect(await waiting()).toEqual(others.toSorted());
    expect(await waiting('in_progress')).toEqual([first]);

    const path = { paymentId: first };
    expect((await city.getPayment(operator, { path })).body).toEqual(body);
    expect((await city.getPayment(customer(user), { path })).body).not.toHaveProperty('resumptions');
    const filtered = city.listPayments(customer(user), { query: { state: 'needs_attention' } });
    await expect(filtered).rejects.toMatchObject({ name: 'ForbiddenError' });
  });

  it('that was resumed and not started is the sweeper’s to start', async () => {
    const { id } = (await city.startPayment(customer(user), { body: order() })).body;
    await city.store.transact([setAside(id, 'TransientError', city.clock.now().toISOString())]);
    city.faults.start = new PeerUnavailableError({ peer: 'states', status: 503 });
    const asked = { path: { paymentId: id }, body: { reason: 'the bank is back' } };
    expect((await city.resumePayment(operator, asked)).status).toBe(202);
    delete city.faults.start;
    city.clock.advance(60_000);
    await city.sweep();
    expect(city.started).toEqual([`${id}.1`, `${id}.2`]);
  });
});
