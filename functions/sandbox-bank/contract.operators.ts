/** The doors of the bank for the hands that set it up, read it, and play the payer; apart, because systems call none. */
import * as z from 'zod';
import { defineRoute, pagingOf } from '../../shared/http/index.ts';
import { referenceSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise } from '../../shared/money/index.ts';
import {
  AccountId,
  AnyAccount,
  ClearingAlias,
  DeclineCode,
  OperationKey,
  OperationView,
} from './contract.views.ts';

/** What an operator makes an account do. */
export const Behaviour = z.object({
  /** Every call that touches the account takes so much longer, in milliseconds. */
  slowMs: z.number().int().min(0).max(8000),
  /** Nothing happens, and every call is answered 503. */
  outage: z.boolean(),
  /** New holds and debits are declined so. */
  declineCode: DeclineCode.nullable(),
  /** So many times the thing is done, but the answer is 503, as if the line had broken. */
  loseAnswers: z.number().int().min(0).max(1000),
  /** Nothing can be paid into it any more, as when its bank froze it: every refund is refused for good. */
  creditsBlocked: z.boolean(),
  /**
   * Whether the payer's app says yes the moment it is asked, or a hand answers for it. Who is not asked, because the
   * hold says nothing of an approval, approves at once.
   */
  approvals: z.enum(['at_once', 'by_hand']),
  /** A capture is accepted at once and moves the money so much later, in milliseconds. */
  settlesAfterMs: z.number().int().min(0).max(86_400_000),
  /** A hold that is not captured within so many milliseconds is void. */
  holdsForMs: z.number().int().min(1_000).max(900_000),
});
export type Behaviour = z.infer<typeof Behaviour>;

export const CustomerAccountView = z.object({
  id: AccountId,
  kind: z.literal('customer'),
  reference: z.string(),
  /** Everything that is on the account; `available` and `held` are its parts. */
  balance: Paise,
  available: Paise,
  held: Paise,
  behaviour: Behaviour,
  openedAt: z.iso.datetime(),
});
export type CustomerAccountView = z.infer<typeof CustomerAccountView>;

/** A clearing account stores no balance, so that it is no hot item: its statement adds up to it. */
export const ClearingAccountView = z.object({
  id: ClearingAlias,
  kind: z.literal('clearing'),
  openedAt: z.iso.datetime(),
});
export const AccountView = z.discriminatedUnion('kind', [CustomerAccountView, ClearingAccountView]);
export type AccountView = z.infer<typeof AccountView>;

/** One line of a statement. `amount` is signed paise: what came in is positive, what went out negative. */
export const StatementLine = z.object({
  at: z.iso.datetime(),
  amount: z.number().int(),
  what: z.string(),
  /** The key of the operation; of an opening, the account's reference. */
  key: z.string(),
  transaction: z.string(),
});
export type StatementLine = z.infer<typeof StatementLine>;

/** A page of a statement: `openingBalance` plus its lines is `closingBalance`, where the next page begins. */
export const StatementView = z.object({
  account: AnyAccount,
  openingBalance: z.number().int(),
  lines: z.array(StatementLine),
  closingBalance: z.number().int(),
  next: z.string().optional(),
});
export type StatementView = z.infer<typeof StatementView>;

export const OpenAccount = z
  .strictObject({
    /** What the opener calls it; for a clearing account the system whose it is. Asked again, the same account. */
    reference: referenceSchema(),
    kind: z.enum(['customer', 'clearing']),
    openingBalance: Paise,
  })
  .refine(({ kind, openingBalance }) => kind === 'customer' || openingBalance === 0, {
    path: ['openingBalance'],
    error: phrase({
      en: '0, because a clearing account opens empty',
      hi: '0, क्योंकि क्लियरिंग खाता खाली खुलता है',
    }),
  })
  .refine(({ kind, reference }) => kind === 'customer' || /^[a-z][a-z0-9-]{1,39}$/.test(reference), {
    path: ['reference'],
    error: phrase({ en: 'the name of a system', hi: 'किसी सिस्टम का नाम' }),
  });
export type OpenAccount = z.infer<typeof OpenAccount>;

export const AnswerRequest = z.strictObject({ decision: z.enum(['approve', 'decline']) });
export type AnswerRequest = z.infer<typeof AnswerRequest>;

const operators = { roles: ['operator'] } as const;

export const operatorRoutes = {
  openAccount: defineRoute({
    name: 'open-account',
    method: 'POST',
    path: '/accounts',
    summary: 'Opens an account with money from the vault; the same reference again answers the same account.',
    access: operators,
    request: { body: OpenAccount },
    answers: { 201: AccountView },
    errors: [],
  }),
  getAccount: defineRoute({
    name: 'get-account',
    method: 'GET',
    path: '/accounts/{id}',
    summary: 'An account: balance, what of it is held, and how it was told to behave.',
    access: operators,
    request: { path: z.object({ id: AnyAccount }) },
    answers: { 200: AccountView },
    errors: [],
  }),
  changeAccount: defineRoute({
    name: 'change-account',
    method: 'PATCH',
    path: '/accounts/{id}',
    summary:
      'Makes an account slow, unreachable, declining, losing its answers, asking by hand or settling late; and well again.',
    access: operators,
    request: { path: z.object({ id: AccountId }), body: Behaviour.partial().strict() },
    answers: { 200: CustomerAccountView },
    errors: [],
  }),
  getStatement: defineRoute({
    name: 'get-statement',
    method: 'GET',
    path: '/accounts/{id}/statement',
    summary: 'What came and went, oldest first, with the balance before and after.',
    access: { roles: ['service', 'operator'] },
    request: {
      path: z.object({ id: AnyAccount }),
      query: z.object({
        ...pagingOf({ most: 500, usual: 200 }),
      }),
    },
    answers: { 200: StatementView },
    errors: [],
  }),
  answerRequest: defineRoute({
    name: 'answer-request',
    method: 'PUT',
    path: '/holds/{key}/answer',
    summary: 'The payer’s answer: an operator’s hand plays the phone, or the page of the bank.',
    access: operators,
    request: { path: z.object({ key: OperationKey }), body: AnswerRequest },
    answers: { 200: OperationView },
    errors: ['RequestExpiredError', 'NothingToAnswerError', 'HoldVoidedError', 'BankUnavailableError'],
  }),
} as const;
