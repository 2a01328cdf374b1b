/** The door behind which a payment tells what has happened to it. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { Paise } from '../../shared/money/index.ts';
import { page, paging } from './contract.paging.ts';
import { PaymentId, PaymentStatus, RefundId, StepName } from './contract.views.ts';

/** What can happen to a payment. Those of {@link OPERATORS_ONLY} are not told to its payer. */
export const HistoryWhat = z.enum([
  'accepted',
  'asked',
  'heard',
  'done',
  'turned_back',
  'undone',
  'handed_over',
  'needs_attention',
  'resumed',
  'ended',
  'refund_accepted',
  'refund_paid',
  'refund_needs_attention',
  'refund_resumed',
]);
export type HistoryWhat = z.infer<typeof HistoryWhat>;

/** How we work, and not what came of it: which execution follows another, and what a refund waits for. */
export const OPERATORS_ONLY: ReadonlySet<HistoryWhat> = new Set([
  'handed_over',
  'refund_needs_attention',
  'refund_resumed',
]);

/** One thing that happened. */
export const HistoryEntry = z.object({
  at: z.iso.datetime(),
  what: HistoryWhat,
  /** Which step was asked for, heard of, done or undone. */
  step: StepName.optional(),
  /** `reversed`: something had happened and was undone; `nothing`: it never happened. */
  outcome: z.enum(['reversed', 'nothing']).optional(),
  /** What the bank said: `open` when it asked the payer or the money was on its way, and what became of that: `held`. */
  bank: z.string().optional(),
  /** How it ended. */
  status: PaymentStatus.optional(),
  refund: RefundId.optional(),
  amount: Paise.optional(),
  /** Why it turned back or needs attention: the name of the error and what it says to a person. */
  reason: z.object({ name: z.string(), detail: z.string() }).optional(),
  /** Why, in the words of whoever refunded it; for operators also of whoever let it go on. */
  note: z.string().optional(),
  /** For operators: the subject of the token that commanded it, or `sweeper`. */
  by: z.string().optional(),
  /** For operators: the error that had needed attention. */
  after: z.string().optional(),
  /** For operators: the number of the execution that did it. */
  execution: z.number().int().optional(),
  /** For operators: the number of the execution that goes on. */
  next: z.number().int().optional(),
  /** For operators: the ledger’s transaction, and what it moved in signed paise; a credit is positive. */
  transaction: z.string().optional(),
  postings: z.array(z.object({ account: z.string(), amount: z.number().int() })).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const historyRoutes = {
  listPaymentHistory: defineRoute({
    name: 'list-payment-history',
    method: 'GET',
    path: '/payments/{paymentId}/history',
    summary:
      'What has happened to a payment, oldest first. A page may be short, or empty, and have a next one. Somebody else’s is 404.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ paymentId: PaymentId }), query: z.object(paging) },
    answers: { 200: page(HistoryEntry) },
    errors: [],
  }),
} as const;
