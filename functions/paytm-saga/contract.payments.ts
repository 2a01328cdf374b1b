/** The doors of payments. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { referenceSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { positivePaise } from '../../shared/money/index.ts';
import { CallbackUrl } from './contract.callback-url.ts';
import { page, paging, Reference } from './contract.paging.ts';
import { EmiMonths, LinkId, MerchantId, Method, PaymentId, PaymentView, UpiOrder } from './contract.views.ts';

/** Of a detail that belongs to one way to pay. */
const goesWith = (method: string) => phrase({ en: `only with ${method}`, hi: `केवल ${method} के साथ` });

const StartPayment = z
  .strictObject({
    reference: Reference,
    merchantId: MerchantId,
    amount: positivePaise,
    currency: z.literal('INR').default('INR'),
    method: Method.default('upi'),
    upi: UpiOrder.optional(),
    /** @default 3, for a payment by EMI */
    emiMonths: EmiMonths.optional(),
    description: z.string().max(140).optional(),
    callbackUrl: CallbackUrl.optional(),
    /** By which a system charges the payer who made it. A system must name one, a customer pays without. */
    link: LinkId.optional(),
    /** For whom of its customers a system charges by a link. */
    customer: referenceSchema().optional(),
    metadata: z.record(z.string().max(40), z.string().max(140)).default({}),
  })
  .refine(({ link, customer }) => (link === undefined) === (customer === undefined), {
    path: ['customer'],
    error: phrase({ en: 'whose link it is, with a link and only then', hi: 'लिंक किसका है, केवल लिंक के साथ' }),
  })
  .refine(({ method, upi }) => upi === undefined || method === 'upi', {
    path: ['upi'],
    error: goesWith('upi'),
  })
  .refine(({ method, emiMonths }) => emiMonths === undefined || method === 'emi', {
    path: ['emiMonths'],
    error: goesWith('emi'),
  });

export const paymentRoutes = {
  startPayment: defineRoute({
    name: 'start-payment',
    method: 'POST',
    path: '/payments',
    summary:
      'Starts a payment; it runs as a saga and is followed at its Location. A system starts it for a payer by their link.',
    access: { roles: ['customer', 'service'] },
    idempotent: 'key',
    request: {
      body: StartPayment,
    },
    answers: { 202: PaymentView },
    errors: ['ReferenceTakenError', 'LinkNotUsableError'],
  }),
  getPayment: defineRoute({
    name: 'get-payment',
    method: 'GET',
    path: '/payments/{paymentId}',
    summary:
      'Where a payment stands, step by step. Somebody else’s is 404, as if it did not exist; a system’s are those that it started.',
    access: { roles: ['customer', 'service', 'operator'] },
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
} as const;
