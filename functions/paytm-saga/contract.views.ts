/** What callers see of the payment saga's things, and the names of its ids, methods, steps and endings. */
import * as z from 'zod';
import { idSchema } from '../../shared/ids/index.ts';
import { Paise } from '../../shared/money/index.ts';

export const UserId = idSchema('user');
export type UserId = z.infer<typeof UserId>;
export const MerchantId = idSchema('merchant');
export type MerchantId = z.infer<typeof MerchantId>;
export const PaymentId = idSchema('payment');
export type PaymentId = z.infer<typeof PaymentId>;
export const TopUpId = idSchema('topup');
export type TopUpId = z.infer<typeof TopUpId>;
export const RefundId = idSchema('refund');
export type RefundId = z.infer<typeof RefundId>;
export const LinkId = idSchema('link');
export type LinkId = z.infer<typeof LinkId>;

/** The original's payment methods; all but the wallet are paid from the payer's bank account. */
export const Method = z.enum(['upi', 'paytm_wallet', 'credit_card', 'debit_card', 'net_banking', 'emi']);
export type Method = z.infer<typeof Method>;

/** How a payer is asked in the UPI app. `collect` has ended for most merchants on 28 Feb 2026. */
export const UpiOrder = z.strictObject({
  flow: z.enum(['intent', 'qr', 'collect']).default('intent'),
  /** Seconds from now in which it can be approved. @default the five minutes of the payment itself */
  expiresInSeconds: z.number().int().min(2).max(300).optional(),
  /** Where the payer stands; some channels may still collect. */
  channel: z.enum(['android_app', 'ios_app', 'mobile_web', 'desktop_web']).optional(),
  /** For what some may still collect. */
  purpose: z.enum(['mandate', 'e_rupi', 'cross_border']).optional(),
});
export type UpiOrder = z.infer<typeof UpiOrder>;

/** For how many months a payer pays the bank back. */
export const EmiMonths = z.literal([3, 6, 9, 12, 18, 24]);
export type EmiMonths = z.infer<typeof EmiMonths>;

export const Kyc = z.enum(['minimal', 'basic', 'full']);
export type Kyc = z.infer<typeof Kyc>;

export const StepName = z.enum([
  'validate_user',
  'check_kyc',
  'validate_merchant',
  'check_fraud',
  'reserve_funds',
  'process_payment',
  'settle_merchant',
  'notify_merchant',
  'send_receipt',
  'update_analytics',
]);
export type StepName = z.infer<typeof StepName>;

export const PaymentStatus = z.enum([
  'in_progress',
  'completed',
  'refused',
  'compensated',
  'needs_attention',
]);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

const Timestamp = z.iso.datetime();

export const PaymentView = z.object({
  id: PaymentId,
  reference: z.string(),
  payer: UserId,
  merchant: MerchantId,
  amount: Paise,
  currency: z.literal('INR'),
  method: Method,
  description: z.string().optional(),
  /** By which a system has started it for the payer. */
  link: LinkId.optional(),
  /** Of a payment by EMI. */
  emiMonths: EmiMonths.optional(),
  status: PaymentStatus,
  /** The payer is waited for: where to approve, and until when. */
  approval: z
    .object({
      flow: z.enum(['intent', 'qr', 'collect', 'page']),
      /** For a UPI app, to open or to show as a QR. */
      link: z.string().optional(),
      expiresAt: Timestamp,
    })
    .optional(),
  /** What has happened so far, in order. */
  steps: z.array(z.object({ step: StepName, state: z.enum(['asked', 'done']), at: Timestamp })),
  /** What was undone, newest first. */
  undone: z.array(z.object({ step: StepName, outcome: z.enum(['reversed', 'nothing']), at: Timestamp })),
  /** Why it turned back or needs attention: the name of the error and what it says to a person. */
  reason: z.object({ name: z.string(), detail: z.string() }).optional(),
  transactionId: z.string().optional(),
  merchantAmount: Paise.optional(),
  commission: Paise.optional(),
  gst: Paise.optional(),
  /** What of it the merchant has given back so far. */
  refunded: Paise.optional(),
  createdAt: Timestamp,
  endedAt: Timestamp.optional(),
  /** For operators: of which payment it is a rerun, in a local city. */
  rerunOf: PaymentId.optional(),
  /** For operators: the name of the error that a person has to look at. */
  attention: z.string().optional(),
  /** For operators: who let it go on after it had needed attention, oldest first. */
  resumptions: z
    .array(
      z.object({
        at: Timestamp,
        /** The subject of the operator’s token, or `sweeper` where nobody came in time. */
        by: z.string(),
        reason: z.string(),
        /** The error that had needed attention. */
        after: z.string(),
        /** The number of the execution that went on. */
        execution: z.number().int(),
      }),
    )
    .optional(),
});
export type PaymentView = z.infer<typeof PaymentView>;

export const WalletView = z.object({ user: UserId, balance: Paise, openedAt: Timestamp });
export const UserView = z.object({
  id: UserId,
  kyc: Kyc,
  blocked: z.boolean(),
  disputes: z.number().int(),
});
export const MerchantView = z.object({
  id: MerchantId,
  name: z.string(),
  suspended: z.boolean(),
  settlement: z.enum(['active', 'frozen']),
});
export const TopUpView = z.object({
  id: TopUpId,
  user: UserId,
  amount: Paise,
  status: z.enum(['completed', 'in_progress', 'declined', 'needs_attention']),
  /** The name of the error that a person has to look at. */
  attention: z.string().optional(),
});
export const RefundView = z.object({
  id: RefundId,
  payment: PaymentId,
  amount: Paise,
  /** Why, in the words of the merchant or operator. */
  reason: z.string(),
  status: z.enum(['in_progress', 'completed', 'needs_attention']),
  /** What of the amount the merchant gives, and which part of commission and tax comes back. */
  merchantAmount: Paise,
  commission: Paise,
  gst: Paise,
  /** The bank's own number for it, once the payer has the money from there. */
  transactionId: z.string().optional(),
  createdAt: Timestamp,
  endedAt: Timestamp.optional(),
  /** For operators: the subject of the token that asked for it. */
  by: z.string().optional(),
  /** For operators: the name of the error that a person has to look at. */
  attention: z.string().optional(),
  /** For operators: who let it go on after it had needed attention, oldest first. */
  resumptions: z
    .array(z.object({ at: Timestamp, by: z.string(), reason: z.string(), after: z.string() }))
    .optional(),
});
export type RefundView = z.infer<typeof RefundView>;
/** One line of the ledger. `amount` is signed paise: a credit is positive, a debit negative. */
export const PostingView = z.object({
  account: z.string(),
  amount: z.number().int(),
  transaction: z.string(),
  payment: z.string().optional(),
  step: z.string().optional(),
  execution: z.string().optional(),
  /** Under which the bank has it, where that is not the payment: a refund’s. */
  key: z.string().optional(),
  at: Timestamp,
});
export type PostingView = z.infer<typeof PostingView>;
