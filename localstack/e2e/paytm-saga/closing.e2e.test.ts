import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes as identityRoutes } from '../../../functions/identity/contract.ts';
import type { PaymentId } from '../../../functions/paytm-saga/contract.ts';
import {
  routes as bankRoutes,
  ClearingAlias,
  OperationKey,
} from '../../../functions/sandbox-bank/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import { ended, merchantAt, type Person, paidBack, pay } from '../../story/cast.ts';
import type { Who } from '../../story/stage.ts';
import { rings } from '../alarms.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { unlessStock } from '../stock.ts';

const { aws, cast, city, differences, operator, run, stage } = openCity();
const queues = queuesOf(city);
const MINUTE = 60_000;
const today = () => ({ day: kolkata(new Date()).date });

let payer: Person;
let paid: PaymentId;
beforeAll(async () => {
  payer = await cast.person('reconciled', { wallet: 300 });
  const shop = await cast.merchant('reconciling');
  const order = { merchant: shop, amount: 1_500 };
  const byBank = await pay(payer, { ...order, reference: 'by-bank' });
  const byWallet = await pay(payer, {
    ...order,
    reference: 'by-wallet',
    amount: 200,
    method: 'paytm_wallet',
  });
  for (const { id } of [byBank, byWallet]) expect((await ended(payer, id, MINUTE)).status).toBe('completed');
  paid = byBank.id;
  const merchant = merchantAt(stage, shop);
  const { body: refund } = await merchant.refundPayment({
    path: { paymentId: paid },
    body: { amount: rupees(500), reason: 'one of three was cold' },
    idempotencyKey: `${run}.refund`,
  });
  expect((await paidBack(merchant, paid, refund.id)).status).toBe('completed');
}, MINUTE);

/** The payment saga itself, by the secret that only it and identity may read. */
const saga: Who = async (audience) => {
  const secrets = new SecretsManagerClient(aws);
  const { SecretString: secret = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: 'dabbawala/paytm-saga/client' }),
  );
  const identity = stage.as(async () => '', 'identity', identityRoutes);
  return (await identity.token({ body: { client: 'paytm-saga', secret, audience } })).body.accessToken;
};

/** Asks for an interim reconciliation of today, and waits for it. */
const reconciled = async (key: string) => {
  const path = today();
  const { status, headers } = await operator.reconcileDay({ path, idempotencyKey: `${run}.${key}` });
  expect([status, headers.location]).toEqual([202, 'reconciliation']);
  return waitFor(
    async () => {
      const { body } = await operator.getReconciliation({ path });
      return body.status === 'done' && body;
    },
    { what: 'the reconciliation', timeoutMs: MINUTE },
  );
};

describe('an interim reconciliation of today', () => {
  it('finds that bank and ledger say the same of payments, top-ups and refunds', async () => {
    const found = await reconciled('first');
    expect(found).toMatchObject({ kind: 'interim', differences: [] });
    expect(found.bankLines).toBeGreaterThanOrEqual(3);
    const inTransit = (found.inTransit ?? []).reduce((sum, { bank, ledger }) => sum + bank - ledger, 0);
    expect((found.bankBalance ?? 0) - (found.ledgerBalance ?? 0)).toBe(inTransit);
  });

  describe('of what is only at the bank', () => {
    const bank = stage.as(saga, 'sandbox-bank', bankRoutes);
    const key = OperationKey.parse(`nobodys-${run}`);
    const path = { key };
    afterAll(() => bank.cancelDebit({ path }));

    it('says so, and the alarm rings', async () => {
      const into = ClearingAlias.parse('clearing:paytm-saga');
      // A charge of which our ledger knows nothing, as if a bug had sent it, or another hand.
      const terms = { account: payer.account, amount: rupees(7), instrument: 'upi' } as const;
      await bank.debitAccount({ path, body: { ...terms, into } });
      expect((await reconciled('differs')).differences).toEqual([
        { key, kind: 'only_at_bank', bank: rupees(7), ledger: 0, since: expect.any(String) },
      ]);
      await unlessStock('an alarm rings', () => rings(city, 'paytm-saga-books-differ'));
    });

    it('says no more of it once it is mended', async () => {
      await bank.cancelDebit({ path });
      expect(await reconciled('mended')).toMatchObject({ differences: [] });
    });
  });

  it('is for operators, and of a day that has begun', async () => {
    const path = today();
    const asked = payer.doors.reconcileDay({ path, idempotencyKey: `${run}.payer` });
    await expect(asked).rejects.toMatchObject({ name: 'ForbiddenError' });
    const later = { day: '2999-12-31' };
    const tooEarly = operator.reconcileDay({ path: later, idempotencyKey: `${run}.later` });
    await expect(tooEarly).rejects.toMatchObject({ name: 'DayNotBegunError', facts: later });
    await expect(operator.listClosings({ path: later, query: {} })).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});

it('the schedule asks to close what is over, and today is left open', async () => {
  await queues.send('paytm-saga-close-days', { closing: 'due' });
  await queues.drained('paytm-saga-close-days');
  await expect(operator.listClosings({ path: today(), query: {} })).rejects.toMatchObject({
    name: 'NotFoundError',
  });
});

it('the history of a payment ends with its refund, and says who did what', async () => {
  const history = { path: { paymentId: paid }, query: { limit: 100 } } as const;
  const seen = (await operator.listPaymentHistory(history)).body.items;
  expect(seen.map(({ what, step }) => [what, step].filter(Boolean).join(' '))).toEqual([
    'accepted',
    ...['validate_user', 'check_kyc', 'validate_merchant', 'check_fraud'].map((step) => `done ${step}`),
    ...['asked reserve_funds', 'done reserve_funds', 'asked process_payment', 'done process_payment'],
    ...['settle_merchant', 'notify_merchant', 'send_receipt', 'update_analytics'].map(
      (step) => `done ${step}`,
    ),
    ...['ended', 'refund_accepted', 'refund_paid'],
  ]);
  expect(seen.filter(({ transaction }) => transaction).length).toBe(4);
  const own = (await payer.doors.listPaymentHistory(history)).body.items;
  expect(own.map(({ what }) => what)).toEqual(seen.map(({ what }) => what));
  expect(JSON.stringify(own)).not.toMatch(/execution|postings|"by"/);
});

it('leaves the books in order after all of them', async () => {
  expect(await differences()).toEqual([]);
});
