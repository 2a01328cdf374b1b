import type { Paise } from '../../../shared/money/index.ts';
import type { Method, PaymentId, RefundId, TopUpId } from '../contract.ts';

/**
 * The payer's bank, as the saga needs it. Every call is idempotent by its key, which is the payment's and the
 * step's, never the caller's; a cancel leaves a mark, so that what arrives late is refused.
 */
export interface Bank {
  /**
   * Sets money of an account aside.
   * @throws {PaymentDeclinedError} the bank said no; a retry cannot help
   * @throws {PeerUnavailableError} no answer; it may have happened, and a retry with the same key can help
   */
  hold(
    key: string,
    order: { account: string; amount: Paise; method: Method },
  ): Promise<{ reference: string }>;
  /** Moves what a hold set aside to our clearing account. Throws as {@link Bank.hold}. */
  capture(key: string): Promise<{ reference: string }>;
  /** Gives back what a capture took, or sees to it that a late one is refused. */
  refund(key: string): Promise<'reversed' | 'nothing'>;
  /** Gives a hold back, or sees to it that a late one is refused. */
  release(key: string): Promise<'reversed' | 'nothing'>;
  /** Takes money from an account into our clearing account at once. Throws as {@link Bank.hold}. */
  debit(key: string, order: { account: string; amount: Paise }): Promise<{ reference: string }>;
  /**
   * Gives back a part, or all, of what was captured under the key `of`, which stays captured.
   * @throws {CreditsBlockedError} the payer's account takes no money; nothing has moved, and a retry cannot help
   * @throws {PeerUnavailableError} as {@link Bank.hold}
   */
  payBack(key: string, order: { of: string; amount: Paise }): Promise<{ reference: string }>;
}

/** The machine's executions, named `<payment>.<n>`. */
export interface Executions {
  /** Starts an execution; starting it again is the same. */
  start(payment: { id: PaymentId; actor: number; correlationId: string; traceparent: string }): Promise<void>;
  /** Whether an execution runs, has ended, or never was. */
  state(id: PaymentId, actor: number): Promise<'running' | 'ended' | 'absent'>;
}

/** What a person has to look at. */
export type Subject =
  | { readonly payment: PaymentId }
  | { readonly topUp: TopUpId }
  | { readonly refund: RefundId };

/** Where a person finds what no retry could help, and what alarms. */
export interface Parking {
  park(letter: {
    subject: Subject;
    error: string;
    cause: string;
    correlationId: string;
    traceparent: string;
  }): Promise<void>;
}

/** What was parked, for whoever has looked at it. */
export interface Parked {
  /**
   * Takes out the letters of a subject that were parked before a time (ISO 8601): what is parked later asks anew. A
   * letter that another reader holds meanwhile is left; see {@link settled} for why that does no harm.
   * @returns how many there were
   */
  settle(subject: Subject, before: string): Promise<number>;
}
