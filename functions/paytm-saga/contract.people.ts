/** The doors of payers and merchants, for operators. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { idSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Reference } from './contract.paging.ts';
import { Kyc, MerchantId, MerchantView, UserId, UserView } from './contract.views.ts';

const PHONE = phrase({
  en: 'an Indian mobile number: +91 and ten digits, the first of them 6 to 9',
  hi: 'भारतीय मोबाइल नंबर: +91 और दस अंक, पहला 6 से 9',
});
/** A merchant's category (MCC, ISO 18245): some may still ask by UPI collect. */
const MerchantCategory = z.string().regex(/^[0-9]{4}$/, {
  error: phrase({ en: 'a category of four digits (MCC)', hi: 'चार अंकों की श्रेणी (MCC)' }),
});
/** An account at the sandbox bank. */
const BankAccount = idSchema('account');

export const peopleRoutes = {
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
      body: z.strictObject({
        reference: Reference,
        name: z.string().min(1).max(80),
        category: MerchantCategory.optional(),
      }),
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
} as const;
