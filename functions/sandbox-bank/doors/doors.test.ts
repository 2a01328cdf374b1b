import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryStore, memoryStore } from '../../../shared/effects/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { bankIn, clearing, ledgerSum, operator, saga } from '../bank.fixture.ts';
import { AccountId, StatementView } from '../contract.ts';

let store: MemoryStore;
let bank: ReturnType<typeof bankIn>;
beforeEach(() => {
  store = memoryStore();
  bank = bankIn(store);
});

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
    expect(ledgerSum(store)).toBe(0);
  });

  it('is remembered in a partition of its own, however many accounts one caller opens', async () => {
    for (const reference of ['asha', 'ravi', 'meena']) await bank.open(rupees(1), reference);
    const records = store.all().filter(({ pk }) => String(pk).startsWith('EFFECT#'));
    expect(records).toHaveLength(3);
    expect(new Set(records.map(({ pk }) => pk)).size).toBe(3);
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
    const opened = await bank.openClearing('paytm-wallet');
    expect(opened).toMatchObject({ id: 'clearing:paytm-wallet', kind: 'clearing' });
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

  it('is given back to no account that is closed to credits, and to it as soon as it is opened', async () => {
    const id = await bank.open();
    await bank.hold(id);
    await bank.capture();
    await bank.behave(id, { creditsBlocked: true });
    const before = await bank.account(id);
    for (const _ of [1, 2]) {
      await expect(bank.cancelCapture()).rejects.toMatchObject({
        name: 'CreditsBlockedError',
        retryable: false,
        facts: { account: id },
      });
    }
    expect(await bank.account(id)).toEqual(before);
    await bank.behave(id, { creditsBlocked: false });
    expect(await bank.cancelCapture()).toMatchObject({ state: 'refunded' });
    expect(await bank.account(id)).toMatchObject({ available: rupees(1_500), held: 0 });
    expect(ledgerSum(store)).toBe(0);
  });

  it('is held and released on an account that is closed to credits: nothing is paid in by that', async () => {
    const id = await bank.open();
    await bank.behave(id, { creditsBlocked: true });
    await bank.hold(id);
    expect(await bank.void()).toMatchObject({ state: 'voided' });
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
    expect(ledgerSum(store)).toBe(0);
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
    bank.clock.at += 40 * 86_400_000;
    await bank.hold(id);
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
