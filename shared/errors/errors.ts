import { HouseError } from './house-error.ts';

/** A field of what came in, and what should have stood there. */
export interface InputIssue {
  /** Where, from the outside in: `body.amount`, `query.limit`, `body.items.2.name`. */
  readonly field: string;
  /** What was expected, in English: `a whole number`. */
  readonly expected: string;
  /** The same in Hindi. @default the English words */
  readonly expectedHi?: string;
}

/** What came in is not what the contract says. A retry cannot help. */
export class InvalidInputError extends HouseError<{ readonly issues: readonly InputIssue[] }> {
  override readonly name = 'InvalidInputError';
  override readonly status: number = 400;
}

/** Nobody has shown who is calling, or the proof is worthless. A retry needs another token. */
export class UnauthenticatedError extends HouseError<{ readonly reason: string }> {
  override readonly name = 'UnauthenticatedError';
  override readonly status: number = 401;
}

/** The caller may not do this. A retry cannot help. */
export class ForbiddenError extends HouseError {
  override readonly name = 'ForbiddenError';
  override readonly status: number = 403;
}

/** There is no such thing, or none that this caller may know of. A retry cannot help. */
export class NotFoundError extends HouseError<{ readonly what: string; readonly id: string }> {
  override readonly name = 'NotFoundError';
  override readonly status: number = 404;
}

/** The same command is being worked on. Asking again after a while gets its answer. */
export class InProgressError extends HouseError<{ readonly key: string }> {
  override readonly name = 'InProgressError';
  override readonly status: number = 409;
  override readonly retryable: boolean = true;
  override readonly retryAfterSeconds: number;

  /** @param retryAfterSeconds how long the lease on the command may still last; 1 at least is answered. @default 1 */
  constructor(facts: { readonly key: string }, options: ErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(facts, options);
    this.retryAfterSeconds = Math.max(1, Math.ceil(options.retryAfterSeconds ?? 1));
  }
}

/** The body is longer than a door reads. A retry cannot help. */
export class BodyTooLargeError extends HouseError<{ readonly bytes: number; readonly limit: number }> {
  override readonly name = 'BodyTooLargeError';
  override readonly status: number = 413;
}

/** The body is of a kind that the door does not read. A retry cannot help. */
export class UnsupportedMediaTypeError extends HouseError<{
  readonly found: string;
  readonly expected: string;
}> {
  override readonly name = 'UnsupportedMediaTypeError';
  override readonly status: number = 415;
}

/** The same key was used for another request. A retry cannot help; a new key does. */
export class IdempotencyKeyReusedError extends HouseError<{ readonly key: string }> {
  override readonly name = 'IdempotencyKeyReusedError';
  override readonly status: number = 422;
}

/** The caller asks more often than it may. */
export class TooManyRequestsError extends HouseError {
  override readonly name = 'TooManyRequestsError';
  override readonly status: number = 429;
  override readonly retryable: boolean = true;
  override readonly retryAfterSeconds: number;

  /** @param retryAfterSeconds until when the allowance is there again. @default 1 */
  constructor(facts: object = {}, options: ErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(facts, options);
    this.retryAfterSeconds = Math.max(1, Math.ceil(options.retryAfterSeconds ?? 1));
  }
}

/** A system that we call is not deployed (yet), or has not said where it is. */
export class PeerMissingError extends HouseError<{ readonly peer: string }> {
  override readonly name = 'PeerMissingError';
  override readonly status: number = 503;
  override readonly retryable: boolean = true;
}

interface PeerUnavailable {
  readonly peer: string;
  /** What it answered; absent where it did not. */
  readonly status?: number;
  /** There where it was not even asked, because it has failed again and again. */
  readonly circuit?: 'open';
}

/**
 * A system that we call did not answer, or answered that it cannot now. What was asked may have happened: only an
 * idempotent call may be made again.
 */
export class PeerUnavailableError extends HouseError<PeerUnavailable> {
  override readonly name = 'PeerUnavailableError';
  override readonly status: number = 503;
  override readonly retryable: boolean = true;
  declare readonly retryAfterSeconds?: number;

  /** @param retryAfterSeconds before which asking again is of no use, in whole seconds, 1 at least. @default unknown */
  constructor(facts: PeerUnavailable, options: ErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(facts, options);
    const { retryAfterSeconds = 0 } = options;
    if (retryAfterSeconds > 0) this.retryAfterSeconds = Math.ceil(retryAfterSeconds);
  }
}

/** A system that we call answered what its contract does not say. A retry cannot help. */
export class PeerAnswerError extends HouseError<{ readonly peer: string; readonly problem: string }> {
  override readonly name = 'PeerAnswerError';
  override readonly status: number = 502;
}
