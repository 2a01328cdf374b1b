import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryStore, memoryStore, update } from '../../../shared/effects/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { bankIn, CALL, clearing, ledgerSum, operator, saga, toldIn } from '../bank.fixture.ts';
import type { AccountId } from '../contract.ts';
import { INDEXES } from '../store/ports.ts';

let store: MemoryStore;
let bank: ReturnType<typeof bankIn>;
beforeEach(() => {
  store = memoryStore({ indexes: INDEXES });
  bank = bankIn(store);
});

const ALL = { available: rupees(1_500), held: 0 };
const HELD = { available: rupees(500), held: rupees(1_000) };

/** Asks the payer, who has a minute. */
const ask = (id: AccountId, flow: 'intent' | 'qr' = 'intent') =>
  bank.hold(id, 'p1', saga, { approval: { flow, expiresInSeconds: 60 } });

const byHand = async (opening = rupees(1_500)) => {
  const id = await bank.open(opening);
  await bank.behave(id, { approvals: 'by_hand' });
  return id;
};

const told = () => toldIn(store).map(({ data }) => (data as { state: string }).state);

describe('a payer who is asked', () => {
  it('approves: from then on the money is held, and the client is told in the name of its own call', async () => {
    const id = await byHand();
    for (const _ of [1, 2]) expect(await ask(id)).toMatchObject({ state: 'awaiting', amount: rupees(1_000) });
    expect(await bank.account(id)).toMatchObject(ALL);
    await expect(bank.capture()).rejects.toMatchObject({ name: 'HoldAwaitingError', retryable: false });
    for (const _ of [1, 2]) expect(await bank.answer('approve')).toMatchObject({ state: 'held' });
    expect(await bank.account(id)).toMatchObject(HELD);
    expect(await ask(id)).toMatchObject({ state: 'held' });
    expect(await bank.capture()).toMatchObject({ state: 'captured' });
    expect(toldIn(store)).toEqual([
      expect.objectContaining({
        source: 'sandbox-bank',
        type: 'sandbox-bank.OperationChanged',
        subject: 'p1',
        causationid: 'p1',
        correlationid: CALL.correlationId,
        traceparent: CALL.traceparent,
        data: { client: 'paytm-saga', kind: 'hold', key: 'p1', state: 'held' },
      }),
    ]);
  });

  it('declines: the client gets ZA whenever it asks', async () => {
    const id = await byHand();
    await ask(id);
    expect(await bank.answer('decline')).toMatchObject({ state: 'declined', code: 'ZA' });
    await expect(ask(id)).rejects.toMatchObject({
      name: 'DeclinedError',
      facts: { code: 'ZA', reason: 'declined_by_customer' },
    });
    await expect(bank.answer('approve')).rejects.toMatchObject({ name: 'IdempotencyKeyReusedError' });
    expect(told()).toEqual(['declined']);
  });

  it('approves what is not there: they see the decline, and the client gets it', async () => {
    const id = await byHand(rupees(10));
    await ask(id);
    expect(await bank.answer('approve')).toMatchObject({ state: 'declined', code: 'Z9' });
    await expect(ask(id)).rejects.toMatchObject({ name: 'InsufficientBalanceError', facts: { code: 'Z9' } });
    expect(told()).toEqual(['declined']);
  });

  it('is silent: the request has expired for everybody who asks, before anybody wrote it and after', async () => {
    const id = await byHand();
    await ask(id);
    bank.clock.at += 60_000;
    for (const _ of [1, 2]) {
      expect(await bank.did('hold', 'p1')).toMatchObject({ state: 'expired', approval: { flow: 'intent' } });
      await expect(ask(id)).rejects.toMatchObject({ name: 'HoldExpiredError', facts: { code: 'U69' } });
      await expect(bank.answer('approve')).rejects.toMatchObject({ name: 'RequestExpiredError' });
      await bank.comeRound();
    }
    expect(await bank.account(id)).toMatchObject(ALL);
    expect(told()).toEqual(['expired']);
  });

  it('has the request withdrawn, and it is gone', async () => {
    await ask(await byHand());
    expect(await bank.void()).toMatchObject({ state: 'voided' });
    await expect(bank.answer('approve')).rejects.toMatchObject({ name: 'HoldVoidedError' });
    expect(told()).toEqual([]);
  });

  it('cannot answer what nobody has asked', async () => {
    await expect(bank.answer('approve')).rejects.toMatchObject({ name: 'NotFoundError' });
    await bank.debit(await byHand(), 'd1');
    await expect(bank.answer('approve', 'd1')).rejects.toMatchObject({ name: 'NotFoundError' });
    await bank.void('p0');
    await bank.hold(await bank.open(rupees(1_000), 'unasked'));
    for (const key of ['p0', 'p1']) {
      await expect(bank.answer('approve', key)).rejects.toMatchObject({
        name: 'NothingToAnswerError',
        facts: { key },
      });
    }
  });

  it('meets the outage of their bank like everybody', async () => {
    const id = await byHand();
    await ask(id);
    await bank.behave(id, { outage: true });
    await expect(bank.answer('approve')).rejects.toMatchObject({ name: 'BankUnavailableError' });
    expect(await bank.did('hold', 'p1', operator)).toMatchObject({ state: 'awaiting' });
  });
});

describe('a hold', () => {
  it('that was declined can be undone like every other: there is nothing to give back', async () => {
    const id = await bank.open(rupees(1));
    await expect(bank.hold(id)).rejects.toMatchObject({ name: 'InsufficientBalanceError' });
    await expect(bank.debit(id)).rejects.toMatchObject({ name: 'InsufficientBalanceError' });
    for (const undo of [bank.cancelCapture, bank.void]) {
      expect(await undo()).toMatchObject({ state: 'declined', code: 'Z9' });
    }
    expect(await bank.cancelDebit()).toMatchObject({ state: 'declined', code: 'Z9' });
  });

  it('expires as its account was told, and can be given back before anybody has written that', async () => {
    const id = await bank.open();
    await bank.behave(id, { holdsForMs: 1_000 });
    await bank.hold(id);
    bank.clock.at += 1_000;
    expect(await bank.did('hold', 'p1')).toMatchObject({ state: 'expired' });
    await expect(bank.capture()).rejects.toMatchObject({ name: 'HoldExpiredError', facts: { key: 'p1' } });
    expect(await bank.account(id)).toMatchObject(HELD);
    expect(await bank.void()).toMatchObject({ state: 'expired' });
    expect(await bank.account(id)).toMatchObject(ALL);
    expect(told()).toEqual(['expired']);
  });

  it('by card speaks ISO 8583, and by instalments tells what is paid back each month', async () => {
    const id = await bank.open();
    const emi = { instrument: 'emi', emi: { months: 12 } } as const;
    const held = await bank.hold(id, 'p1', saga, emi);
    expect(held).toMatchObject({ instrument: 'emi', emi: { months: 12, instalment: 9_026 } });
    expect(await bank.did('hold', 'p1')).toEqual(held);
    await expect(bank.hold(id, 'p2', saga, { instrument: 'credit_card' })).rejects.toMatchObject({
      name: 'InsufficientBalanceError',
      facts: { code: '51', reason: 'insufficient_funds' },
    });
    await expect(bank.hold(id, 'p1', saga, { instrument: 'emi' })).rejects.toMatchObject({
      name: 'IdempotencyKeyReusedError',
    });
  });
});

describe('a capture that settles late', () => {
  const settling = async () => {
    const id = await bank.open();
    await bank.behave(id, { settlesAfterMs: 60_000 });
    await bank.hold(id);
    expect(await bank.capture()).toMatchObject({ state: 'settling', into: clearing });
    return id;
  };

  it('moves the money when the back office comes round, and tells', async () => {
    const id = await settling();
    await bank.comeRound();
    expect(await bank.capture()).toMatchObject({ state: 'settling' });
    expect(await bank.account(id)).toMatchObject(HELD);
    bank.clock.at += 60_000;
    expect(await bank.did('hold', 'p1')).toMatchObject({ state: 'settling' });
    await bank.comeRound();
    expect(await bank.did('hold', 'p1')).toMatchObject({ state: 'captured', refunded: 0 });
    const { lines } = (await bank.statement(clearing)) as { lines: { what: string; key: string }[] };
    expect(lines.map(({ what, key }) => [what, key])).toEqual([['capture', 'p1']]);
    expect([told(), ledgerSum(store)]).toEqual([['captured'], 0]);
  });

  it('is settled by whoever captures again in time, and only once', async () => {
    const id = await settling();
    bank.clock.at += 60_000;
    const answers = await Promise.all([bank.capture(), bank.comeRound(), bank.capture()]);
    expect(answers.flatMap((answer) => answer?.state ?? [])).toEqual(['captured', 'captured']);
    expect(await bank.account(id)).toMatchObject({ available: rupees(500), held: 0 });
    expect(told()).toEqual(['captured']);
  });

  it('cannot be undone until it is known how it ends', async () => {
    await settling();
    for (const undo of [bank.cancelCapture, bank.void]) {
      await expect(undo()).rejects.toMatchObject({ name: 'OutcomePendingError', retryable: true });
    }
    bank.clock.at += 60_000;
    await bank.comeRound();
    expect(await bank.cancelCapture()).toMatchObject({ state: 'refunded' });
    expect(await bank.void()).toMatchObject({ state: 'refunded' });
  });
});

it('an account of the days before all this approves at once, settles at once and holds for a while', async () => {
  const id = await bank.open();
  const news = ['approvals', 'settlesAfterMs', 'holdsForMs'].map((name) => `behaviour.${name}`);
  await store.transact([update({ pk: `ACCOUNT#${id}`, sk: 'ACCOUNT' }, { remove: news })]);
  expect(await ask(id, 'qr')).toMatchObject({
    state: 'held',
    expiresAt: expect.stringContaining('T10:15:00'),
  });
  expect(await bank.capture()).toMatchObject({ state: 'captured' });
  expect(await bank.behave(id, { approvals: 'by_hand' })).toMatchObject({
    behaviour: { approvals: 'by_hand', settlesAfterMs: 0, holdsForMs: 900_000 },
  });
});
