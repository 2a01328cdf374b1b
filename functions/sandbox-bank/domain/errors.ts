import { HouseError } from '../../../shared/errors/index.ts';
import type { AccountId, DeclineCode } from '../contract.ts';

// Literal names: class names do not survive minifying, and a name is what problem type and texts go by.

/** The account's bank said no. A retry under the same key gets the same no. */
export class DeclinedError extends HouseError<{ code: DeclineCode; reason: string }> {
  override readonly name = 'DeclinedError';
  override readonly status = 422;
}

/** Not enough money is available. Under the same key the answer stays so; another try needs another key. */
export class InsufficientBalanceError extends HouseError<{ code: 'Z9' | '51'; reason: string }> {
  override readonly name = 'InsufficientBalanceError';
  override readonly status = 422;
}

/** The hold was voided, or its capture cancelled, before it came or after: it holds no money any more. A retry cannot help. */
export class HoldCancelledError extends HouseError<{ key: string }> {
  override readonly name = 'HoldCancelledError';
  override readonly status = 409;
}

/** The capture was cancelled, before it came or after. A retry cannot help. */
export class CaptureCancelledError extends HouseError<{ key: string }> {
  override readonly name = 'CaptureCancelledError';
  override readonly status = 409;
}

/** The hold was released, so there is nothing to capture. A retry cannot help. */
export class HoldVoidedError extends HouseError<{ key: string }> {
  override readonly name = 'HoldVoidedError';
  override readonly status = 409;
}

/** The hold was declined, so there is nothing to capture. A retry cannot help. */
export class HoldDeclinedError extends HouseError<{ key: string; code: DeclineCode }> {
  override readonly name = 'HoldDeclinedError';
  override readonly status = 409;
}

/** The money was taken, so it cannot be released: the capture has to be cancelled, or refunded, first. */
export class HoldCapturedError extends HouseError<{ key: string }> {
  override readonly name = 'HoldCapturedError';
  override readonly status = 409;
}

/** The payer was asked and has not answered, so there is nothing to capture yet. A retry helps only after the answer. */
export class HoldAwaitingError extends HouseError<{ key: string }> {
  override readonly name = 'HoldAwaitingError';
  override readonly status = 409;
}

interface HoldExpired {
  key: string;
  /** NPCI's "collect expired": there where nobody answered in time, not where nobody captured in time. */
  code?: 'U69';
}

/** Nobody answered in time, or nobody captured in time; the money is the payer's again. A retry cannot help. */
export class HoldExpiredError extends HouseError<HoldExpired> {
  override readonly name = 'HoldExpiredError';
  override readonly status = 409;
}

/** The answer came too late, and moves nothing. A retry cannot help. */
export class RequestExpiredError extends HouseError<{ key: string }> {
  override readonly name = 'RequestExpiredError';
  override readonly status = 409;
}

/** Nobody was asked about this hold. A retry cannot help. */
export class NothingToAnswerError extends HouseError<{ key: string }> {
  override readonly name = 'NothingToAnswerError';
  override readonly status = 409;
}

/**
 * The capture was accepted and the money has not moved yet: the bank itself does not know how it ends. The same call
 * helps once it does. Not a 5xx: the bank is well, so the circuit of a client must not open, nor our alarm ring.
 */
export class OutcomePendingError extends HouseError<{ key: string; settlesAt: string }> {
  override readonly name = 'OutcomePendingError';
  override readonly status = 409;
  override readonly retryable = true;
  override readonly retryAfterSeconds: number;

  /** @param retryAfterSeconds until the money is to move; 1 at least is answered. @default 1 */
  constructor(facts: { key: string; settlesAt: string }, retryAfterSeconds = 1) {
    super(facts);
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterSeconds));
  }
}

/** The debit was cancelled, before it came or after. A retry cannot help. */
export class DebitCancelledError extends HouseError<{ key: string }> {
  override readonly name = 'DebitCancelledError';
  override readonly status = 409;
}

/** Nothing was taken under the key that a refund names. A retry helps only after a capture or debit. */
export class NothingToRefundError extends HouseError<{ of: string }> {
  override readonly name = 'NothingToRefundError';
  override readonly status = 409;
}

/** More than is left of what was taken. A retry cannot help. */
export class RefundTooLargeError extends HouseError<{ of: string; left: number }> {
  override readonly name = 'RefundTooLargeError';
  override readonly status = 422;
}

/** Nothing can be paid into the account: money that was taken stays taken until its bank opens it. A retry cannot help. */
export class CreditsBlockedError extends HouseError<{ account: AccountId }> {
  override readonly name = 'CreditsBlockedError';
  override readonly status = 409;
}

/** The bank is out of reach, or its answer was lost: the thing may have happened or not. The same call again helps. */
export class BankUnavailableError extends HouseError {
  override readonly name = 'BankUnavailableError';
  override readonly status = 503;
  override readonly retryable = true;
  override readonly retryAfterSeconds = 1;
}

/** What was decided on has changed since, again and again. The same call again helps. */
export class StaleDecisionError extends HouseError<{ key: string }> {
  override readonly name = 'StaleDecisionError';
  override readonly status = 409;
  override readonly retryable = true;
  override readonly retryAfterSeconds = 1;
}
