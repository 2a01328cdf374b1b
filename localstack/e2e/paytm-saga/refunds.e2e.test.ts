import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentId, RefundId } from '../../../functions/paytm-saga/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { ended, merchantAt, type Person, paidBack, pay, type SagaDoors } from '../../story/cast.ts';
import { armouryOf, type Fault } from '../armed.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';

const { bank, cast, city, differences, operator, run, stage } = openCity();
const armoury = armouryOf(stage);
const queues = queuesOf(city);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const AMOUNT = 1_500;
const MINUTE = 60_000;

let payer: Person;
let shop: Awaited<ReturnType<typeof cast.merchant>>;
let merchant: SagaDoors;
beforeAll(async () => {
  [payer, shop] = await Promise.all([
    cast.person('refunded', { wallet: AMOUNT }),
    cast.merchant('refunding'),
  ]);
  merchant = merchantAt(stage, shop);
}, MINUTE);

const paid = async (reference: string, { by = payer, method = 'upi' as 'upi' | 'paytm_wallet' } = {}) => {
  const { id } = await pay(by, { reference, merchant: shop, amount: AMOUNT, method });
  expect((await ended(by, id, MINUTE)).status).toBe('completed');
  return id;
};
const refund = (paymentId: PaymentId, { amount = 0, key = 'refund', doors = merchant } = {}) =>
  doors.refundPayment({
    path: { paymentId },
    body: { reason: 'it was cold', ...(amount > 0 ? { amount: rupees(amount) } : {}) },
    idempotencyKey: `${paymentId}.${key}`,
  });
const onAccount = async ({ account: id }: Person) => {
  const { body } = await bank.getAccount({ path: { id } });
  return body.kind === 'customer' ? body.available : undefined;
};
const walletOf = async ({ id, doors }: Person) =>
  (await doors.getWallet({ path: { userId: id } })).body.balance;

/** The schedule asks once a minute, and the sweeper leaves young refunds alone; neither is waited for. */
const sweepNow = async (id: RefundId): Promise<void> => {
  const record = (await table.under(`REFUND#${id}`)).find(({ sk }) => sk === 'REFUND');
  if (!record) throw new Error(`there is no record of ${id}`);
  await table.age(record, ['createdAt'], MINUTE);
  await queues.send('paytm-saga-sweep', { sweep: 'payments' });
};

describe('a payment by UPI', () => {
  it('is refunded whole: the payer has it on the account, and the merchant gives its part', async () => {
    const before = await onAccount(payer);
    const id = await paid('whole');
    const { status, headers, body } = await refund(id);
    expect([status, headers.location]).toEqual([202, `refunds/${body.id}`]);
    const refunded = await paidBack(merchant, id, body.id);
    expect(refunded).toMatchObject({
      status: 'completed',
      amount: rupees(AMOUNT),
      transactionId: expect.any(String),
    });
    expect(refunded).toMatchObject({ merchantAmount: rupees(1_455), commission: 3_814, gst: 686 });
    expect(await onAccount(payer)).toBe(before);
    expect((await refund(id)).body).toEqual(refunded);
    const notice = async () =>
      (await table.under(`PAYMENT#${id}`)).find(({ sk }) => sk === `NOTICE#refund_notice#${body.id}`);
    await expect.poll(notice, { timeout: MINUTE }).toMatchObject({
      recipient: payer.id,
      en: '₹1,500.00 of your payment was given back to you.',
      hi: expect.stringContaining('लौटा दिए गए हैं'),
    });
  });

  it('is refunded in parts, never by more than is left, and each part is seen by its payer', async () => {
    const before = await onAccount(payer);
    const id = await paid('in-parts');
    const first = (await refund(id, { amount: 600, key: 'first' })).body;
    const second = (await refund(id, { amount: 500, key: 'second', doors: operator })).body;
    const tooMuch = refund(id, { amount: 401, key: 'too-much' });
    await expect(tooMuch).rejects.toMatchObject({
      name: 'RefundTooLargeError',
      facts: { left: rupees(400) },
    });
    const rest = (await refund(id, { key: 'rest' })).body;
    expect(rest.amount).toBe(rupees(400));
    const ids = [rest.id, second.id, first.id];
    const ends = await Promise.all(ids.map((one) => paidBack(merchant, id, one)));
    expect(ends.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    const path = { paymentId: id };
    const seen = async () =>
      (await payer.doors.listPaymentRefunds({ path, query: {} })).body.items.map((one) => one.id);
    await expect.poll(seen).toEqual(ids);
    expect((await payer.doors.getPayment({ path })).body).toMatchObject({ refunded: rupees(AMOUNT) });
    expect(await onAccount(payer)).toBe(before);
  });

  it('is refunded by parts at once as often as they fit', async () => {
    const id = await paid('at-once');
    const asked = Array.from({ length: 5 }, (_, n) => refund(id, { amount: 500, key: `at-once-${n}` }));
    const results = await Promise.allSettled(asked);
    const names = results.map((one) => (one.status === 'fulfilled' ? 'refunded' : one.reason.name));
    expect(names.sort()).toEqual([
      ...['RefundTooLargeError', 'RefundTooLargeError'],
      ...['refunded', 'refunded', 'refunded'],
    ]);
  });
});

it('a payment from the wallet is back in it at once', async () => {
  const id = await paid('from-the-wallet', { method: 'paytm_wallet' });
  expect(await walletOf(payer)).toBe(0);
  expect((await refund(id)).body).toMatchObject({ status: 'completed' });
  expect(await walletOf(payer)).toBe(rupees(AMOUNT));
});

it('a refund is nobody’s to ask for but the merchant’s and an operator’s, and a payment has to be completed', async () => {
  const id = await paid('whose');
  await expect(refund(id, { doors: payer.doors })).rejects.toMatchObject({ name: 'ForbiddenError' });
  const other = merchantAt(stage, await cast.merchant('another'));
  await expect(refund(id, { doors: other })).rejects.toMatchObject({ name: 'NotFoundError' });
  const blocked = await cast.person('blocked', { blocked: true });
  const { id: refused } = await pay(blocked, { reference: 'refused', merchant: shop, amount: 10 });
  expect((await ended(blocked, refused)).status).toBe('refused');
  await expect(refund(refused)).rejects.toMatchObject({ name: 'PaymentNotCompletedError' });
});

describe('a refund under faults', () => {
  afterAll(() => armoury.disarm());

  const SURVIVED: readonly Omit<Fault, 'about'>[] = [
    { function: 'paytm-saga-refund-payment', kind: 'duplicate' },
    { function: 'sandbox-bank-refund-charge', kind: 'crash' },
    { function: 'sandbox-bank-refund-charge', kind: 'crash', point: 'after' },
    { function: 'sandbox-bank-refund-charge', kind: 'duplicate' },
    // As often as the door asks: the sweeper brings it to its end.
    { function: 'sandbox-bank-refund-charge', kind: 'error', point: 'after', times: 3 },
  ];
  const named = ({ function: name, kind, point = 'before', times = 1 }: Omit<Fault, 'about'>) =>
    `${kind} ${point} ${name} ×${times}`;

  it.concurrent.each(SURVIVED.map((fault) => [named(fault), fault] as const))(
    'is paid back once all the same: %s',
    async (name, fault) => {
      const someone = await cast.person(name.replaceAll(/\W+/g, '-'));
      const id = await paid(name.replaceAll(/\W+/g, '-'), { by: someone });
      const { traceId, call } = armoury.traced();
      const armed = await armoury.arm({ ...fault, about: traceId });
      const { body } = await call(() => refund(id));
      const left = (await armoury.left()).filter(({ id: other }) => armed.some((one) => one.id === other));
      expect(left, 'faults that did not happen').toEqual([]);
      if (body.status === 'in_progress') await sweepNow(body.id);
      expect((await paidBack(merchant, id, body.id)).status).toBe('completed');
      expect(await onAccount(someone)).toBe(rupees(100_000));
    },
  );
});

describe('a refund to an account that takes no money', () => {
  it('needs attention, is resumed once the account is open, and brings everything back, once', async () => {
    const someone = await cast.person('closed');
    const id = await paid('closed', { by: someone });
    const behave = (creditsBlocked: boolean) =>
      bank.changeAccount({ path: { id: someone.account }, body: { creditsBlocked } });
    await behave(true);
    const { body } = await refund(id);
    expect(body.status).toBe('in_progress');
    await sweepNow(body.id);
    expect((await paidBack(operator, id, body.id)).attention).toBe('CreditsBlockedError');
    const waiting = async () => {
      const query = { state: 'needs_attention', limit: 100 } as const;
      return (await operator.listRefunds({ query })).body.items.map((one) => one.id);
    };
    await expect.poll(waiting).toContain(body.id);
    expect(await differences()).toEqual([]);

    await behave(false);
    const resume = (doors: SagaDoors) =>
      doors.resumeRefund({
        path: { refundId: body.id },
        body: { reason: 'the account takes money again' },
        idempotencyKey: `${run}.resume`,
      });
    await expect(resume(merchant)).rejects.toMatchObject({ name: 'ForbiddenError' });
    for (const _ of [1, 2]) expect((await resume(operator)).status).toBe(202);
    await sweepNow(body.id);
    expect(await paidBack(operator, id, body.id)).toMatchObject({
      status: 'completed',
      resumptions: [{ after: 'CreditsBlockedError', reason: 'the account takes money again' }],
    });
    expect(await onAccount(someone)).toBe(rupees(100_000));
    await expect.poll(waiting).not.toContain(body.id);
    await queues.drained('paytm-saga-parking');
  });
});

it('leaves the books in order after all of them', async () => {
  expect(await differences()).toEqual([]);
});
