/**
 * What may come in and go out of the sandbox bank: the outside world's bank, with state, latency and faults of its
 * own. Its clients are our systems (`service`); the story and the tests set it up and read it (`operator`).
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { referenceSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise, positivePaise } from '../../shared/money/index.ts';
import {
  AccountId,
  AccountView,
  AnyAccount,
  Approval,
  Behaviour,
  ClearingAlias,
  CustomerAccountView,
  type Flow,
  Instrument,
  Months,
  OperationKey,
  OperationKind,
  OperationView,
  StatementView,
} from './contract.views.ts';

export * from './contract.events.ts';
export * from './contract.views.ts';

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

const Terms = z.strictObject({ account: AccountId, amount: positivePaise, instrument: Instrument });

/** How the payer of an instrument can be asked; of one that is not here, nobody is. */
const FLOWS: { readonly [instrument in Instrument]?: readonly Flow[] } = {
  upi: ['intent', 'qr', 'collect'],
  net_banking: ['page'],
};

export const PlaceHold = Terms.extend({
  /** Asks the payer first. @default nobody is asked */
  approval: Approval.optional(),
  /** @default three months, where the instrument is emi */
  emi: z.strictObject({ months: Months }).optional(),
})
  .refine(({ instrument, approval }) => approval === undefined || instrument in FLOWS, {
    path: ['approval'],
    error: phrase({
      en: 'absent, because only upi and net_banking ask the payer',
      hi: 'कुछ नहीं, क्योंकि केवल upi और net_banking में ग्राहक से पूछा जाता है',
    }),
  })
  .refine(
    ({ instrument, approval }) => !approval || (FLOWS[instrument] ?? [approval.flow]).includes(approval.flow),
    {
      path: ['approval', 'flow'],
      error: phrase({
        en: 'intent, qr or collect for upi, page for net_banking',
        hi: 'upi के लिए intent, qr या collect; net_banking के लिए page',
      }),
    },
  )
  .refine(({ instrument, emi }) => emi === undefined || instrument === 'emi', {
    path: ['emi'],
    error: phrase({
      en: 'absent, because the instrument is not emi',
      hi: 'कुछ नहीं, क्योंकि साधन emi नहीं है',
    }),
  });
export type PlaceHold = z.infer<typeof PlaceHold>;

export const AnswerRequest = z.strictObject({ decision: z.enum(['approve', 'decline']) });
export type AnswerRequest = z.infer<typeof AnswerRequest>;

/** What the schedule puts into the queue of the back office. */
export const BackOfficeRequested = z.strictObject({ backOffice: z.literal('due') });
export type BackOfficeRequested = z.infer<typeof BackOfficeRequested>;

export const CaptureHold = z.strictObject({ into: ClearingAlias });

export const DebitAccount = Terms.extend({ into: ClearingAlias });
export type DebitAccount = z.infer<typeof DebitAccount>;

export const RefundCharge = z.strictObject({ of: OperationKey, amount: positivePaise });
export type RefundCharge = z.infer<typeof RefundCharge>;

const notHeld = ['HoldCancelledError', 'HoldVoidedError', 'HoldDeclinedError', 'HoldExpiredError'] as const;
const keyed = { path: z.object({ key: OperationKey }) };
const clients = { roles: ['service'] } as const;
const operators = { roles: ['operator'] } as const;
const everybody = { roles: ['service', 'operator'] } as const;

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '2.0.0',
  summary:
    'The outside world’s bank: accounts, holds, captures and refunds, with outages and slowness of its own.',
};

export const routes = {
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
    access: everybody,
    request: {
      path: z.object({ id: AnyAccount }),
      query: z.object({
        cursor: z.string().min(1).max(1024).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(200),
      }),
    },
    answers: { 200: StatementView },
    errors: [],
  }),
  placeHold: defineRoute({
    name: 'place-hold',
    method: 'PUT',
    path: '/holds/{key}',
    summary:
      'Sets money aside: it stays on the account, but nobody else can have it. Asks the payer first, where it is told to.',
    access: clients,
    request: { ...keyed, body: PlaceHold },
    answers: { 200: OperationView },
    errors: [
      'DeclinedError',
      'InsufficientBalanceError',
      'HoldCancelledError',
      'HoldExpiredError',
      'BankUnavailableError',
    ],
  }),
  answerRequest: defineRoute({
    name: 'answer-request',
    method: 'PUT',
    path: '/holds/{key}/answer',
    summary: 'The payer’s answer: an operator’s hand plays the phone, or the page of the bank.',
    access: operators,
    request: { ...keyed, body: AnswerRequest },
    answers: { 200: OperationView },
    errors: ['RequestExpiredError', 'NothingToAnswerError', 'HoldVoidedError', 'BankUnavailableError'],
  }),
  captureHold: defineRoute({
    name: 'capture-hold',
    method: 'PUT',
    path: '/holds/{key}/capture',
    summary: 'Moves all that is held into the clearing account of the caller, at once or later (`settling`).',
    access: clients,
    request: { ...keyed, body: CaptureHold },
    answers: { 200: OperationView },
    errors: [...notHeld, 'HoldAwaitingError', 'CaptureCancelledError', 'BankUnavailableError'],
  }),
  voidHold: defineRoute({
    name: 'void-hold',
    method: 'PUT',
    path: '/holds/{key}/void',
    summary: 'Releases a hold: if there is one, if it is still to come, and if there never was one.',
    access: clients,
    request: keyed,
    answers: { 200: OperationView },
    errors: ['HoldCapturedError', 'OutcomePendingError', 'BankUnavailableError'],
  }),
  cancelCapture: defineRoute({
    name: 'cancel-capture',
    method: 'PUT',
    path: '/holds/{key}/cancel-capture',
    summary: 'Undoes a capture: gives it back if it happened, and refuses it for ever if it did not.',
    access: clients,
    request: keyed,
    answers: { 200: OperationView },
    errors: ['CreditsBlockedError', 'OutcomePendingError', 'BankUnavailableError'],
  }),
  debitAccount: defineRoute({
    name: 'debit-account',
    method: 'PUT',
    path: '/debits/{key}',
    summary: 'Moves money into the clearing account of the caller at once, without a hold.',
    access: clients,
    request: { ...keyed, body: DebitAccount },
    answers: { 200: OperationView },
    errors: ['DeclinedError', 'InsufficientBalanceError', 'DebitCancelledError', 'BankUnavailableError'],
  }),
  cancelDebit: defineRoute({
    name: 'cancel-debit',
    method: 'PUT',
    path: '/debits/{key}/cancel',
    summary: 'Undoes a debit: gives it back if it happened, and refuses it for ever if it did not.',
    access: clients,
    request: keyed,
    answers: { 200: OperationView },
    errors: ['CreditsBlockedError', 'BankUnavailableError'],
  }),
  refundCharge: defineRoute({
    name: 'refund-charge',
    method: 'PUT',
    path: '/refunds/{key}',
    summary: 'Gives back a part, or all, of what a captured hold or a debit took.',
    access: clients,
    request: { ...keyed, body: RefundCharge },
    answers: { 200: OperationView },
    errors: ['NothingToRefundError', 'RefundTooLargeError', 'CreditsBlockedError', 'BankUnavailableError'],
  }),
  getOperation: defineRoute({
    name: 'get-operation',
    method: 'GET',
    path: '/operations/{kind}/{key}',
    summary: 'Did you do X? `unknown` means that it never came here.',
    access: everybody,
    request: { path: z.object({ kind: OperationKind, key: OperationKey }) },
    answers: { 200: OperationView },
    errors: ['BankUnavailableError'],
  }),
} as const;
