/**
 * What may come in and go out of the payment saga. Stack, handlers, typed client, story and end-to-end tests read
 * this file; a door exists here or nowhere.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { idSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { positivePaise } from '../../shared/money/index.ts';
import { page, paging, Reference, Resume } from './contract.paging.ts';
import { paymentRoutes } from './contract.payments.ts';
import { refundRoutes } from './contract.refunds.ts';
import {
  Kyc,
  MerchantId,
  MerchantView,
  PostingView,
  TopUpId,
  TopUpView,
  UserId,
  UserView,
  WalletView,
} from './contract.views.ts';

export * from './contract.callback.ts';
export * from './contract.callback-url.ts';
export * from './contract.events.ts';
export * from './contract.machine.ts';
export * from './contract.views.ts';

const PHONE = phrase({
  en: 'an Indian mobile number: +91 and ten digits, the first of them 6 to 9',
  hi: 'भारतीय मोबाइल नंबर: +91 और दस अंक, पहला 6 से 9',
});
/** An account at the sandbox bank. */
const BankAccount = idSchema('account');

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.0.0',
  summary: 'Payments from a payer to a merchant, each run as a saga; wallets, merchants, and the ledger.',
};

export const routes = {
  ...paymentRoutes,
  ...refundRoutes,
  topUpWallet: defineRoute({
    name: 'top-up-wallet',
    method: 'POST',
    path: '/wallets/{userId}/top-ups',
    summary: 'Brings money from the user’s bank account into the wallet.',
    access: { roles: ['customer'] },
    idempotent: 'key',
    request: { path: z.object({ userId: UserId }), body: z.strictObject({ amount: positivePaise }) },
    answers: { 201: TopUpView },
    errors: ['PaymentDeclinedError', 'WalletLimitError', 'WalletLoadLimitError'],
  }),
  listTopUps: defineRoute({
    name: 'list-top-ups',
    method: 'GET',
    path: '/top-ups',
    summary: 'The top-ups that need attention, the oldest first.',
    access: { roles: ['operator'] },
    request: { query: z.object(paging) },
    answers: { 200: page(TopUpView) },
    errors: [],
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
  getWallet: defineRoute({
    name: 'get-wallet',
    method: 'GET',
    path: '/wallets/{userId}',
    summary: 'The balance of a wallet.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ userId: UserId }) },
    answers: { 200: WalletView },
    errors: [],
  }),
  listWallets: defineRoute({
    name: 'list-wallets',
    method: 'GET',
    path: '/wallets',
    summary: 'Every wallet with its stored balance, for whoever checks the books.',
    access: { roles: ['operator'] },
    request: { query: z.object({ ...paging, shard: z.coerce.number().int().min(0).max(3) }) },
    answers: { 200: page(WalletView) },
    errors: [],
  }),
  createUser: defineRoute({
    name: 'create-user',
    method: 'POST',
    path: '/users',
    summary: 'Registers a payer with KYC and bank account, and opens an empty wallet.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: {
      body: z.strictObject({
        reference: Reference,
        name: z.string().min(1).max(80),
        phone: z.string().regex(/^\+91[6-9][0-9]{9}$/, { error: PHONE }),
        kyc: Kyc,
        bankAccount: BankAccount,
        blocked: z.boolean().default(false),
      }),
    },
    answers: { 201: UserView },
    errors: [],
  }),
  changeUser: defineRoute({
    name: 'change-user',
    method: 'PATCH',
    path: '/users/{userId}',
    summary: 'Changes a payer’s KYC, blocks or unblocks, records a decided dispute.',
    access: { roles: ['operator'] },
    request: {
      path: z.object({ userId: UserId }),
      body: z.strictObject({
        kyc: Kyc.optional(),
        blocked: z.boolean().optional(),
        disputes: z.number().int().min(0).max(100).optional(),
      }),
    },
    answers: { 200: UserView },
    errors: [],
  }),
  createMerchant: defineRoute({
    name: 'create-merchant',
    method: 'POST',
    path: '/merchants',
    summary: 'Registers a merchant with its settlement account.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: {
      body: z.strictObject({ reference: Reference, name: z.string().min(1).max(80) }),
    },
    answers: { 201: MerchantView },
    errors: [],
  }),
  changeMerchant: defineRoute({
    name: 'change-merchant',
    method: 'PATCH',
    path: '/merchants/{merchantId}',
    summary: 'Suspends a merchant, or freezes its settlement account; and the reverse.',
    access: { roles: ['operator'] },
    request: {
      path: z.object({ merchantId: MerchantId }),
      body: z.strictObject({
        suspended: z.boolean().optional(),
        settlement: z.enum(['active', 'frozen']).optional(),
      }),
    },
    answers: { 200: MerchantView },
    errors: [],
  }),
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
