/** Base of every error that the house throws on purpose. `name` is an interface: ASL Catch, problem type, tests. */
export abstract class HouseError<F extends object = object> extends Error {
  abstract override readonly name: string;
  readonly status: number = 500;
  readonly retryable: boolean = false;
  readonly retryAfterSeconds?: number;
  readonly facts: F;

  constructor(facts: F, options?: ErrorOptions) {
    super('', options);
    this.facts = facts;
    // The name is a field of the subclass, so it is not there yet.
    Object.defineProperty(this, 'message', {
      get: () => `${this.name}: ${written(facts)}`,
      configurable: true,
    });
  }

  static from(caught: unknown): HouseError {
    if (caught instanceof HouseError) return caught;
    return isTransient(caught)
      ? new TransientError({ reason: nameOf(caught) }, { cause: caught })
      : new UnexpectedError({ reason: nameOf(caught) }, { cause: caught });
  }
}

const written = (facts: object): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' ');

const nameOf = (caught: unknown): string => (caught instanceof Error ? caught.name : typeof caught);

const isTransient = (caught: unknown): boolean => {
  if (!(caught instanceof Error)) return false;
  const { $metadata, code } = caught as { $metadata?: { httpStatusCode?: number }; code?: string };
  return (
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    /Throttl|TimeoutError|RequestLimitExceeded|ProvisionedThroughput|TransactionInProgress/.test(
      caught.name,
    ) ||
    /^(ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN)/.test(code ?? '')
  );
};

/** Out of luck, not out of order: the same call can succeed later. */
export class TransientError extends HouseError<{ reason: string }> {
  override readonly name = 'TransientError';
  override readonly status: number = 503;
  override readonly retryable: boolean = true;
}

/** Something that no code of ours expected; the cause tells. */
export class UnexpectedError extends HouseError<{ reason: string }> {
  override readonly name = 'UnexpectedError';
}

export class InvalidInputError extends HouseError<{
  issues: readonly { field: string; expected: string }[];
}> {
  override readonly name = 'InvalidInputError';
  override readonly status: number = 400;
}

/** The same key was used for another request. */
export class IdempotencyKeyReusedError extends HouseError<{ key: string }> {
  override readonly name = 'IdempotencyKeyReusedError';
  override readonly status: number = 422;
}
