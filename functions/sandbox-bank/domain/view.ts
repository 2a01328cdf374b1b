/** What callers see of what the bank keeps. */
import type { HouseError } from '../../../shared/errors/index.ts';
import { paise } from '../../../shared/money/index.ts';
import type { OperationKey, OperationKind, OperationView } from '../contract.ts';
import { declineReasons } from './account.ts';
import type { Charge } from './charge.ts';
import type { Refund } from './debit.ts';
import { DeclinedError, InsufficientBalanceError } from './errors.ts';

/** The view of an operation; the client's name stays inside. */
export const viewOf = ({ client: _inside, ...record }: Charge | Refund): OperationView => {
  if (record.state === 'cancelled') return record;
  const amount = paise(record.amount);
  if (record.kind === 'refund' || !('refunded' in record)) return { ...record, amount };
  const taken = record.kind === 'hold' ? 'captured' : 'debited';
  const state = record.state === 'refunded' ? 'refunded' : taken;
  return { ...record, amount, state, refunded: paise(record.refunded) };
};

/** The view of what never came here. */
export const unknownOperation = (kind: OperationKind, key: OperationKey): OperationView => ({
  kind,
  key,
  state: 'unknown',
});

/** A decline as the error that its asker gets, every time. */
export const refusalOf = (record: Charge | Refund): HouseError | undefined => {
  if (record.state !== 'declined') return undefined;
  const reason = declineReasons[record.code];
  return record.code === 'Z9'
    ? new InsufficientBalanceError({ code: 'Z9', reason })
    : new DeclinedError({ code: record.code, reason });
};
