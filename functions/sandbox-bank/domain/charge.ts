/**
 * What becomes of a charge: a hold that is captured or released, or a debit in one go. Pure decisions on what the
 * bank knows of one key.
 *
 * Every operation may come late, twice and in any order. The law is: once a cancellation was answered, the thing it
 * cancels is refused, whether it had happened (then it was undone) or not (then the mark that is left refuses it).
 *
 * | | nothing yet | held | captured | refunded | voided | cancelled | declined |
 * |---|---|---|---|---|---|---|---|
 * | hold | **held** or **declined** | as it is | as it is | as it is | refused | refused | declined |
 * | capture | not found | **captured** | as it is | as it is | refused | refused | refused |
 * | void | **cancelled** | **voided** | refused | as it is | as it is | as it is | as it is |
 * | cancel the capture | **cancelled** | **marked** | **refunded** | **marked** | as it is | as it is | as it is |
 */
import { ForbiddenError, IdempotencyKeyReusedError, NotFoundError } from '../../../shared/errors/index.ts';
import type {
  AccountId,
  ClearingAlias,
  DeclineCode,
  Instrument,
  OperationKey,
  PlaceHold,
} from '../contract.ts';
import { type Account, declineOf } from './account.ts';
import {
  CaptureCancelledError,
  HoldCancelledError,
  HoldCapturedError,
  HoldDeclinedError,
  HoldVoidedError,
} from './errors.ts';
import { giveBack, type Money, release, setAside, take } from './money.ts';

/** Who asks for what: `client` is the system that calls, `key` its name for the charge. */
export interface Asker {
  readonly key: OperationKey;
  readonly client: string;
}

interface Terms {
  readonly account: AccountId;
  readonly amount: number;
  readonly instrument: Instrument;
}

interface Taken extends Terms {
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

interface Held extends Terms {
  readonly state: 'held';
  readonly chargeCancelled: boolean;
}

interface Voided extends Terms {
  readonly state: 'voided';
}

export type Hold = Asker & { readonly kind: 'hold' } & (Mark | Declined | Held | Voided | Taken);
export type Debit = Asker & { readonly kind: 'debit' } & (
    | Mark
    | (Declined & { readonly into: ClearingAlias })
    | Taken
  );
/** Holds and debits share one space of keys, so that a refund names one charge. */
export type Charge = Hold | Debit;

/** What is to be written. `record` is the record that was found when nothing changes. */
export interface Decision<R> {
  readonly record: R;
  readonly money?: Money;
}

/**
 * @param account read in the same moment as the hold; its money is the condition of the write
 * @throws {HoldCancelledError} it was voided, or its capture cancelled: earlier than it came, or since
 */
export const placeHold = (
  found: Charge | undefined,
  account: Account,
  asker: Asker,
  { amount, instrument }: PlaceHold,
): Decision<Hold> => {
  const terms = { account: account.id, amount, instrument };
  const hold = ownHold(found, asker);
  if (hold === undefined) {
    const code = declineOf(account, amount);
    return code === undefined
      ? {
          record: { ...asker, kind: 'hold', state: 'held', ...terms, chargeCancelled: false },
          money: setAside(terms),
        }
      : { record: { ...asker, kind: 'hold', state: 'declined', ...terms, code } };
  }
  const cancelled = hold.state === 'cancelled' || hold.state === 'voided';
  if (cancelled || ('chargeCancelled' in hold && hold.chargeCancelled)) {
    throw new HoldCancelledError({ key: asker.key });
  }
  sameTerms(hold, terms, asker.key);
  return { record: hold };
};

/**
 * Takes all that is held.
 *
 * @throws {NotFoundError} there is no such hold; a retry helps only if the hold is still on its way
 * @throws {CaptureCancelledError} the capture was cancelled: earlier than it came, or since
 * @throws {HoldCancelledError} the hold was voided before it came
 * @throws {HoldVoidedError} the hold was released
 * @throws {HoldDeclinedError} the hold was declined
 */
export const captureHold = (
  found: Charge | undefined,
  asker: Asker,
  into: ClearingAlias,
  bankReference: string,
): Decision<Hold> => {
  refuseForeign(into, asker.client);
  const hold = ownHold(found, asker);
  const { key } = asker;
  if (hold === undefined) throw new NotFoundError({ what: 'hold', id: key });
  switch (hold.state) {
    case 'cancelled':
      throw new HoldCancelledError({ key });
    case 'voided':
      throw new HoldVoidedError({ key });
    case 'declined':
      throw new HoldDeclinedError({ key, code: hold.code });
    case 'held':
      if (hold.chargeCancelled) throw new CaptureCancelledError({ key });
      return {
        record: { ...hold, state: 'taken', into, refunded: 0, bankReference },
        money: take(hold, into, 'held'),
      };
    case 'taken':
    case 'refunded':
      if (hold.chargeCancelled) throw new CaptureCancelledError({ key });
      if (hold.into !== into) throw new IdempotencyKeyReusedError({ key });
      return { record: hold };
  }
};

/**
 * Releases what is held, or leaves a mark that refuses the hold when it comes.
 *
 * @throws {HoldCapturedError} it was captured, and not all of it was given back: cancel the capture first
 */
export const voidHold = (found: Charge | undefined, asker: Asker): Decision<Hold> => {
  const hold = ownHold(found, asker);
  if (hold === undefined) return { record: { ...asker, kind: 'hold', state: 'cancelled' } };
  switch (hold.state) {
    case 'held': {
      const { chargeCancelled: _over, ...terms } = hold;
      return { record: { ...terms, state: 'voided' }, money: release(hold) };
    }
    case 'taken':
      throw new HoldCapturedError({ key: asker.key });
    default:
      return { record: hold };
  }
};

/**
 * Undoes a capture. One call whatever became of it: taken money goes back, a capture on its way is refused when it
 * comes, and a hold on its way too, because nobody needs a hold whose capture is cancelled.
 */
export const cancelCapture = (found: Charge | undefined, asker: Asker): Decision<Hold> => {
  const hold = ownHold(found, asker);
  if (hold === undefined) return { record: { ...asker, kind: 'hold', state: 'cancelled' } };
  switch (hold.state) {
    case 'held':
      return hold.chargeCancelled ? { record: hold } : { record: { ...hold, chargeCancelled: true } };
    case 'taken':
    case 'refunded':
      return undone(hold);
    default:
      return { record: hold };
  }
};

/** Gives back what is left of a charge and refuses it from now on. */
export const undone = <C extends Taken>(charge: C): Decision<C> => {
  const left = charge.amount - charge.refunded;
  if (left === 0) return { record: charge.chargeCancelled ? charge : { ...charge, chargeCancelled: true } };
  return {
    record: { ...charge, state: 'refunded', refunded: charge.amount, chargeCancelled: true },
    money: giveBack(charge, left),
  };
};

/** A hold of the asker, or nothing. Its key may stand for one hold only, and for nothing else. */
const ownHold = (found: Charge | undefined, asker: Asker): Hold | undefined => {
  if (found === undefined) return undefined;
  refuseOthers(found, asker);
  if (found.kind !== 'hold') throw new IdempotencyKeyReusedError({ key: asker.key });
  return found;
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
    found.account === asked.account && found.amount === asked.amount && found.instrument === asked.instrument;
  if (!same) throw new IdempotencyKeyReusedError({ key });
};
