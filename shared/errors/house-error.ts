import { writeFacts } from './facts.ts';

/**
 * Base of every error that the house throws on purpose. Its `name` is an interface: ASL `Catch`, problem+json type,
 * message key and tests go by it, so every subclass writes it as a literal (a class name does not survive minifying).
 *
 * @example
 * class InsufficientFundsError extends HouseError<{ needed: number }> {
 *   override readonly name = 'InsufficientFundsError';
 *   override readonly status = 409;
 * }
 */
export abstract class HouseError<F extends object = object> extends Error {
  abstract override readonly name: string;
  /** The HTTP status of the problem that a door answers. @default 500 */
  readonly status: number = 500;
  /** Whether the same call, made again, can succeed. @default false */
  readonly retryable: boolean = false;
  /** Seconds to wait before trying again; a door says it as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** What a caller acts on. It is answered and logged as it is: no personal data. */
  readonly facts: F;

  constructor(facts: F, options?: ErrorOptions) {
    super('', options);
    this.facts = facts;
    // The name is a field of the subclass, so it is not there yet.
    Object.defineProperty(this, 'message', {
      get: () => `${this.name}: ${writeFacts(facts)}`,
      configurable: true,
    });
  }

  /**
   * Turns whatever was caught into an error of the house: its own as they are, what the SDK or the network says about
   * load, time and lost connections into {@link TransientError}, everything else into {@link UnexpectedError}. What
   * was caught is the cause.
   */
  static from(caught: unknown): HouseError {
    if (caught instanceof HouseError) return caught;
    const facts = { reason: caught instanceof Error ? caught.name : typeof caught };
    return isTransient(caught)
      ? new TransientError(facts, { cause: caught })
      : new UnexpectedError(facts, { cause: caught });
  }
}

/** Something that no code of ours expected; the cause tells. A retry of the same is of no use. */
export class UnexpectedError extends HouseError<{ readonly reason: string }> {
  override readonly name = 'UnexpectedError';
}

/** Out of luck, not out of order: the same call can succeed later. */
export class TransientError extends HouseError<{ readonly reason: string }> {
  override readonly name = 'TransientError';
  override readonly status: number = 503;
  override readonly retryable: boolean = true;
}

const TRANSIENT_NAME =
  /Throttl|Timeout|TooManyRequests|RequestLimitExceeded|ExecutionLimitExceeded|ProvisionedThroughput|Transaction(InProgress|Conflict)|ServiceUnavailable|SlowDown/;
const TRANSIENT_CODE = /^(ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO)/;

const isTransient = (caught: unknown): boolean => {
  if (!(caught instanceof Error)) return false;
  const { $metadata, code, cause } = caught as {
    $metadata?: { httpStatusCode?: number };
    code?: unknown;
    cause?: unknown;
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    status >= 500 ||
    status === 429 ||
    TRANSIENT_NAME.test(caught.name) ||
    TRANSIENT_CODE.test(String(code ?? '')) ||
    isTransient(cause)
  );
};
