import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryStore, memoryStore } from '../../../shared/effects/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { AccountId, type Behaviour, ClearingAlias, OperationKey, StatementView } from '../contract.ts';
import type { BankPorts } from '../domain/ports.ts';
import { bankOn } from '../store/ports.ts';
import { cancelCapture } from './cancel-capture.ts';
import { cancelDebit } from './cancel-debit.ts';
import { captureHold } from './capture-hold.ts';
import { changeAccount } from './change-account.ts';
import { debitAccount } from './debit-account.ts';
import { getAccount } from './get-account.ts';
import { getOperation } from './get-operation.ts';
import { getStatement } from './get-statement.ts';
import { openAccount } from './open-account.ts';
import { placeHold } from './place-hold.ts';
import { refundCharge } from './refund-charge.ts';
import { voidHold } from './void-hold.ts';

const operator: Caller = { subject: 'operator', roles: ['operator'] };
const saga: Caller = { subject: 'service:paytm-saga', roles: ['service'] };
const clearing = ClearingAlias.parse('clearing:paytm-saga');
const keyOf = (key: string) => OperationKey.parse(key);
const rest = { idempotencyKey: undefined, language: 'en', say: () => '', query: undefined } as never;

/** The bank in memory, asked through the use cases of its doors. */
const bankIn = (store: MemoryStore) => {
  let ids = 0;
  const clock = { at: Date.parse('2026-11-24T10:00:00Z') };
  const pauses: number[] = [];
  const ports: BankPorts = bankOn(store, {
    now: () => {
      clock.at += 1;
      return new Date(clock.at);
    },
    ids: () => {
      ids += 1;
      return `0193a5c0-0000-7000-8000-${String(ids).padStart(12, '0')}`;
    },
    chance: () => 0,
    deadline: () => 5_000,
    pause: async (ms) => {
      pauses.push(ms);
    },
  });
  const ask = <R>(
    door: (ports: BankPorts) => (request: never) => Promise<{ body: R }>,
    request: object,
    caller: Caller,
  ) => door(ports)({ ...(rest as object), ...request, caller } as never).then(({ body }) => body);
  const terms = { amount: rupees(1_000), instrument: 'upi' };
  return {
    ports,
    clock,
    pauses,
    open: async (openingBalance = rupees(1_500), reference = 'asha') => {
      const account = await ask(
        openAccount,
        { body: { reference, kind: 'customer', openingBalance } },
        operator,
      );
      return AccountId.parse(account.id);
    },
    account: (id: string) => ask(getAccount, { path: { id } }, operator),
    behave: (id: AccountId, body: Partial<Behaviour>) => ask(changeAccount, { path: { id }, body }, operator),
    hold: (account: AccountId, key = 'p1', caller = saga) =>
      ask(placeHold, { path: { key: keyOf(key) }, body: { account, ...terms } }, caller),
    capture: (key = 'p1', caller = saga) =>
      ask(captureHold, { path: { key: keyOf(key) }, body: { into: clearing } }, caller),
    void: (key = 'p1') => ask(voidHold, { path: { key: keyOf(key) } }, saga),
    cancelCapture: (key = 'p1') => ask(cancelCapture, { path: { key: keyOf(key) } }, saga),
    debit: (account: AccountId, key = 'd1') =>
      ask(debitAccount, { path: { key: keyOf(key) }, body: { account, into: clearing, ...terms } }, saga),
    cancelDebit: (key = 'd1') => ask(cancelDebit, { path: { key: keyOf(key) } }, saga),
    refund: (of: string, amount: number, key = 'r1') =>
      ask(refundCharge, { path: { key: keyOf(key) }, body: { of: keyOf(of), amount: rupees(amount) } }, saga),
    did: (kind: string, key: string, caller = saga) =>
      ask(getOperation, { path: { kind, key: keyOf(key) } }, caller),
    statement: (id: string, query: object = {}, caller = operator) =>
      ask(getStatement, { path: { id }, query: { limit: 200, ...query } }, caller),
  };
};

let store: MemoryStore;
let bank: ReturnType<typeof bankIn>;
beforeEach(() => {
  store = memoryStore();
  bank = bankIn(store);
});

/** The sum of all lines of the bank's ledger: nothing comes from nowhere. */
const ledgerSum = () =>
  store
    .all()
    .filter(({ pk }) => String(pk).startsWith('LEDGER#'))
    .reduce((sum, { amount }) => sum + Number(amount), 0);

describe('an account', () => {
  it('opens with money from the vault, once a reference', async () => {
    const id = await bank.open();
    expect(await bank.open()).toBe(id);
    expect(await bank.account(id)).toMatchObject({
      balance: rupees(1_500),
      available: rupees(1_500),
      held: 0,
      behaviour: { outage: false, declineCode: null },
    });
    expect(ledgerSum()).toBe(0);
  });

  it('is refused under a reference that stands for another opening balance', async () => {
    await bank.open();
    await expect(bank.open(rupees(1))).rejects.toMatchObject({ name: 'IdempotencyKeyReusedError' });
  });

  it('that does not exist is not found, by any door', async () => {
    const id = AccountId.parse('account_0193a5c0-0000-7000-8000-00000000dead');
    for (const asked of [bank.account(id), bank.hold(id), bank.debit(id), bank.behave(id, { slowMs: 1 })]) {
      await expect(asked).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'account', id } });
    }
    await expect(bank.account(clearing)).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('of a system is opened by name, and by the first money that comes into it', async () => {
    const body = { reference: 'paytm-wallet', kind: 'clearing', openingBalance: 0 };
    const opened = await openAccount(bank.ports)({ ...(rest as object), body, caller: operator } as never);
    expect(opened.body).toMatchObject({ id: 'clearing:paytm-wallet', kind: 'clearing' });
    await bank.debit(await bank.open());
    expect(await bank.account(clearing)).toMatchObject({ id: clearing, kind: 'clearing' });
  });
});

describe('a charge', () => {
  it('goes from hold to capture, and the same calls again change nothing', async () => {
    const id = await bank.open();
    for (const _ of [1, 2]) expect(await bank.hold(id)).toMatchObject({ state: 'held', account: id });
    expect(await bank.account(id)).toMatchObject({ available: rupees(500), held: rupees(1_000) });
    const captured = await bank.capture();
    expect(captured).toMatchObject({ state: 'captured', into: clearing });
    expect(await bank.capture()).toEqual(captured);
    expect(await bank.account(id)).toMatchObject({ balance: rupees(500), held: 0 });
    expect(await bank.statement(clearing)).toMatchObject({ closingBalance: rupees(1_000) });
  });

  it('is undone by two calls, whatever of it had happened', async () => {
    for (const [n, before] of (['', 'h', 'hc'] as const).entries()) {
      const id = await bank.open(rupees(1_500), `payer-${n}`);
      const key = `p${n}`;
      if (before.includes('h')) await bank.hold(id, key);
      if (before.includes('c')) await bank.capture(key);
      for (const _ of [1, 2]) {
        await bank.cancelCapture(key);
        await bank.void(key);
      }
      expect(await bank.account(id)).toMatchObject({ available: rupees(1_500), held: 0 });
      await expect(bank.hold(id, key)).rejects.toMatchObject({ name: 'HoldCancelledError' });
      await expect(bank.capture(key)).rejects.toThrow();
      expect(await bank.account(id)).toMatchObject({ available: rupees(1_500), held: 0 });
    }
    expect(ledgerSum()).toBe(0);
  });

  it('that is declined is declined again, and the decline can be asked for', async () => {
    const id = await bank.open(rupees(10));
    for (const _ of [1, 2]) {
      await expect(bank.hold(id)).rejects.toMatchObject({
        name: 'InsufficientBalanceError',
        facts: { code: 'Z9', reason: 'insufficient_funds' },
        retryable: false,
      });
    }
    await bank.behave(id, { declineCode: 'ZM' });
    await expect(bank.debit(id)).rejects.toMatchObject({ name: 'DeclinedError', facts: { code: 'ZM' } });
    expect(await bank.did('hold', 'p1')).toMatchObject({ state: 'declined', code: 'Z9' });
    expect(await bank.did('debit', 'd1')).toMatchObject({ state: 'declined', code: 'ZM' });
  });

  it('is given back in parts under keys of their own', async () => {
    await bank.debit(await bank.open());
    for (const _ of [1, 2])
      expect(await bank.refund('d1', 400)).toMatchObject({ state: 'refunded', of: 'd1' });
    expect(await bank.did('debit', 'd1')).toMatchObject({ state: 'debited', refunded: rupees(400) });
    await expect(bank.refund('d1', 601, 'r2')).rejects.toMatchObject({ name: 'RefundTooLargeError' });
    await expect(bank.refund('p9', 1, 'r3')).rejects.toMatchObject({ name: 'NothingToRefundError' });
    expect(await bank.cancelDebit()).toMatchObject({ state: 'refunded', refunded: rupees(1_000) });
    expect(await bank.statement(clearing)).toMatchObject({ closingBalance: 0 });
  });

  it('of another system is out of reach, and so is its clearing account', async () => {
    const stranger: Caller = { subject: 'service:paytm-wallet', roles: ['service'] };
    const id = await bank.open();
    await expect(bank.hold(id, 'p1', operator)).rejects.toMatchObject({ name: 'ForbiddenError' });
    await bank.hold(id);
    await expect(bank.capture('p1', stranger)).rejects.toMatchObject({ name: 'ForbiddenError' });
    await expect(bank.did('hold', 'p1', stranger)).rejects.toMatchObject({ name: 'ForbiddenError' });
    await expect(bank.statement(clearing, {}, stranger)).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(bank.statement(id, {}, saga)).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await bank.statement(clearing, {}, saga)).toMatchObject({ closingBalance: 0, lines: [] });
  });
});

describe('did you do X?', () => {
  it('is answered with unknown for what never came, and for another kind of thing under that key', async () => {
    expect(await bank.did('hold', 'p1')).toEqual({ kind: 'hold', key: 'p1', state: 'unknown' });
    expect(await bank.did('refund', 'r1')).toMatchObject({ state: 'unknown' });
    await bank.hold(await bank.open());
    expect(await bank.did('debit', 'p1')).toMatchObject({ state: 'unknown' });
    expect(await bank.did('hold', 'p1', operator)).toMatchObject({ state: 'held' });
  });

  it('is answered with cancelled for what may not come any more', async () => {
    await bank.void();
    await bank.cancelDebit();
    expect(await bank.did('hold', 'p1')).toMatchObject({ state: 'cancelled' });
    expect(await bank.did('debit', 'd1')).toMatchObject({ state: 'cancelled' });
  });
});

describe('the faults of an account', () => {
  it('slow: it waits before it does anything', async () => {
    const id = await bank.open();
    await bank.behave(id, { slowMs: 8_000 });
    await bank.hold(id);
    expect(bank.pauses).toEqual([8_000]);
  });

  it('outage: nothing happens, and a retry helps after it is over', async () => {
    const id = await bank.open();
    await bank.hold(id, 'p0');
    await bank.behave(id, { outage: true });
    for (const asked of [bank.hold(id), bank.capture('p0'), bank.void('p0'), bank.did('hold', 'p0')]) {
      await expect(asked).rejects.toMatchObject({
        name: 'BankUnavailableError',
        status: 503,
        retryable: true,
      });
    }
    expect(await bank.did('hold', 'p1', operator)).toMatchObject({ state: 'unknown' });
    await bank.behave(id, { outage: false });
    expect(await bank.capture('p0')).toMatchObject({ state: 'captured' });
  });

  it('lost answers: it happens, and the caller learns it only by asking again', async () => {
    const id = await bank.open();
    await bank.behave(id, { loseAnswers: 2 });
    await expect(bank.hold(id)).rejects.toMatchObject({ name: 'BankUnavailableError' });
    expect(await bank.did('hold', 'p1')).toMatchObject({ state: 'held' });
    await expect(bank.hold(id)).rejects.toMatchObject({ name: 'BankUnavailableError' });
    expect(await bank.hold(id)).toMatchObject({ state: 'held' });
    expect(await bank.account(id)).toMatchObject({ held: rupees(1_000), behaviour: { loseAnswers: 0 } });
  });
});

describe('a statement', () => {
  it('lists what came and went, the newest last, and ends with the balance', async () => {
    const id = await bank.open();
    await bank.hold(id);
    await bank.capture();
    await bank.refund('p1', 250);
    const statement = await bank.statement(id);
    expect(StatementView.parse(statement)).toEqual(statement);
    expect(statement.lines.map(({ what, key, amount }) => [what, key, amount])).toEqual([
      ['open', 'asha', 150_000],
      ['capture', 'p1', -100_000],
      ['refund', 'r1', 25_000],
    ]);
    expect(statement).toMatchObject({ openingBalance: 0, closingBalance: 75_000 });
    expect(statement.next).toBeUndefined();
  });

  it('goes on page by page over days and months, each page from the balance of the one before', async () => {
    const id = await bank.open();
    await bank.hold(id);
    bank.clock.at += 40 * 86_400_000;
    await bank.capture();
    const pages: StatementView[] = [];
    let cursor: string | undefined;
    do {
      const page: StatementView = await bank.statement(id, { limit: 1, ...(cursor ? { cursor } : {}) });
      expect(page.openingBalance).toBe(pages.at(-1)?.closingBalance ?? 0);
      pages.push(page);
      cursor = page.next;
    } while (cursor);
    expect(pages.flatMap(({ lines }) => lines.map(({ amount }) => amount))).toEqual([150_000, -100_000]);
    expect(pages.at(-1)?.closingBalance).toBe(50_000);
  });

  it('refuses a cursor that it did not give out', async () => {
    const id = await bank.open();
    for (const cursor of ['x', Buffer.from('{"day":"2026-11-24"}').toString('base64url')]) {
      await expect(bank.statement(id, { cursor })).rejects.toMatchObject({ name: 'InvalidInputError' });
    }
  });
});

describe('many at once', () => {
  it('two holds on money for one: one is held, the other declined', async () => {
    const id = await bank.open();
    const ended = await Promise.allSettled([bank.hold(id, 'p1'), bank.hold(id, 'p2')]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await bank.account(id)).toMatchObject({ available: rupees(500), held: rupees(1_000) });
  });

  it('the same capture from ten callers happens once', async () => {
    const id = await bank.open();
    await bank.hold(id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => bank.capture()));
    expect(new Set(answers.map(({ bankReference }) => bankReference)).size).toBe(1);
    expect(await bank.statement(clearing)).toMatchObject({ closingBalance: rupees(1_000) });
  });

  const call = fc.constantFrom('hold', 'capture', 'void', 'cancelCapture', 'debit', 'cancelDebit', 'refund');

  property.prop([fc.array(fc.tuple(call, fc.constantFrom('1', '2')), { maxLength: 12 })], { numRuns: 60 })(
    'whatever runs at once, the books balance and agree with the accounts',
    async (calls) => {
      store = memoryStore();
      bank = bankIn(store);
      const id = await bank.open();
      const run = ([does, n]: [string, string]): Promise<unknown> => {
        if (does === 'hold') return bank.hold(id, `p${n}`);
        if (does === 'debit') return bank.debit(id, `d${n}`);
        if (does === 'cancelDebit') return bank.cancelDebit(`d${n}`);
        if (does === 'refund') return bank.refund(`p${n}`, 300, `r${n}`);
        return bank[does as 'capture' | 'void' | 'cancelCapture'](`p${n}`);
      };
      await Promise.allSettled(calls.map(run));
      const account = await bank.account(id);
      if (account.kind !== 'customer') throw new Error('a customer’s account was opened');
      const statement = await bank.statement(id);
      const cleared = await bank.statement(clearing);
      expect(ledgerSum()).toBe(0);
      expect(statement.closingBalance).toBe(account.balance);
      expect(account.balance + cleared.closingBalance).toBe(rupees(1_500));
      expect(Math.min(account.available, account.held, cleared.closingBalance)).toBeGreaterThanOrEqual(0);
    },
  );
});
