/** What went wrong with a question, as the page acts on it. */

/** A door answered with a problem (RFC 9457), or a city that does not answer at all. */
export class AskProblem extends Error {
  /** 0 where nobody answered. */
  readonly status: number;
  /** The error's name in its contract: `NotFoundError`. */
  readonly problem: string;
  /** As the door says it; where it says nothing, no answer and a fault of the other side may be made good by a retry. */
  readonly retryable: boolean;
  readonly traceId: string | undefined;
  /** The whole answer, for what a page wants of it. */
  readonly facts: { readonly [name: string]: unknown };

  constructor(
    message: string,
    facts: { readonly status: number; readonly [name: string]: unknown },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AskProblem';
    this.status = facts.status;
    this.problem = typeof facts.name === 'string' ? facts.name : 'Unknown';
    this.retryable =
      typeof facts.retryable === 'boolean' ? facts.retryable : facts.status === 0 || facts.status >= 500;
    this.traceId = typeof facts.traceId === 'string' ? facts.traceId : undefined;
    this.facts = facts;
  }
}

/** Whether signing in again is what helps. */
export const isSignedOut = (thrown: unknown): boolean =>
  thrown instanceof AskProblem && thrown.status === 401;
