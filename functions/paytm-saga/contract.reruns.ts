/** The door by which an operator has a payment made once more, of a local city alone. */
import * as z from 'zod';
import { CORRELATION_ID, defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { PaymentId, PaymentView } from './contract.views.ts';

export const rerunRoutes = {
  rerunPayment: defineRoute({
    name: 'rerun-payment',
    method: 'POST',
    path: '/payments/{paymentId}/reruns',
    summary:
      'Starts a payment of the same order by the same payer, in a local city alone: it spends their money. Followed at its Location.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: {
      path: z.object({ paymentId: PaymentId }),
      headers: z.object({
        /** Every call of the new payment has it: a fault that is armed about it meets this payment and no other. */
        'x-correlation-id': z
          .string()
          .regex(CORRELATION_ID, {
            error: phrase({
              en: '1 to 128 English letters, digits or _.:-',
              hi: '1 से 128 अंग्रेज़ी अक्षर, अंक या _.:-',
            }),
          })
          .optional(),
      }),
    },
    answers: { 202: PaymentView },
    errors: [],
  }),
} as const;
