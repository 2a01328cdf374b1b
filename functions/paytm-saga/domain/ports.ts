import type { Paise } from '../../../shared/money/index.ts';
import type { Method, PaymentId, RefundId, TopUpId } from '../contract.ts';
import type { Approval, Instalments } from './instruments.ts';

/** What became of what the bank was asked for: it has happened, or it is open, and the bank tells when it knows. */
export type Charged =
  | { readonly state: 'done'; readonly reference: string }
  /** The payer was asked and has not answered, or the money is on its way. */
  | { readonly state: 'open' };

/**
 * The payer's bank, as the saga needs it. Every call is idempotent by its key, which is the payment's and the
 * step's, never the caller's; a cancel leaves a mark, so that what arrives late is refused.
 */
export interface Bank {
  /**
   * Did you do it? What became of the hold and the capture under a key; without a word of what it was never asked for.
   * Whoever lost an answer asks this before it asks for the thing again. Throws as {@link Bank.hold}.
   */
  learn(key: string): Promise<{ readonly hold?: Charged; readonly capture?: Charged }>;
  /**
   * Sets money of an account aside, once the payer has approved it where the instrument asks for that.
   * @throws {PaymentDeclinedError} the bank or the payer said no, or nobody answered in time; a retry cannot help
   * @throws {PeerUnavailableError} no answer; it may have happened, and a retry with the same key can help
   */
  hold(
    key: string,
    order: { account: string; amount: Paise; method: Method; approval?: Approval; emi?: Instalments },
  ): Promise<Charged>;
  /** Moves what a hold set aside to our clearing account, sooner or later. Throws as {@link Bank.hold}. */
  capture(key: string): Promise<Charged>;
  /**
   * Gives back what a capture took, or sees to it that a late one is refused.
   * @throws {OutcomePendingError} the money is on its way, and cannot be called back before it has come; a retry can help
   */
  refund(key: string): Promise<'reversed' | 'nothing'>;
  /** Gives a hold back, or sees to it that a late one is refused. Throws as {@link Bank.refund}. */
  release(key: string): Promise<'reversed' | 'nothing'>;
  /** As {@link Bank.learn}, of a debit: nothing of what it was never asked for. */
  learnDebit(key: string): Promise<{ readonly reference: string } | undefined>;
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

/** Whoever waits in a machine, by the token that it gave. */
export interface Tokens {
  /** Lets it go on. Whoever waits no more does not hear it, which is no fault: it has read the record since. */
  wake(token: string): Promise<void>;
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
