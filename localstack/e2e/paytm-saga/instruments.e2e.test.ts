import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MerchantId, PaymentId } from '../../../functions/paytm-saga/contract.ts';
import { type Behaviour, OperationKey } from '../../../functions/sandbox-bank/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { askedToApprove, ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { executionsOf } from '../executions.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';

const { bank, cast, city, differences } = openCity();
const { statesOf, timeOutsIn } = executionsOf(city, 'paytm-saga-payment');
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const queues = queuesOf(city);

let merchant: MerchantId;

const behave = ({ account }: Person, body: Partial<Behaviour>) =>
  bank.changeAccount({ path: { id: account }, body });
const at = (id: PaymentId) => ({ path: { key: OperationKey.parse(id) } });
/** The operator's hand plays the payer's phone, or the bank's page. */
const answers = (id: PaymentId, decision: 'approve' | 'decline') =>
  bank.answerRequest({ ...at(id), body: { decision } });
const balanceOf = async ({ account }: Person) => {
  const { body } = await bank.getAccount({ path: { id: account } });
  return body.kind === 'customer' ? { balance: body.balance, held: body.held } : undefined;
};
const recordOf = async (id: PaymentId) =>
  (await table.under(`PAYMENT#${id}`)).find(({ sk }) => sk === 'PAYMENT');
/** A payer who is asked to approve by hand. */
const careful = async (name: string, more: Partial<Behaviour> = {}) => {
  const payer = await cast.person(name, { bank: 1_000 });
  await behave(payer, { approvals: 'by_hand', ...more });
  return payer;
};
/** Waits until the execution waits, and its token is kept. */
const waitsFor = (id: PaymentId) =>
  waitFor(async () => (await recordOf(id))?.waiting as { token: string } | undefined, {
    what: `${id} to wait for the bank`,
    timeoutMs: 60_000,
  });

beforeAll(async () => {
  merchant = await cast.merchant('instruments');
});
afterAll(async () => {
  expect(await differences()).toEqual([]);
});

describe.concurrent('a payer who is asked', () => {
  it('approves by UPI, and is not waited for a moment longer', async () => {
    const payer = await careful('approves');
    const { id } = await pay(payer, { reference: 'qr', merchant, amount: 100, upi: { flow: 'qr' } });
    const { link = '', flow } = await askedToApprove(payer, id);
    expect([flow, new URL(link).searchParams.get('am')]).toEqual(['qr', '100.00']);
    const { token } = await waitsFor(id);
    await answers(id, 'approve');
    const payment = await ended(payer, id);
    expect(payment).toMatchObject({ status: 'completed' });
    expect(payment).not.toHaveProperty('approval');
    expect(await balanceOf(payer)).toEqual({ balance: rupees(900), held: 0 });
    // It was woken: one wait, whose time did not run out.
    expect((await statesOf(id)).filter((state) => state === 'AwaitBank')).toHaveLength(1);
    expect(await timeOutsIn(id)).toBe(0);
    // Nobody learns the token: not the payer, not the bank, not whoever hears of the payment.
    expect(
      JSON.stringify([payment, (await bank.getOperation({ path: { ...at(id).path, kind: 'hold' } })).body]),
    ).not.toContain(token);
    for (const { event } of await table.outboxOf(id)) expect(JSON.stringify(event)).not.toContain(token);
  });

  it('declines on the page of the bank, and is told by its code', async () => {
    const payer = await careful('declines');
    const { id } = await pay(payer, { reference: 'page', merchant, amount: 100, method: 'net_banking' });
    expect(await askedToApprove(payer, id)).toMatchObject({ flow: 'page' });
    await answers(id, 'decline');
    const payment = await ended(payer, id);
    expect(payment).toMatchObject({ status: 'refused', reason: { name: 'PaymentDeclinedError' } });
    expect(payment.reason?.detail).toContain('ZA');
    expect(await balanceOf(payer)).toEqual({ balance: rupees(1_000), held: 0 });
  });

  it('says nothing until the QR has expired', async () => {
    const payer = await careful('silent');
    const upi = { flow: 'qr', expiresInSeconds: 5 } as const;
    const { id } = await pay(payer, { reference: 'silence', merchant, amount: 100, upi });
    await askedToApprove(payer, id);
    const payment = await ended(payer, id);
    expect(payment).toMatchObject({ status: 'refused', reason: { name: 'PaymentDeclinedError' } });
    expect(payment.reason?.detail).toContain('U69');
    await expect(answers(id, 'approve')).rejects.toMatchObject({ status: 409 });
    expect(await balanceOf(payer)).toEqual({ balance: rupees(1_000), held: 0 });
  });
});

describe.concurrent('a bank', () => {
  it('whose answer is lost is asked what became of the charge, and takes the money once', async () => {
    const payer = await cast.person('lost', { bank: 1_000 });
    await behave(payer, { loseAnswers: 2 });
    const { id } = await pay(payer, { reference: 'lost', merchant, amount: 100, method: 'debit_card' });
    expect(await ended(payer, id)).toMatchObject({ status: 'completed' });
    expect(await balanceOf(payer)).toEqual({ balance: rupees(900), held: 0 });
  });

  it('that settles late is waited for', async () => {
    const payer = await cast.person('late', { bank: 1_000 });
    await behave(payer, { settlesAfterMs: 1_000 });
    const { id } = await pay(payer, { reference: 'late', merchant, amount: 100, method: 'credit_card' });
    await waitsFor(id);
    await waitFor(
      async () => {
        // Its schedule asks each minute, and is not waited for.
        await queues.send('sandbox-bank-back-office', { backOffice: 'due' });
        return (
          (await bank.getOperation({ path: { ...at(id).path, kind: 'hold' } })).body.state === 'captured'
        );
      },
      { what: 'the money to come', timeoutMs: 30_000, everyMs: 1_000 },
    );
    expect(await ended(payer, id)).toMatchObject({ status: 'completed' });
    expect(await balanceOf(payer)).toEqual({ balance: rupees(900), held: 0 });
  });

  it('pays at once what its customer pays back in instalments', async () => {
    const payer = await cast.person('emi');
    const order = { reference: 'emi', merchant, amount: 12_000, method: 'emi', emiMonths: 6 } as const;
    const { id } = await pay(payer, order);
    expect(await ended(payer, id)).toMatchObject({
      status: 'completed',
      emiMonths: 6,
      merchantAmount: rupees(11_640),
    });
    const { body } = await bank.getOperation({ path: { ...at(id).path, kind: 'hold' } });
    expect(body.emi).toMatchObject({ months: 6, instalment: expect.any(Number) });
  });
});

describe.concurrent('UPI collect', () => {
  it('is refused since it has ended, and goes on where it is exempt', async () => {
    const payer = await cast.person('collect', { bank: 1_000 });
    const collect = (reference: string, channel: 'android_app' | 'ios_app') =>
      pay(payer, { reference, merchant, amount: 50, upi: { flow: 'collect', channel } });
    const [refused, exempt] = await Promise.all([
      collect('collect', 'android_app'),
      collect('collect-ios', 'ios_app'),
    ]);
    expect(await ended(payer, refused.id)).toMatchObject({
      status: 'refused',
      reason: { name: 'UpiCollectEndedError', detail: expect.stringContaining('2026-02-28') },
    });
    expect(await ended(payer, exempt.id)).toMatchObject({ status: 'completed' });
  });
});
