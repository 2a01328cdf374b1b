import { type Paise, paise, portion } from '../../../shared/money/index.ts';
import type { MerchantId, Method, PaymentId, RefundId, RefundView, UserId } from '../contract.ts';
import { PaymentNotCompletedError, RefundTooLargeError } from './errors.ts';
import type { Payment, Resumption } from './payment.ts';
import type { Settlement } from './settlement.ts';

/** A refund's record: what was promised to the payer, and whether they have it. */
export interface Refund {
  readonly id: RefundId;
  readonly payment: PaymentId;
  readonly payer: UserId;
  readonly merchant: MerchantId;
  readonly method: Method;
  /** What whoever started the payment calls it, and who that is; refunds from before it was kept have neither. */
  readonly reference?: string;
  readonly startedBy?: string;
  readonly amount: Paise;
  /** Whose money it was: the parts add up to the amount. */
  readonly parts: Settlement;
  /** Why, in the words of whoever asked for it. */
  readonly reason: string;
  /** The subject of the token that asked for it. */
  readonly by: string;
  readonly status: 'in_progress' | 'completed' | 'needs_attention';
  /** The bank's own number for it, once it has paid. */
  readonly transactionId?: string;
  readonly createdAt: string;
  readonly endedAt?: string;
  /** How often the sweeper has tried in vain, since it was recorded or a person let it go on. */
  readonly tries?: number;
  /** The error that a person has to look at, when it needs attention. */
  readonly attention?: string;
  /** Who let it go on after it had needed attention, oldest first. */
  readonly resumptions?: readonly Omit<Resumption, 'execution'>[];
  readonly correlationId: string;
  readonly traceparent: string;
}

/**
 * How much a refund gives back, and whose money it is: all that is left, unless less was asked for.
 * @throws {PaymentNotCompletedError} there is nothing to refund, or not yet
 * @throws {RefundTooLargeError} less than that is left
 */
export const refundOf = (payment: Payment, asked?: Paise): { amount: Paise; parts: Settlement } => {
  const { id, status, amount: whole, refunded = paise(0), steps } = payment;
  const settled = steps.settle_merchant;
  if (status !== 'completed' || settled === undefined)
    throw new PaymentNotCompletedError({ payment: id, status });
  const left = paise(whole - refunded);
  const amount = asked ?? left;
  if (amount > left || amount === 0) throw new RefundTooLargeError({ payment: id, left });
  const commission = paise(Number(settled.commission));
  const gst = paise(Number(settled.gst));
  const all = { merchant: paise(whole - commission - gst), commission, gst };
  return { amount, parts: partsOf(all, { before: refunded, after: paise(refunded + amount) }) };
};

/**
 * The merchant's part of a refund, and the commission and its tax in it, pro rata. It is the difference of what is due
 * after the refund and before it, each rounded half up, so that the parts of all refunds of a payment add up to what was
 * settled once everything is refunded. The tax follows the charge in paise, and not the amount: so no part is below zero.
 * @param settled how the whole payment was divided
 * @param refunded how much of it is given back before this refund, and after it
 */
export const partsOf = (
  settled: Settlement,
  refunded: { readonly before: Paise; readonly after: Paise },
): Settlement => {
  const before = givenBack(settled, refunded.before);
  const after = givenBack(settled, refunded.after);
  return {
    merchant: paise(after.merchant - before.merchant),
    commission: paise(after.commission - before.commission),
    gst: paise(after.gst - before.gst),
  };
};

/** Whose money the first `refunded` paise of a payment are. */
const givenBack = ({ merchant, commission, gst }: Settlement, refunded: Paise): Settlement => {
  const charge = commission + gst;
  const charged = portion(refunded, charge, merchant + charge);
  const tax = charge === 0 ? paise(0) : portion(charged, gst, charge);
  return { merchant: paise(refunded - charged), commission: paise(charged - tax), gst: tax };
};

/** What a caller sees of a refund; who asked for it, and what a person had to do, is for operators. */
export const refundViewOf = (refund: Refund, isOperator: boolean): RefundView => {
  const { id, payment, amount, reason, status, parts, transactionId, createdAt, endedAt } = refund;
  return {
    ...{ id, payment, amount, reason, status, createdAt },
    ...{ merchantAmount: parts.merchant, commission: parts.commission, gst: parts.gst },
    ...(transactionId === undefined ? {} : { transactionId }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(isOperator ? auditOf(refund) : {}),
  };
};

const auditOf = ({ by, attention, resumptions }: Refund) => ({
  by,
  ...(attention === undefined ? {} : { attention }),
  ...(resumptions === undefined ? {} : { resumptions: resumptions.map((one) => ({ ...one })) }),
});
