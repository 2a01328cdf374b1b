/** Facts that the payment saga tells the city. */
import * as z from 'zod';
import { defineEvent } from '../../shared/messaging/events.ts';
import { Paise } from '../../shared/money/index.ts';
import { MerchantId, Method, PaymentId, RefundId, UserId } from './contract.views.ts';

const Ended = z.object({
  payment: PaymentId,
  payer: UserId,
  merchant: MerchantId,
  amount: Paise,
  method: Method,
  reason: z.string().optional(),
  /** What whoever started it calls it; unique per payer. */
  reference: z.string().optional(),
  /** The subject of the token that started it: by that a system knows its own. */
  startedBy: z.string().optional(),
});

/** Facts that the saga tells the city, each written in the transaction of what it tells of. */
export const events = {
  completed: defineEvent({ type: 'paytm-saga.PaymentCompleted', version: 1, data: Ended }),
  refused: defineEvent({ type: 'paytm-saga.PaymentRefused', version: 1, data: Ended }),
  compensated: defineEvent({ type: 'paytm-saga.PaymentCompensated', version: 1, data: Ended }),
  needsAttention: defineEvent({ type: 'paytm-saga.PaymentNeedsAttention', version: 1, data: Ended }),
  resumed: defineEvent({ type: 'paytm-saga.PaymentResumed', version: 1, data: Ended }),
  /** The payer has the money. */
  refundCompleted: defineEvent({
    type: 'paytm-saga.RefundCompleted',
    version: 1,
    data: Ended.omit({ reason: true }).extend({ refund: RefundId }),
  }),
  noticeRequested: defineEvent({
    type: 'paytm-saga.NoticeRequested',
    version: 1,
    data: z.object({
      payment: PaymentId,
      kind: z.enum(['merchant_notice', 'receipt', 'refund_notice']),
      /** Of which refund a notice tells. */
      refund: RefundId.optional(),
      recipient: z.union([UserId, MerchantId]),
      amount: Paise,
    }),
  }),
  measured: defineEvent({
    type: 'paytm-saga.PaymentMeasured',
    version: 1,
    data: z.object({ payment: PaymentId, method: Method, amount: Paise, secondsToSettle: z.number() }),
  }),
};
