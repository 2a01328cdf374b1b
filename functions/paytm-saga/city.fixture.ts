/** Test help: a payer, a merchant and payments that are about to begin, on a store in memory. */
import { credit, debit, type EffectStore, effects } from '../../shared/effects/index.ts';
import { type Paise, paise, rupees } from '../../shared/money/index.ts';
import { sequenceIds } from '../../shared/testing/index.ts';
import { MerchantId, PaymentId, UserId } from './contract.ts';
import { BANK_CLEARING, walletOf } from './domain/accounts.ts';
import type { Payment } from './domain/payment.ts';
import type { Merchant, User } from './domain/rules.ts';
import { settlementOf } from './domain/settlement.ts';
import { opened } from './store/payments.ts';
import { merchantRegistered, userRegistered } from './store/people.ts';
import { walletCredited, walletOpened } from './store/wallets.ts';

/** 15:30 in Asia/Kolkata: no odd hour, and the same day until the evening. */
export const START = '2026-11-24T10:00:00.000Z';
export const DAY = '2026-11-24';
/** How long a payment has to reach its pivot. */
export const DEADLINE_MS = 300_000;

export const PAYER = UserId.parse('user_0198c0de-0000-7000-8000-000000000001');
export const MERCHANT = MerchantId.parse('merchant_0198c0de-0000-7000-8000-000000000002');
/** Payments 0 to 9: their last digits put them into different shards. */
export const paymentId = (n: number) => PaymentId.parse(`payment_0198c0de-0000-7000-8000-00000000003${n}`);

export const payer: User = {
  id: PAYER,
  name: 'Asha',
  phone: '+919812345678',
  kyc: 'full',
  blocked: false,
  disputes: 0,
  bankAccount: 'account_0198c0de-0000-7000-8000-000000000004',
  createdAt: START,
};

export const merchant: Merchant = {
  id: MERCHANT,
  name: 'Dadar Vada Pav',
  suspended: false,
  settlement: 'active',
  settlementAccount: 'settlement',
  createdAt: START,
};

/** Rs 1,500 by UPI, accepted by the door and not begun. */
export const newPayment = (over: Partial<Payment> = {}): Payment => ({
  id: paymentId(0),
  reference: over.id ?? 'PAY',
  payer: PAYER,
  merchant: MERCHANT,
  amount: rupees(1_500),
  method: 'upi',
  metadata: {},
  status: 'in_progress',
  direction: 'forward',
  actor: 1,
  steps: {},
  undone: {},
  deadline: new Date(Date.parse(START) + DEADLINE_MS).toISOString(),
  createdAt: START,
  correlationId: 'correlation',
  traceparent: '00-00000000000000000000000000000001-0000000000000001-01',
  ...over,
});

/** As {@link newPayment}, when it has completed: what it brought stands in its record. */
export const completedPayment = (over: Partial<Payment> = {}): Payment => {
  const { merchant: merchantAmount, commission, gst } = settlementOf(over.amount ?? rupees(1_500));
  const settled = { state: 'done', at: START, merchantAmount, commission, gst } as const;
  return newPayment({ status: 'completed', steps: { settle_merchant: settled }, ...over });
};

/** What is special about payer and merchant. */
export interface Peculiar {
  readonly payer?: Partial<User>;
  readonly merchant?: Partial<Merchant>;
}

interface Settling {
  readonly wallet?: number;
  readonly payments: readonly Payment[];
  readonly people?: Peculiar;
}

/** Registers payer and merchant, brings money into the wallet with its postings, and accepts the payments. */
export const settleIn = async (
  store: EffectStore,
  { wallet = 0, payments, people = {} }: Settling,
): Promise<void> => {
  const calm = { chance: () => 0.5, deadline: () => 5_000, pause: async () => undefined };
  const { commit } = effects({ store, now: () => new Date(START), ids: sequenceIds(), ...calm });
  await commit({
    effect: { owner: 'test', name: 'people' },
    changes: [
      userRegistered({ ...payer, ...people.payer }),
      walletOpened(PAYER, START),
      merchantRegistered({ ...merchant, ...people.merchant }),
    ],
    answer: null,
  });
  if (wallet > 0) {
    const amount: Paise = paise(wallet);
    await commit({
      effect: { owner: 'test', name: 'top-up' },
      changes: [walletCredited(PAYER, amount)],
      postings: { lines: [debit(BANK_CLEARING, amount), credit(walletOf(PAYER), amount)] },
      answer: null,
    });
  }
  await commit({
    effect: { owner: 'test', name: 'payments' },
    changes: payments.flatMap((payment) => opened(payment)),
    answer: null,
  });
};
