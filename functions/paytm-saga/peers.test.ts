import { describe, expect, it } from 'vitest';
import { PeerUnavailableError } from '../../shared/errors/index.ts';
import { rupees } from '../../shared/money/index.ts';
import { payer, paymentId } from './city.fixture.ts';
import type { Bank } from './domain/ports.ts';
import { sandboxBank } from './peers.ts';

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
  return { bank: sandboxBank(client), asked };
};

const calls: readonly [keyof Bank, (bank: Bank) => Promise<unknown>][] = [
  ['hold', (bank) => bank.hold(key, { ...order, method: 'upi' })],
  ['capture', (bank) => bank.capture(key)],
  ['debit', (bank) => bank.debit(key, order)],
];

describe('the sandbox bank behind our port', () => {
  it('is asked by key, account and amount; everything comes into our own clearing account', async () => {
    const { bank, asked } = bankAnswering({ key, state: 'held' });
    expect(await bank.hold(key, { ...order, method: 'credit_card' })).toEqual({ reference: key });
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
    expect(await bank.capture(key)).toEqual({ reference: 'txn_1' });
  });

  it('tells whether something was undone or never was', async () => {
    expect(await bankAnswering({ state: 'refunded' }).bank.refund(key)).toBe('reversed');
    expect(await bankAnswering({ state: 'cancelled' }).bank.refund(key)).toBe('nothing');
    expect(await bankAnswering({ state: 'voided' }).bank.release(key)).toBe('reversed');
    expect(await bankAnswering({ state: 'declined' }).bank.release(key)).toBe('nothing');
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
