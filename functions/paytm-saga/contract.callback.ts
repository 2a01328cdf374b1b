/** What a payer's system is told when its payment has ended. Apart from its address, which every door would drag along. */
import * as z from 'zod';
import { Paise } from '../../shared/money/index.ts';
import { PaymentId } from './contract.views.ts';

/** The body of a callback. Only ids, amounts and what the payer called it; whoever wants more asks the door. */
export const Callback = z.object({
  type: z.enum(['payment.completed', 'payment.refused', 'payment.compensated']),
  /** When it ended, ISO 8601 UTC; `webhook-timestamp` is when it was told. */
  timestamp: z.iso.datetime(),
  data: z.object({
    /** The same as `webhook-id`: who has seen it has seen the callback. */
    event: z.string(),
    payment: PaymentId,
    /** What the payer calls it. */
    reference: z.string(),
    status: z.enum(['completed', 'refused', 'compensated']),
    /** In paise. */
    amount: Paise,
    currency: z.literal('INR'),
  }),
});
export type Callback = z.infer<typeof Callback>;
