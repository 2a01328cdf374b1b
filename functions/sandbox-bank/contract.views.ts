/** What all doors of the sandbox bank speak of: accounts by name, operations, and why it says no. */
import * as z from 'zod';
import { idSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise, positivePaise } from '../../shared/money/index.ts';

export const AccountId = idSchema('account');
export type AccountId = z.infer<typeof AccountId>;

/** The account into which one of our systems collects: `clearing:paytm-saga`. It is made on first use. */
export const ClearingAlias = z
  .string()
  .regex(/^clearing:[a-z][a-z0-9-]{1,39}$/, {
    error: phrase({
      en: 'clearing: followed by the name of a system',
      hi: 'clearing: और उसके बाद किसी सिस्टम का नाम',
    }),
  })
  .brand('ClearingAlias');
export type ClearingAlias = z.infer<typeof ClearingAlias>;

export const AnyAccount = z.union([AccountId, ClearingAlias]);
export type AnyAccount = z.infer<typeof AnyAccount>;

/**
 * The client's name for one operation, `payment_…-reserve`: whoever asks again under the same key gets what
 * happened the first time, and nothing happens twice.
 */
export const OperationKey = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,120}$/, {
    error: phrase({
      en: '1 to 120 English letters, digits or _.-',
      hi: '1 से 120 अंग्रेज़ी अक्षर, अंक या _.-',
    }),
  })
  .brand('OperationKey');
export type OperationKey = z.infer<typeof OperationKey>;

export const Instrument = z.enum(['upi', 'credit_card', 'debit_card', 'net_banking', 'emi']);
export type Instrument = z.infer<typeof Instrument>;

const npciCodes = ['Z6', 'Z7', 'Z8', 'Z9', 'ZA', 'ZH', 'ZM', 'ZX', 'XH', 'YE', 'K1', 'B3', 'U16'] as const;
const iso8583Codes = ['05', '51', '54', '61'] as const;
/**
 * Why a bank says no: NPCI's codes for UPI and net banking (`U30`, "debit has failed", is a wrapper of the others and
 * is not among them), those of ISO 8583 for cards and the instalments on them.
 */
export const DeclineCode = z.enum([...npciCodes, ...iso8583Codes]);
export type DeclineCode = z.infer<typeof DeclineCode>;

/** How a payer is asked: in an app that the link opens, by a code to scan, by a request to their address, on the bank's page. */
export const Flow = z.enum(['intent', 'qr', 'collect', 'page']);
export type Flow = z.infer<typeof Flow>;

/** A payer is asked, and has so long to answer; a collect request to a merchant's customer lives minutes. */
export const Approval = z.strictObject({
  flow: Flow,
  expiresInSeconds: z.number().int().min(1).max(900),
});
export type Approval = z.infer<typeof Approval>;

/** In how many months an amount is paid back. */
export const Months = z.literal([3, 6, 9, 12, 18, 24]);
export type Months = z.infer<typeof Months>;

export const OperationKind = z.enum(['hold', 'debit', 'refund']);
export type OperationKind = z.infer<typeof OperationKind>;

const open = ['awaiting', 'held', 'settling'] as const;
const ended = ['captured', 'voided', 'expired', 'debited', 'refunded', 'cancelled', 'declined'] as const;
/**
 * Where an operation stands. `unknown`: the bank never heard of it. `awaiting`: the payer was asked and has not
 * answered; no money is set aside. `settling`: the capture was accepted, and the money, held until then, moves later.
 * `expired`: nobody answered in time, or nobody captured in time; the money is available again. `cancelled`: its
 * cancellation came first, and left a mark that refuses it. `refunded`: all that was taken has been given back.
 */
export const OperationState = z.enum(['unknown', ...open, ...ended]);
export type OperationState = z.infer<typeof OperationState>;

/** The answer to every operation, and to "did you do X?". */
export const OperationView = z.object({
  kind: OperationKind,
  key: OperationKey,
  state: OperationState,
  account: AccountId.optional(),
  amount: positivePaise.optional(),
  instrument: Instrument.optional(),
  /** How the payer was asked, and until when an answer counts. */
  approval: z
    .object({
      flow: Flow,
      expiresAt: z.iso.datetime(),
      /** What the payer said, once it was said. */
      decision: z.enum(['approve', 'decline']).optional(),
    })
    .optional(),
  /** Of a hold: until when it can be captured. */
  expiresAt: z.iso.datetime().optional(),
  /** Of a settling capture: when the money moves at the earliest. */
  settlesAt: z.iso.datetime().optional(),
  /** What the payer pays back each month, in paise; the merchant gets all of the amount at once. */
  emi: z.object({ months: Months, instalment: positivePaise }).optional(),
  /** Where the money went, once it did. */
  into: ClearingAlias.optional(),
  /** How much of it came back so far. */
  refunded: Paise.optional(),
  /** The capture or debit was cancelled. Whether it had happened or not: from now on it is refused. */
  chargeCancelled: z.boolean().optional(),
  /** Of a refund: the hold or debit that it gives back. */
  of: OperationKey.optional(),
  /** Of a decline. */
  code: DeclineCode.optional(),
  /** The bank's own number for it. */
  bankReference: z.string().optional(),
});
export type OperationView = z.infer<typeof OperationView>;
