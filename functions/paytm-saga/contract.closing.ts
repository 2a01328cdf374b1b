/** The doors of the daily closing, the message that its consumer takes, and what the city is told. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { defineEvent } from '../../shared/messaging/events.ts';
import { page, paging } from './contract.paging.ts';

/** Of Asia/Kolkata. */
const Day = z.iso.date();
/** Paise; a credit is positive. */
const Signed = z.number().int();
const Count = z.number().int().min(0);
const Timestamp = z.iso.datetime();

/** One account on one day. An account that did not move that day has no record of it: its last one still holds. */
export const ClosingView = z.object({
  account: z.string(),
  day: Day,
  opening: Signed,
  debits: Count,
  credits: Count,
  /** `opening` + `credits` − `debits`; the next opening. */
  closing: Signed,
  /** How many lines of the ledger that was. */
  postings: Count,
});
export type ClosingView = z.infer<typeof ClosingView>;

/** A key of which bank and ledger do not say the same. Of both, what came into our clearing account is positive. */
const OpenItemView = z.object({
  /** The id of the payment, top-up or refund, or whatever the bank has it under. */
  key: z.string(),
  bank: Signed,
  ledger: Signed,
  since: Timestamp,
});

/** What the bank’s statement of our clearing account said, beside our ledger. */
export const ReconciliationView = z.object({
  day: Day,
  /** `interim`: of a day that is not over, up to `until`. */
  kind: z.enum(['final', 'interim']),
  status: z.enum(['in_progress', 'done']),
  until: Timestamp.optional(),
  /** What the clearing account held then, at the bank and by our ledger. */
  bankBalance: Signed.optional(),
  ledgerBalance: Signed.optional(),
  /** How many lines of each side were looked at. */
  bankLines: Count.optional(),
  ledgerLines: Count.optional(),
  differences: z
    .array(OpenItemView.extend({ kind: z.enum(['only_at_bank', 'only_in_ledger', 'amounts_differ']) }))
    .optional(),
  /** Not the same yet, because what it belongs to is under way or needs attention; looked at again the next time. */
  inTransit: z.array(OpenItemView).optional(),
});
export type ReconciliationView = z.infer<typeof ReconciliationView>;

const operators = { roles: ['operator'] } as const;
const path = z.object({ day: Day });

export const closingRoutes = {
  listClosings: defineRoute({
    name: 'list-closings',
    method: 'GET',
    path: '/closings/{day}',
    summary: 'What each account that moved on a day was closed with; 404 until the day is closed.',
    access: operators,
    request: { path, query: z.object(paging) },
    answers: { 200: page(ClosingView) },
    errors: [],
  }),
  getReconciliation: defineRoute({
    name: 'get-reconciliation',
    method: 'GET',
    path: '/closings/{day}/reconciliation',
    summary:
      'The reconciliation of a day with the bank’s statement: the final one, or else the latest interim one.',
    access: operators,
    request: { path },
    answers: { 200: ReconciliationView },
    errors: [],
  }),
  reconcileDay: defineRoute({
    name: 'reconcile-day',
    method: 'POST',
    path: '/closings/{day}/reconciliation',
    summary:
      'Asks for a reconciliation now, an interim one where the day is not over; followed at its Location.',
    access: operators,
    idempotent: 'key',
    request: { path },
    answers: { 202: ReconciliationView },
    errors: ['DayNotBegunError'],
  }),
} as const;

/** What the consumer is asked: to close every day that is over, and to reconcile today so far, if a day is named. */
export const ClosingWork = z.strictObject({ closing: z.literal('due'), interim: Day.optional() });
export type ClosingWork = z.infer<typeof ClosingWork>;

export const closingEvents = {
  /** A day is closed and reconciled. */
  dayClosed: defineEvent({
    type: 'paytm-saga.DayClosed',
    version: 1,
    data: z.object({
      day: Day,
      accounts: Count,
      postings: Count,
      /** What was credited in all, which is what was debited; paise. */
      turnover: Count,
      bankBalance: Signed,
      ledgerBalance: Signed,
      differences: Count,
      inTransit: Count,
    }),
  }),
};
