/**
 * What becomes of a charge: a hold that is captured or released, or a debit in one go; what the bank keeps of it, and
 * to whom it belongs. The decisions on holds are in `hold.ts` and `due.ts`, those on debits in `debit.ts`.
 *
 * Every operation may come late, twice and in any order. The law is: once a cancellation was answered, the thing it
 * cancels is refused, whether it had happened (then it was undone) or not (then the mark that is left refuses it).
 *
 * | | nothing yet | awaiting | held | settling | captured | refunded | voided | expired | cancelled | declined |
 * |---|---|---|---|---|---|---|---|---|---|---|
 * | hold | **awaiting**, **held** or **declined** | as it is | as it is | as it is | as it is | as it is | refused | refused | refused | declined |
 * | answer | not found | **held** or **declined** | as given | as given | as given | as given | as given | as given | refused | as given |
 * | capture | not found | refused | **captured** or **settling** | as it is | as it is | as it is | refused | refused | refused | refused |
 * | void | **cancelled** | **voided** | **voided** | not yet | refused | as it is | as it is | as it is | as it is | as it is |
 * | cancel the capture | **cancelled** | **marked** | **marked** | not yet | **refunded** | **marked** | as it is | as it is | as it is | as it is |
 * | its time comes | | **expired** | **expired** | **captured** | | | | | | |
 *
 * "As given": the answer that was given gets how the hold is; another one is refused, and so is one that comes when
 * nobody waits for it any more, or where nobody was ever asked.
 */
import { ForbiddenError, IdempotencyKeyReusedError } from '../../../shared/errors/index.ts';
import type {
  AccountId,
  AnswerRequest,
  ClearingAlias,
  DeclineCode,
  Flow,
  Instrument,
  OperationKey,
} from '../contract.ts';
import type { Plan } from './emi.ts';
import { giveBack, type Money } from './money.ts';

/** Who asks for what: `client` is the system that calls, `key` its name for the charge. */
export interface Asker {
  readonly key: OperationKey;
  readonly client: string;
}

/** The call that a hold comes from, for what is told of it later. */
export interface Origin {
  readonly correlationId: string;
  readonly traceparent?: string;
}

interface Terms {
  readonly account: AccountId;
  readonly amount: number;
  readonly instrument: Instrument;
  /** How the payer is asked, where they are. */
  readonly flow?: Flow;
  readonly emi?: Plan;
}

/** The payer's answer counts until then (ISO 8601), and the first one stands. */
interface Asked {
  readonly until: string;
  readonly answer?: AnswerRequest['decision'];
}

export interface Taken extends Terms {
  readonly state: 'taken' | 'refunded';
  readonly into: ClearingAlias;
  readonly refunded: number;
  /** The capture or debit is refused from now on, although it happened once. */
  readonly chargeCancelled: boolean;
  readonly bankReference: string;
}

/** A mark of a cancellation that came first. */
interface Mark {
  readonly state: 'cancelled';
}

interface Declined extends Terms {
  readonly state: 'declined';
  readonly code: DeclineCode;
}

interface Awaiting extends Terms {
  readonly state: 'awaiting';
  readonly asked: Asked;
  readonly chargeCancelled: boolean;
}

interface Held extends Terms {
  readonly state: 'held';
  readonly chargeCancelled: boolean;
  /** Absent of a hold that was placed before holds expired. */
  readonly heldUntil?: string;
}

/** Still held, and promised: nobody can undo it before the money has moved. */
interface Settling extends Terms {
  readonly state: 'settling';
  readonly into: ClearingAlias;
  readonly bankReference: string;
  readonly settlesAt: string;
}

interface Expired extends Terms {
  readonly state: 'expired';
  readonly chargeCancelled: boolean;
  readonly heldUntil?: string;
}

interface Voided extends Terms {
  readonly state: 'voided';
}

/** What a hold remembers, whatever becomes of it. */
interface Remembered extends Asker {
  readonly kind: 'hold';
  readonly asked?: Asked;
  readonly origin?: Origin;
}

export type Hold = Remembered & (Mark | Declined | Awaiting | Held | Settling | Expired | Voided | Taken);
/** A hold in one of its states. */
export type HoldIn<S extends Hold['state']> = Hold & { readonly state: S };
export type Debit = Asker & { readonly kind: 'debit' } & (
    | Mark
    | (Declined & { readonly into: ClearingAlias })
    | Taken
  );
/** Holds and debits share one space of keys, so that a refund names one charge. */
export type Charge = Hold | Debit;

/** What its client could not know before, and is told. */
export type Known = 'held' | 'declined' | 'expired' | 'captured';

/** What is to be written. `record` is the record that was found when nothing changes. */
export interface Decision<R> {
  readonly record: R;
  readonly money?: Money;
  readonly tells?: Known;
  /** What happens, where it is not what was asked for: time was faster. */
  readonly happening?: 'expire' | 'settle';
}

/** Gives back what is left of a charge and refuses it from now on. */
export const undone = <C extends Taken>(charge: C): Decision<C> => {
  const left = charge.amount - charge.refunded;
  if (left === 0) return { record: charge.chargeCancelled ? charge : { ...charge, chargeCancelled: true } };
  return {
    record: { ...charge, state: 'refunded', refunded: charge.amount, chargeCancelled: true },
    money: giveBack(charge, left),
  };
};

/** @throws {ForbiddenError} the key is another system's */
export const refuseOthers = (found: { readonly client: string }, { client }: Asker): void => {
  if (found.client !== client) throw new ForbiddenError({ reason: 'key_of_another_client' });
};

/** @throws {ForbiddenError} a system collects into its own clearing account only */
export const refuseForeign = (into: ClearingAlias, client: string): void => {
  if (into !== `clearing:${client}`)
    throw new ForbiddenError({ reason: 'clearing_account_of_another_client' });
};

/** @throws {IdempotencyKeyReusedError} the key was used for something else */
export const sameTerms = (found: Terms, asked: Terms, key: string): void => {
  const same =
    found.account === asked.account &&
    found.amount === asked.amount &&
    found.instrument === asked.instrument &&
    found.flow === asked.flow &&
    found.emi?.months === asked.emi?.months;
  if (!same) throw new IdempotencyKeyReusedError({ key });
};
