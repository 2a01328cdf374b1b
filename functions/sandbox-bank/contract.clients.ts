/** The doors of the bank that our systems call, and what they say there. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { positivePaise } from '../../shared/money/index.ts';
import {
  AccountId,
  Approval,
  ClearingAlias,
  type Flow,
  Instrument,
  Months,
  OperationKey,
  OperationKind,
  OperationView,
} from './contract.views.ts';

const Terms = z.strictObject({ account: AccountId, amount: positivePaise, instrument: Instrument });

/** How the payer of an instrument can be asked; of one that is not here, nobody is. */
const FLOWS: { readonly [instrument in Instrument]?: readonly Flow[] } = {
  upi: ['intent', 'qr', 'collect'],
  net_banking: ['page'],
};

const NOT_TAKEN = phrase({
  en: 'nothing, because the instrument does not take it',
  hi: 'कुछ नहीं, क्योंकि यह साधन इसे नहीं लेता',
});

export const PlaceHold = Terms.extend({
  /** Asks the payer first. @default nobody is asked */
  approval: Approval.optional(),
  /** @default three months, where the instrument is emi */
  emi: z.strictObject({ months: Months }).optional(),
})
  .refine(({ instrument, approval }) => !approval || instrument in FLOWS, {
    path: ['approval'],
    error: NOT_TAKEN,
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
  .refine(({ instrument, emi }) => !emi || instrument === 'emi', { path: ['emi'], error: NOT_TAKEN });
export type PlaceHold = z.infer<typeof PlaceHold>;

export const CaptureHold = z.strictObject({ into: ClearingAlias });

export const DebitAccount = Terms.extend({ into: ClearingAlias });
export type DebitAccount = z.infer<typeof DebitAccount>;

export const RefundCharge = z.strictObject({ of: OperationKey, amount: positivePaise });
export type RefundCharge = z.infer<typeof RefundCharge>;

const notHeld = ['HoldCancelledError', 'HoldVoidedError', 'HoldDeclinedError', 'HoldExpiredError'] as const;
const keyed = { path: z.object({ key: OperationKey }) };
const clients = { roles: ['service'] } as const;
const everybody = { roles: ['service', 'operator'] } as const;

export const clientRoutes = {
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
