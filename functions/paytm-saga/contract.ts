/**
 * What may come in and go out of the payment saga. Stack, handlers, typed client, story and end-to-end tests read
 * this file; a door exists here or nowhere.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { closingRoutes } from './contract.closing.ts';
import { historyRoutes } from './contract.history.ts';
import { linkRoutes } from './contract.links.ts';
import { page, paging } from './contract.paging.ts';
import { paymentRoutes } from './contract.payments.ts';
import { peopleRoutes } from './contract.people.ts';
import { refundRoutes } from './contract.refunds.ts';
import { rerunRoutes } from './contract.reruns.ts';
import { resumeRoutes } from './contract.resume.ts';
import { PostingView } from './contract.views.ts';
import { walletRoutes } from './contract.wallets.ts';

export * from './contract.callback.ts';
export * from './contract.callback-url.ts';
export * from './contract.events.ts';
export * from './contract.links.ts';
export * from './contract.machine.ts';
export * from './contract.views.ts';

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.2.0',
  summary: 'Payments from a payer to a merchant, each run as a saga; wallets, merchants, and the ledger.',
};

/** The doors that every city has, on AWS too. */
export const routesEverywhere = {
  ...paymentRoutes,
  ...refundRoutes,
  ...walletRoutes,
  ...linkRoutes,
  ...peopleRoutes,
  ...resumeRoutes,
  ...historyRoutes,
  ...closingRoutes,
  listPostings: defineRoute({
    name: 'list-postings',
    method: 'GET',
    path: '/ledger/{day}',
    summary: 'The postings of one day (Asia/Kolkata) and shard, oldest first.',
    access: { roles: ['operator'] },
    request: {
      path: z.object({ day: z.iso.date() }),
      query: z.object({
        ...paging,
        limit: z.coerce.number().int().min(1).max(500).default(100),
        shard: z.coerce.number().int().min(0).max(3),
      }),
    },
    answers: { 200: page(PostingView) },
    errors: [],
  }),
} as const;

/** With those of a local city. */
export const routes = { ...routesEverywhere, ...rerunRoutes } as const;
