/** Debits in one go, and refunds of what a debit or a capture took. Pure decisions. */
import { IdempotencyKeyReusedError } from '../../../shared/errors/index.ts';
import type { AccountId, DebitAccount, OperationKey, RefundCharge } from '../contract.ts';
import { type Account, declineOf } from './account.ts';
import {
  type Asker,
  type Charge,
  type Debit,
  type Decision,
  refuseForeign,
  refuseOthers,
  sameTerms,
  undone,
} from './charge.ts';
import { DebitCancelledError, NothingToRefundError, RefundTooLargeError } from './errors.ts';
import { giveBack, take } from './money.ts';

/**
 * @param account read in the same moment as the debit; its money is the condition of the write
 * @throws {DebitCancelledError} it was cancelled: earlier than it came, or since
 */
export const debitAccount = (
  found: Charge | undefined,
  account: Account,
  asker: Asker,
  { amount, instrument, into }: DebitAccount,
  bankReference: string,
): Decision<Debit> => {
  refuseForeign(into, asker.client);
  const terms = { account: account.id, amount, instrument };
  const debit = ownDebit(found, asker);
  if (debit === undefined) {
    const about = { ...asker, kind: 'debit', ...terms, into } as const;
    const code = declineOf(account, terms);
    return code === undefined
      ? {
          record: { ...about, state: 'taken', refunded: 0, chargeCancelled: false, bankReference },
          money: take(terms, into, 'available'),
        }
      : { record: { ...about, state: 'declined', code } };
  }
  if (debit.state === 'cancelled') throw new DebitCancelledError({ key: asker.key });
  if (debit.state !== 'declined' && debit.chargeCancelled) throw new DebitCancelledError({ key: asker.key });
  sameTerms(debit, terms, asker.key);
  if (debit.into !== into) throw new IdempotencyKeyReusedError({ key: asker.key });
  return { record: debit };
};

/** Undoes a debit: what was taken goes back, and one that is on its way is refused when it comes. */
export const cancelDebit = (found: Charge | undefined, asker: Asker): Decision<Debit> => {
  const debit = ownDebit(found, asker);
  if (debit === undefined) return { record: { ...asker, kind: 'debit', state: 'cancelled' } };
  return debit.state === 'taken' || debit.state === 'refunded' ? undone(debit) : { record: debit };
};

const ownDebit = (found: Charge | undefined, asker: Asker): Debit | undefined => {
  if (found === undefined) return undefined;
  refuseOthers(found, asker);
  if (found.kind !== 'debit') throw new IdempotencyKeyReusedError({ key: asker.key });
  return found;
};

/** A refund that happened; one that was refused leaves nothing. */
export interface Refund extends Asker {
  readonly kind: 'refund';
  readonly state: 'refunded';
  readonly of: OperationKey;
  readonly account: AccountId;
  readonly amount: number;
  readonly bankReference: string;
}

/** A refund writes two records: itself, and the charge of which less is left. */
export interface RefundDecision extends Decision<Refund> {
  readonly charge?: Charge;
}

/**
 * @throws {NothingToRefundError} nothing was taken under that key, or not yet
 * @throws {RefundTooLargeError} less than that is left of it
 */
export const refundCharge = (
  found: Refund | undefined,
  charge: Charge | undefined,
  asker: Asker,
  { of, amount }: RefundCharge,
  bankReference: string,
): RefundDecision => {
  if (found !== undefined) {
    refuseOthers(found, asker);
    if (found.of !== of || found.amount !== amount) throw new IdempotencyKeyReusedError({ key: asker.key });
    return { record: found };
  }
  if (charge === undefined) throw new NothingToRefundError({ of });
  refuseOthers(charge, asker);
  if (charge.state !== 'taken' && charge.state !== 'refunded') throw new NothingToRefundError({ of });
  const left = charge.amount - charge.refunded;
  if (amount > left) throw new RefundTooLargeError({ of, left });
  return {
    record: {
      ...asker,
      kind: 'refund',
      state: 'refunded',
      of,
      account: charge.account,
      amount,
      bankReference,
    },
    charge: { ...charge, refunded: charge.refunded + amount, state: amount === left ? 'refunded' : 'taken' },
    money: giveBack(charge, amount),
  };
};
