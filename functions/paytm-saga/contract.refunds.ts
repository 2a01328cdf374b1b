/** The doors of refunds: what a merchant, the system that charged, or an operator gives back of a completed payment. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { positivePaise } from '../../shared/money/index.ts';
import { page, paging } from './contract.paging.ts';
import { PaymentId, RefundId, RefundView } from './contract.views.ts';

const everybody = { roles: ['customer', 'merchant', 'service', 'operator'] } as const;

export const refundRoutes = {
  refundPayment: defineRoute({
    name: 'refund-payment',
    method: 'POST',
    path: '/payments/{paymentId}/refunds',
    summary:
      'Gives back a completed payment, or a part of it, at the merchant’s cost; followed at its Location. Another merchant’s or system’s payment is 404.',
    access: { roles: ['merchant', 'service', 'operator'] },
    idempotent: 'key',
    request: {
      path: z.object({ paymentId: PaymentId }),
      body: z.strictObject({
        /** Without it, all that is left. */
        amount: positivePaise.optional(),
        /** For the payer to read. */
        reason: z.string().min(1).max(200),
      }),
    },
    answers: { 202: RefundView },
    errors: ['PaymentNotCompletedError', 'RefundTooLargeError'],
  }),
  listPaymentRefunds: defineRoute({
    name: 'list-payment-refunds',
    method: 'GET',
    path: '/payments/{paymentId}/refunds',
    summary:
      'The refunds of a payment, newest first, for its payer, its merchant, its system, and operators.',
    access: everybody,
    request: { path: z.object({ paymentId: PaymentId }), query: z.object(paging) },
    answers: { 200: page(RefundView) },
    errors: [],
  }),
  getRefund: defineRoute({
    name: 'get-refund',
    method: 'GET',
    path: '/payments/{paymentId}/refunds/{refundId}',
    summary:
      'Where a refund stands, for the payer, the merchant and the system of its payment, and operators.',
    access: everybody,
    request: { path: z.object({ paymentId: PaymentId, refundId: RefundId }) },
    answers: { 200: RefundView },
    errors: [],
  }),
  listRefunds: defineRoute({
    name: 'list-refunds',
    method: 'GET',
    path: '/refunds',
    summary: 'The refunds that are in progress, or that need attention, the oldest first.',
    access: { roles: ['operator'] },
    request: {
      query: z.object({
        ...paging,
        state: z.enum(['in_progress', 'needs_attention']).default('in_progress'),
      }),
    },
    answers: { 200: page(RefundView) },
    errors: [],
  }),
} as const;
