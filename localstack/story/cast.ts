import {
  type EmiMonths,
  MerchantId,
  type PaymentId,
  type RefundId,
  type StepName,
  routes as sagaRoutes,
  type UpiOrder,
  type UserId,
} from '../../functions/paytm-saga/contract.ts';
import { type AccountId, routes as bankRoutes } from '../../functions/sandbox-bank/contract.ts';
import { rupees } from '../../shared/money/index.ts';
import { waitFor } from '../../shared/testing/index.ts';
import type { Stage } from './stage.ts';

/** A client of the payment saga's doors. */
export type SagaDoors = ReturnType<typeof sagaAs>;

/** A payer of one run: known to the saga, with an account at the bank, speaking for themselves. */
export interface Person {
  readonly id: UserId;
  readonly account: AccountId;
  readonly doors: SagaDoors;
}

export interface PersonOptions {
  /** @default 'full' */
  readonly kyc?: 'minimal' | 'basic' | 'full';
  /** Rupees on the bank account. @default 100000 */
  readonly bank?: number;
  /** Rupees brought into the wallet from there. @default 0 */
  readonly wallet?: number;
  readonly blocked?: boolean;
}

export type Method = 'upi' | 'paytm_wallet' | 'credit_card' | 'debit_card' | 'net_banking' | 'emi';

export interface Order {
  readonly reference: string;
  readonly merchant: MerchantId;
  /** Rupees. */
  readonly amount: number;
  /** @default 'upi' */
  readonly method?: Method;
  /** How a UPI payer is asked. @default a link, for five minutes */
  readonly upi?: Pick<UpiOrder, 'flow' | 'expiresInSeconds' | 'channel'>;
  readonly emiMonths?: EmiMonths;
  /** @default the reference */
  readonly key?: string;
}

const sagaAs = (stage: Stage, who: Stage['operator']) => stage.as(who, 'paytm-saga', sagaRoutes);

/** Makes people and merchants through operator doors; names are unique to the run. */
export const castOf = (stage: Stage, run: string) => {
  const operator = sagaAs(stage, stage.operator);
  const bank = stage.as(stage.operator, 'sandbox-bank', bankRoutes);
  return {
    async person(name: string, options: PersonOptions = {}): Promise<Person> {
      const { kyc = 'full', bank: onAccount = 100_000, wallet = 0, blocked = false } = options;
      const account = await bank.openAccount({
        body: { reference: `${run}.${name}`, kind: 'customer', openingBalance: rupees(onAccount) },
      });
      if (account.body.kind !== 'customer') throw new Error('a customer’s account was asked for');
      const { body: user } = await operator.createUser({
        idempotencyKey: `${run}.${name}`,
        body: {
          reference: name,
          name: `Asha ${name}`,
          phone: '+919812345678',
          kyc,
          blocked,
          bankAccount: account.body.id,
        },
      });
      const doors = sagaAs(stage, stage.subject(user.id, 'customer'));
      if (wallet > 0) {
        const amount = rupees(wallet);
        await doors.topUpWallet({
          path: { userId: user.id },
          body: { amount },
          idempotencyKey: `${run}.top-up`,
        });
      }
      return { id: user.id, account: account.body.id, doors };
    },

    /** What a person can spend at the bank, in paise. */
    async availableTo({ account: id }: Person): Promise<number> {
      const { body } = await bank.getAccount({ path: { id } });
      if (body.kind !== 'customer') throw new Error('a customer’s account was asked for');
      return body.available;
    },

    async merchant(name: string): Promise<MerchantId> {
      const { body } = await operator.createMerchant({
        idempotencyKey: `${run}.${name}`,
        body: { reference: name, name },
      });
      return MerchantId.parse(body.id);
    },
  };
};

/** A look is a call through door, authorizer, table and trace: looked at more often, a payment that one waits for is slower. */
const LOOK_EVERY_MS = 200;
/** Ten steps and their answers, on a machine that has other things to do. */
const HARDLY_SOONER_MS = 500;

/** Starts a payment as its payer. */
export const pay = async (payer: Person, { merchant, amount, method = 'upi', key, ...order }: Order) =>
  (
    await payer.doors.startPayment({
      idempotencyKey: key ?? order.reference,
      body: { ...order, merchantId: merchant, amount: rupees(amount), method },
    })
  ).body;

/** Waits until a payer is asked to approve, and answers where and until when. */
export const askedToApprove = (payer: Person, id: PaymentId) =>
  waitFor(async () => (await payer.doors.getPayment({ path: { paymentId: id } })).body.approval, {
    what: `the payer of ${id} to be asked`,
    timeoutMs: 60_000,
    everyMs: LOOK_EVERY_MS,
  });

/** The doors of the saga for a merchant, who speaks for itself. */
export const merchantAt = (stage: Stage, merchant: MerchantId): SagaDoors =>
  sagaAs(stage, stage.subject(merchant, 'merchant'));

/** Waits until a refund is no longer in progress, and answers how it stands. */
export const paidBack = (doors: SagaDoors, paymentId: PaymentId, refundId: RefundId, timeoutMs = 120_000) =>
  waitFor(
    async () => {
      const { body } = await doors.getRefund({ path: { paymentId, refundId } });
      return body.status === 'in_progress' ? undefined : body;
    },
    { what: `refund ${refundId} to end`, timeoutMs, everyMs: LOOK_EVERY_MS },
  );

/** Waits until a payment has come to a step: it is done, or was asked for and may happen. */
export const stepOf = (payer: Person, id: PaymentId, wanted: StepName) =>
  waitFor(
    async () => {
      const { body } = await payer.doors.getPayment({ path: { paymentId: id } });
      return body.steps.find(({ step }) => step === wanted);
    },
    { what: `payment ${id} to come to ${wanted}`, timeoutMs: 60_000, everyMs: LOOK_EVERY_MS },
  );

/** Waits until a payment has ended, and answers how. */
export const ended = (payer: Person, id: PaymentId, timeoutMs = 120_000) =>
  waitFor(
    async () => {
      const { body } = await payer.doors.getPayment({ path: { paymentId: id } });
      return body.status === 'in_progress' ? undefined : body;
    },
    { what: `payment ${id} to end`, timeoutMs, everyMs: LOOK_EVERY_MS, firstPauseMs: HARDLY_SOONER_MS },
  );
