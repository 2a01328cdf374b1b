/** The doors of payments. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { positivePaise } from '../../shared/money/index.ts';
import { CallbackUrl } from './contract.callback-url.ts';
import { page, paging, Reference, Resume } from './contract.paging.ts';
import { MerchantId, Method, PaymentId, PaymentView } from './contract.views.ts';

export const paymentRoutes = {
  startPayment: defineRoute({
    name: 'start-payment',
    method: 'POST',
    path: '/payments',
    summary: 'Starts a payment; it runs as a saga and is followed at its Location.',
    access: { roles: ['customer'] },
    idempotent: 'key',
    request: {
      body: z.strictObject({
        reference: Reference,
        merchantId: MerchantId,
        amount: positivePaise,
        currency: z.literal('INR').default('INR'),
        method: Method.default('upi'),
        description: z.string().max(140).optional(),
        callbackUrl: CallbackUrl.optional(),
        metadata: z.record(z.string().max(40), z.string().max(140)).default({}),
      }),
    },
    answers: { 202: PaymentView },
    errors: ['ReferenceTakenError'],
  }),
  getPayment: defineRoute({
    name: 'get-payment',
    method: 'GET',
    path: '/payments/{paymentId}',
    summary: 'Where a payment stands, step by step. Somebody else’s is 404, as if it did not exist.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ paymentId: PaymentId }) },
    answers: { 200: PaymentView },
    errors: [],
  }),
  listPayments: defineRoute({
    name: 'list-payments',
    method: 'GET',
    path: '/payments',
    summary:
      'A customer’s own payments, newest first; for an operator, those in progress or those that need attention, the oldest first.',
    access: { roles: ['customer', 'operator'] },
    request: {
      query: z.object({
        ...paging,
        /** Of which payments an operator wants to know; a customer’s list has them all, and takes no state. */
        state: z.enum(['in_progress', 'needs_attention']).optional(),
      }),
    },
    answers: { 200: page(PaymentView) },
    errors: [],
  }),
  resumePayment: defineRoute({
    name: 'resume-payment',
    method: 'POST',
    path: '/payments/{paymentId}/resume',
    summary:
      'Lets a payment that needed attention go on from where it stands; who, when and why is kept with it.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: {
      path: z.object({ paymentId: PaymentId }),
      body: Resume,
    },
    answers: { 202: PaymentView },
    errors: ['NothingToResumeError', 'SupersededError'],
  }),
} as const;
