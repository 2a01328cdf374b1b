/** What the bank's use cases need of the world. */
import type { Now, Pause } from '../../../shared/time/index.ts';
import type {
  AccountId,
  AnyAccount,
  Behaviour,
  ClearingAlias,
  OpenAccount,
  OperationKey,
  StatementView,
} from '../contract.ts';
import type { Account } from './account.ts';
import type { Charge, Known } from './charge.ts';
import type { Refund } from './debit.ts';
import type { Money } from './money.ts';

/** A record as it was read, with the number of its state: a write is conditioned on it. */
export interface Found<R> {
  readonly record: R;
  readonly revision: number;
}

/** A record as it is to be, and the revision that was read; 0 where there was none. */
export interface Write {
  readonly record: Charge | Refund;
  readonly revision: number;
}

/** What happens once to a charge or refund. */
export type Happening =
  | 'hold'
  | 'answer'
  | 'capture'
  | 'void'
  | 'cancel-capture'
  | 'expire'
  | 'settle'
  | 'debit'
  | 'cancel-debit'
  | 'refund';

/** What is written in one transaction. */
export interface Writing {
  readonly happening: Happening;
  /** The first one is the one that it happens to. */
  readonly writes: readonly [Write, ...Write[]];
  readonly money?: Money | undefined;
  /** What the client is told, of the first one. */
  readonly tells?: Known | undefined;
}

export interface Books {
  /** @throws {NotFoundError} there is no such account */
  account(id: AccountId): Promise<Account>;
  charge(key: OperationKey): Promise<Found<Charge> | undefined>;
  refund(key: OperationKey): Promise<Found<Refund> | undefined>;
  /**
   * Writes the records, moves the money and lays what is told into the outbox, in one transaction.
   * False: a record or the money is no longer as it was read, and nothing was written. Read again and decide anew.
   */
  write(writing: Writing): Promise<boolean>;
  /** The keys of charges for which something is due at a moment: one walk for each shard, the longest due first. */
  due(at: Date): AsyncGenerator<OperationKey>[];
  /**
   * Opens an account, a customer's with money from the vault, once per opener and reference.
   *
   * @throws {IdempotencyKeyReusedError} the reference is that of another account
   */
  open(request: OpenAccount, opener: string): Promise<Account | ClearingAccount>;
  /** Undefined: nothing has come into it yet. */
  clearing(id: ClearingAlias): Promise<ClearingAccount | undefined>;
  /** @throws {NotFoundError} there is no such account */
  behave(id: AccountId, behaviour: Partial<Behaviour>): Promise<Account>;
  /** Uses up one of the answers that the account is to lose. False when none is left. */
  loseAnswer(id: AccountId): Promise<boolean>;
  /** The lines of one day (`2026-11-24`, Asia/Kolkata), the oldest first, from the cursor of the page before. */
  linesOn(account: AnyAccount, day: string, page: { from?: string; limit: number }): Promise<LinesPage>;
}

/** An account into which a system collects. Its balance is what its statement adds up to. */
export interface ClearingAccount {
  readonly id: ClearingAlias;
  readonly openedAt: string;
}

export interface LinesPage {
  readonly lines: StatementView['lines'];
  readonly next?: string;
}

export interface BankPorts {
  readonly books: Books;
  /** Waits, in milliseconds. */
  readonly pause: Pause;
  /** A new number of the bank for what it did. */
  readonly reference: () => string;
  readonly now: Now;
}
