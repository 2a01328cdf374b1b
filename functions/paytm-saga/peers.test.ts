import { describe, expect, it } from 'vitest';
import { PeerUnavailableError } from '../../shared/errors/index.ts';
import { rupees } from '../../shared/money/index.ts';
import { payer, paymentId, START } from './city.fixture.ts';
import type { Bank } from './domain/ports.ts';
import { sandboxBank } from './peers.ts';

const NOW = new Date(START);
const key = paymentId(0);
const order = { account: payer.bankAccount, amount: rupees(1_500) };
const refusal = (name: string, facts: object = {}) => Object.assign(new Error(name), { name, facts });

/** A client of the bank that answers every call alike, and what it was asked. */
const bankAnswering = (answer: object | Error) => {
  const asked: [string, object][] = [];
  const client = new Proxy({} as Parameters<typeof sandboxBank>[0], {
    get: (_, name: string) => async (request: object) => {
      asked.push([name, request]);
      if (answer instanceof Error) throw answer;
      return { status: 200, body: answer, headers: {} };
    },
  });
  return { bank: sandboxBank(client, () => NOW), asked };
};

const calls: readonly [keyof Bank, (bank: Bank) => Promise<unknown>][] = [
  ['hold', (bank) => bank.hold(key, { ...order, method: 'upi' })],
  ['capture', (bank) => bank.capture(key)],
  ['debit', (bank) => bank.debit(key, order)],
];

describe('the sandbox bank behind our port', () => {
  it('is asked by key, account and amount; everything comes into our own clearing account', async () => {
    const { bank, asked } = bankAnswering({ key, state: 'held' });
    expect(await bank.hold(key, { ...order, method: 'credit_card' })).toEqual({
      state: 'done',
      reference: key,
    });
    await bank.capture(key);
    await bank.debit(key, order);
    expect(asked).toEqual([
      ['placeHold', { path: { key }, body: { ...order, instrument: 'credit_card' } }],
      ['captureHold', { path: { key }, body: { into: 'clearing:paytm-saga' } }],
      ['debitAccount', { path: { key }, body: { ...order, instrument: 'upi', into: 'clearing:paytm-saga' } }],
    ]);
  });

  it('gives its own reference where it has one', async () => {
    const { bank } = bankAnswering({ key, state: 'captured', bankReference: 'txn_1' });
    expect(await bank.capture(key)).toEqual({ state: 'done', reference: 'txn_1' });
  });

  it('asks the payer where the order says so, for as long as is left of it', async () => {
    const { bank, asked } = bankAnswering({ key, state: 'awaiting' });
    const approval = { flow: 'qr', expiresAt: new Date(NOW.getTime() + 59_001).toISOString() } as const;
    expect(await bank.hold(key, { ...order, method: 'upi', approval })).toEqual({ state: 'open' });
    expect(asked[0]?.[1]).toMatchObject({ body: { approval: { flow: 'qr', expiresInSeconds: 60 } } });
    const late = { flow: 'qr', expiresAt: START } as const;
    await bank.hold(key, { ...order, method: 'upi', approval: late });
    expect(asked[1]?.[1]).toMatchObject({ body: { approval: { expiresInSeconds: 1 } } });
    await bank.hold(key, { ...order, method: 'emi', emi: { months: 6 } });
    expect(asked[2]?.[1]).toMatchObject({ body: { instrument: 'emi', emi: { months: 6 } } });
  });

  it.each([
    ['unknown', {}],
    ['awaiting', { hold: { state: 'open' } }],
    ['held', { hold: { state: 'done', reference: key } }],
    ['settling', { hold: { state: 'done', reference: key }, capture: { state: 'open' } }],
    ['captured', { hold: { state: 'done', reference: key }, capture: { state: 'done', reference: key } }],
  ])('learns what became of a hold that is %s', async (state, learned) => {
    expect(await bankAnswering({ key, state }).bank.learn(key)).toEqual(learned);
  });

  it.each([
    ['declined', { code: 'ZA' }, 'ZA'],
    ['expired', { approval: { flow: 'qr' } }, 'U69'],
    ['expired', { approval: { flow: 'qr', decision: 'approve' } }, 'U30'],
    ['expired', {}, 'U30'],
    ['voided', {}, 'U30'],
    ['cancelled', {}, 'U30'],
  ])('learns that a hold is over: %s', async (state, more, code) => {
    await expect(bankAnswering({ key, state, ...more }).bank.learn(key)).rejects.toMatchObject({
      name: 'PaymentDeclinedError',
      facts: { code },
    });
  });

  it('learns what became of a debit', async () => {
    const debit = (state: string, more = {}) => bankAnswering({ key, state, ...more }).bank.learnDebit(key);
    expect(await debit('unknown')).toBeUndefined();
    expect(await debit('debited', { bankReference: 'txn_1' })).toEqual({ reference: 'txn_1' });
    await expect(debit('declined', { code: 'Z9' })).rejects.toMatchObject({ facts: { code: 'Z9' } });
    await expect(debit('cancelled')).rejects.toMatchObject({ name: 'PaymentDeclinedError' });
  });

  it('learns that the money is on its way', async () => {
    expect(await bankAnswering({ key, state: 'settling' }).bank.capture(key)).toEqual({ state: 'open' });
  });

  it('tells whether something was undone or never was', async () => {
    expect(await bankAnswering({ state: 'refunded' }).bank.refund(key)).toBe('reversed');
    expect(await bankAnswering({ state: 'cancelled' }).bank.refund(key)).toBe('nothing');
    expect(await bankAnswering({ state: 'voided' }).bank.release(key)).toBe('reversed');
    expect(await bankAnswering({ state: 'declined' }).bank.release(key)).toBe('nothing');
    const withdrawn = { state: 'voided', approval: { flow: 'qr' } };
    expect(await bankAnswering(withdrawn).bank.release(key)).toBe('nothing');
    const approved = { state: 'voided', approval: { flow: 'qr', decision: 'approve' } };
    expect(await bankAnswering(approved).bank.release(key)).toBe('reversed');
  });

  it.each(calls)(
    'says no to %s in our words, with the code of the bank or what it stands for',
    async (_, call) => {
      const declined = bankAnswering(refusal('DeclinedError', { code: 'ZM' }));
      await expect(call(declined.bank)).rejects.toMatchObject({
        name: 'PaymentDeclinedError',
        facts: { code: 'ZM' },
      });
      for (const [name, code] of [
        ['InsufficientBalanceError', 'Z9'],
        ['HoldCancelledError', 'U30'],
        ['HoldVoidedError', 'U30'],
        ['NotFoundError', 'XH'],
      ] as const) {
        await expect(call(bankAnswering(refusal(name)).bank)).rejects.toMatchObject({
          name: 'PaymentDeclinedError',
          facts: { code },
        });
      }
    },
  );

  it.each(calls)('passes on that nobody answered %s, which a retry can help', async (_, call) => {
    const out = new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });
    await expect(call(bankAnswering(out).bank)).rejects.toBe(out);
  });

  it('pays a part of a charge back under a key of its own, and its no to that is nobody’s decline', async () => {
    const part = { of: key, amount: rupees(500) };
    const { bank, asked } = bankAnswering({ key: 'refund', state: 'refunded', bankReference: 'txn_2' });
    expect(await bank.payBack('refund', part)).toEqual({ reference: 'txn_2' });
    expect(asked).toEqual([['refundCharge', { path: { key: 'refund' }, body: part }]]);
    const closed = refusal('CreditsBlockedError');
    await expect(bankAnswering(closed).bank.payBack('refund', part)).rejects.toBe(closed);
  });

  it('is not asked to hold what lies in our own wallet', async () => {
    const { bank, asked } = bankAnswering({});
    await expect(bank.hold(key, { ...order, method: 'paytm_wallet' })).rejects.toThrow(TypeError);
    expect(asked).toEqual([]);
  });
});
