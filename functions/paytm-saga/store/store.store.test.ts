import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { update } from '../../../shared/effects/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import type { RequestOf } from '../../../shared/lambda/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import { MERCHANT, newPayment, payer, START } from '../city.fixture.ts';
import { MerchantId, PaymentId, routes, UserId } from '../contract.ts';
import { holdOf, walletOf } from '../domain/accounts.ts';
import type { Payment } from '../domain/payment.ts';
import { startPayment } from '../doors/start-payment.ts';
import { releaseHold } from '../steps/release-hold.ts';
import { reserveFundsStep } from '../steps/reserve-funds.ts';
import { walletKey } from './keys.ts';
import { handedOver, opened, turnedBack } from './payments.ts';
import { merchantPaid, userChanged, userRegistered } from './people.ts';
import { INDEXES, portsOn, type TablePorts } from './ports.ts';
import { once } from './saga.ts';
import { walletOpened } from './wallets.ts';

const WRITERS = 50;
let table: EffectsTable;
let ports: TablePorts;

beforeAll(async () => {
  table = await createEffectsTable('paytm-saga', INDEXES);
  const end = performance.now() + 50_000;
  ports = portsOn(dynamoStore({ ...table, indexes: INDEXES }), {
    now: () => new Date(),
    ids: uuidV7,
    chance: Math.random,
    deadline: () => end - performance.now(),
    pause,
  });
});
afterAll(() => table?.drop());

const store = () => dynamoStore({ ...table, indexes: INDEXES });
const newUser = () => UserId.parse(newId('user', uuidV7));
const paymentOf = (user: UserId, over: Partial<Payment> = {}): Payment =>
  newPayment({ id: PaymentId.parse(newId('payment', uuidV7)), payer: user, ...over });
const together = <T>(work: (writer: number) => Promise<T>) =>
  Promise.all(
    Array.from({ length: WRITERS }, (_, writer) => work(writer).catch((error: Error) => error.name)),
  );
const count = (results: readonly unknown[], like: unknown) =>
  results.filter((result) => JSON.stringify(result) === JSON.stringify(like)).length;

describe(`${WRITERS} writers at once`, () => {
  it('bring a merchant no more on a day than the day may: as many settle as fit', async () => {
    const merchant = MerchantId.parse(newId('merchant', uuidV7));
    const now = new Date();
    const results = await together(async (writer) => {
      await ports.effects.commit({
        effect: { owner: merchant, name: `settle-${writer}` },
        changes: [merchantPaid(merchant, rupees(30_000), now)],
        answer: writer,
      });
      return 'settled';
    });
    expect(count(results, 'settled')).toBe(33);
    expect(count(results, 'MerchantDailyLimitError')).toBe(WRITERS - 33);
    expect(await ports.people.paidOn(merchant, now)).toBe(rupees(990_000));
  });

  it('start one payment under one key: it is written once, and all get its id', async () => {
    const user = newUser();
    const started: string[] = [];
    const executions = {
      start: async ({ id, actor }: { id: string; actor: number }) => void started.push(`${id}.${actor}`),
      state: async () => 'absent' as const,
    };
    const order = { reference: 'PAY_001', merchantId: MERCHANT, amount: 100 };
    const request = {
      ...{ path: undefined, query: undefined, headers: undefined, language: 'en', say: String, client: '' },
      body: routes.startPayment.request.body.parse(order),
      caller: { subject: user, roles: ['customer'] },
      idempotencyKey: 'key-1',
    } as RequestOf<typeof routes.startPayment>;
    const context = { correlationId: 'c', traceparent: 't', remainingMs: () => 5_000 };
    const answers = await together(async () => {
      const { status, body } = await startPayment({ ...ports, executions })(request, context);
      return `${status} ${body.id}`;
    });
    const { items } = await ports.payments.of(user, { limit: 100 });
    expect(items).toHaveLength(1);
    expect([...new Set(answers)]).toEqual([`202 ${items[0]?.id}`]);
    expect([...new Set(started)]).toEqual([`${items[0]?.id}.1`]);
    expect((await ports.payments.byReference(user, 'PAY_001'))?.id).toBe(items[0]?.id);
  });

  it('start payments of one reference under keys of their own: one is first', async () => {
    const user = newUser();
    const answers = await together(async (writer) => {
      await ports.effects.commit({
        effect: { owner: `${user} start-payment`, name: `key-${writer}`, keepDays: 1 },
        changes: opened(paymentOf(user, { reference: 'PAY_001' })),
        answer: writer,
      });
      return 'accepted';
    });
    expect(count(answers, 'accepted')).toBe(1);
    expect(count(answers, 'ReferenceTakenError')).toBe(WRITERS - 1);
    expect((await ports.payments.of(user, { limit: 100 })).items).toHaveLength(1);
  });

  it('hold on one wallet with money for 20: 20 hold, 30 are refused, and what is held can be given back', async () => {
    const user = newUser();
    const amount = rupees(10);
    const orders = Array.from({ length: WRITERS }, () => paymentOf(user, { amount, method: 'paytm_wallet' }));
    await store().transact([walletOpened(user, START)]);
    await store().transact([update(walletKey(user), { add: { balance: 20 * amount } })]);
    for (const order of orders) await store().transact(opened({ ...order, reference: order.id }));
    const bank = {} as never; // the wallet is ours; no bank is asked
    const input = (order: Payment) => ({ payment: order.id, correlationId: 'c', traceparent: 't' });
    const acting = (order: Payment) => ({ executionId: `${order.id}.1` });
    const held = await together(async (writer) => {
      const order = orders[writer] ?? paymentOf(user);
      await reserveFundsStep({ ...ports, bank })(input(order), acting(order));
      return 'held';
    });
    expect(count(held, 'held')).toBe(20);
    expect(count(held, 'InsufficientFundsError')).toBe(WRITERS - 20);
    expect((await ports.wallets.find(user))?.balance).toBe(0);

    const turn = { error: 'DeadlinePassedError', cause: '', facts: {}, at: START };
    const released = await together(async (writer) => {
      const order = orders[writer] ?? paymentOf(user);
      await ports.effects.commit({
        ...once(order.id, 'turn', `${order.id}.1`),
        changes: [turnedBack(order.id, turn)],
        answer: 'turned',
      });
      return (await releaseHold({ ...ports, bank })(input(order), acting(order))).outcome;
    });
    expect(count(released, 'reversed')).toBe(20);
    expect(count(released, 'nothing')).toBe(WRITERS - 20);
    expect((await ports.wallets.find(user))?.balance).toBe(20 * amount);

    const lines = await waitFor(
      async () => {
        const all = await linesOf(user);
        return all.length === 80 && all;
      },
      { what: 'the lines of 20 holds and 20 releases' },
    );
    for (const account of [walletOf(user), holdOf(user)]) {
      const sum = lines.reduce((total, line) => total + (line.account === account ? line.amount : 0), 0);
      expect([account, sum]).toEqual([account, 0]);
    }
  });

  it('hand one payment over to the next execution: it is handed over once', async () => {
    const payment = paymentOf(newUser());
    await store().transact(opened(payment));
    const results = await together((writer) =>
      ports.effects.commit({
        ...once(payment.id, `execution-by-${writer}`, `${payment.id}.1`),
        changes: [handedOver(payment.id, 2)],
        answer: 'mine',
      }),
    );
    expect(count(results, { answer: 'mine', repeated: false })).toBe(1);
    expect(count(results, 'SupersededError')).toBe(WRITERS - 1);
    expect(await ports.payments.load(payment.id)).toMatchObject({ actor: 2, version: 1 });
  });
});

/** All lines of a user's accounts of today and, because midnight may pass, of the days beside it. */
const linesOf = async (user: UserId) => {
  const days = [-1, 0, 1].map((n) => kolkata(new Date(Date.now() + n * 86_400_000)).date);
  const lines = [];
  for (const day of days) {
    for (const shard of [0, 1, 2, 3]) {
      lines.push(...(await everyPage((page) => ports.ledger.ofDay(day, shard, page))));
    }
  }
  return lines.filter(({ account }) => account.endsWith(user));
};

/** Follows the cursors to the end. */
const everyPage = async <T>(read: (page: Page) => Promise<PageOf<T>>): Promise<T[]> => {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: 3, cursor });
    expect(page.items.length).toBeLessThanOrEqual(3);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
};

describe('pages', () => {
  it('of a payer’s payments lose and repeat nothing, newest first', async () => {
    const user = newUser();
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      // Every second one has the same time as the one before it.
      const createdAt = new Date(Date.parse(START) + Math.floor(n / 2) * 1_000).toISOString();
      const payment = paymentOf(user, { createdAt, reference: `PAY_${n}` });
      await store().transact(opened(payment));
      ids.push(payment.id);
    }
    const read = () => everyPage((page) => ports.payments.of(user, page));
    const all = await waitFor(
      async () => {
        const found = await read();
        return found.length >= 20 && found;
      },
      { what: '20 payments' },
    );
    expect(all.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('of open payments go over all shards, and the oldest of each are found without them', async () => {
    const user = newUser();
    const ids: PaymentId[] = [];
    for (let n = 0; n < 24; n += 1) {
      const payment = paymentOf(user, { reference: `PAY_${n}` });
      await store().transact(opened(payment));
      ids.push(payment.id);
    }
    const read = async () =>
      (await everyPage((page) => ports.payments.open('payment', page))).map(({ id }) => id);
    const all = await waitFor(
      async () => {
        const found = await read();
        return ids.every((id) => found.includes(id)) && found;
      },
      { what: '24 open payments' },
    );
    expect(ids.filter((id) => all.includes(id))).toEqual(ids);
    expect(new Set(all).size).toBe(all.length);
    const walked: string[] = [];
    for (const walk of ports.payments.walks()) for await (const { id } of walk) walked.push(id);
    expect(walked).toEqual(all);
    const refused = ports.payments.open('payment', { limit: 3, cursor: '1|not-ours' });
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInputError' });
  });

  it('of wallets lose and repeat nothing', async () => {
    const users = Array.from({ length: 15 }, newUser);
    for (const user of users) await store().transact([walletOpened(user, START)]);
    const read = async () => {
      const shards = [0, 1, 2, 3].map((shard) => everyPage((page) => ports.wallets.list(shard, page)));
      return (await Promise.all(shards)).flat().map(({ user }) => user);
    };
    const all = await waitFor(
      async () => {
        const found = await read();
        return users.every((user) => found.includes(user)) && found;
      },
      { what: '15 wallets' },
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('what an operator changes', () => {
  it('may be nothing at all', async () => {
    const id = newUser();
    await store().transact([userRegistered({ ...payer, id })]);
    await ports.effects.commit({
      effect: { owner: id, name: 'change' },
      changes: [userChanged(id, {})],
      answer: null,
    });
    expect(await ports.people.user(id)).toMatchObject({ id, kyc: 'full' });
  });
});
