/** The doors by which an operator lets go on what needed attention. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { Resume } from './contract.paging.ts';
import { PaymentId, PaymentView, RefundId, RefundView, TopUpId, TopUpView } from './contract.views.ts';

export const resumeRoutes = {
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
  resumeTopUp: defineRoute({
    name: 'resume-top-up',
    method: 'POST',
    path: '/top-ups/{topUpId}/resume',
    summary: 'Lets a top-up that needed attention go on; who, when and why is kept with it.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: { path: z.object({ topUpId: TopUpId }), body: Resume },
    answers: { 202: TopUpView },
    errors: ['NothingToResumeError'],
  }),
  resumeRefund: defineRoute({
    name: 'resume-refund',
    method: 'POST',
    path: '/refunds/{refundId}/resume',
    summary: 'Lets a refund that needed attention go on; who, when and why is kept with it.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: { path: z.object({ refundId: RefundId }), body: Resume },
    answers: { 202: RefundView },
    errors: ['NothingToResumeError'],
  }),
} as const;
