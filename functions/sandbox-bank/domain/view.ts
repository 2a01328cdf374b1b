/** What callers see of what the bank keeps. */
import type { HouseError } from '../../../shared/errors/index.ts';
import { paise } from '../../../shared/money/index.ts';
import type { OperationKey, OperationKind, OperationState, OperationView } from '../contract.ts';
import { declineReasons } from './account.ts';
import type { Charge, Debit, Hold, HoldIn } from './charge.ts';
import type { Refund } from './debit.ts';
import { hasLapsed } from './due.ts';
import { DeclinedError, InsufficientBalanceError } from './errors.ts';

/** The view of an operation at a moment: what has run out by then has expired, whether that is written yet or not. */
export const viewOf = (record: Charge | Refund, at: Date): OperationView => {
  const { kind, key } = record;
  if (record.state === 'cancelled') return { kind, key, state: 'cancelled' };
  const { account, amount } = record;
  const common = { kind, key, account, amount: paise(amount) };
  if (record.kind === 'refund') {
    return { ...common, state: 'refunded', of: record.of, bankReference: record.bankReference };
  }
  return {
    ...common,
    state: stateOf(record, at),
    instrument: record.instrument,
    ...(record.kind === 'hold' ? askedOf(record) : {}),
    ...('settlesAt' in record ? { settlesAt: record.settlesAt } : {}),
    ...('into' in record ? { into: record.into } : {}),
    ...('refunded' in record ? { refunded: paise(record.refunded) } : {}),
    ...('chargeCancelled' in record ? { chargeCancelled: record.chargeCancelled } : {}),
    ...('code' in record ? { code: record.code } : {}),
    ...('bankReference' in record ? { bankReference: record.bankReference } : {}),
  };
};

const stateOf = (record: Hold | Debit, at: Date): OperationState => {
  if (hasLapsed(record, at)) return 'expired';
  if (record.state === 'taken') return record.kind === 'hold' ? 'captured' : 'debited';
  return record.state;
};

const askedOf = (
  hold: HoldIn<Exclude<Hold['state'], 'cancelled'>>,
): Pick<OperationView, 'approval' | 'emi' | 'expiresAt'> => ({
  ...(hold.asked && hold.flow
    ? {
        approval: {
          ...{ flow: hold.flow, expiresAt: hold.asked.until },
          ...(hold.asked.answer ? { decision: hold.asked.answer } : {}),
        },
      }
    : {}),
  ...(hold.emi ? { emi: hold.emi } : {}),
  ...('heldUntil' in hold && hold.heldUntil !== undefined ? { expiresAt: hold.heldUntil } : {}),
});

/** The view of what never came here. */
export const unknownOperation = (kind: OperationKind, key: OperationKey): OperationView => ({
  kind,
  key,
  state: 'unknown',
});

/** A decline as the error that its asker gets, every time. */
export const refusalOf = (record: Charge | Refund): HouseError | undefined => {
  if (record.state !== 'declined') return undefined;
  const { code } = record;
  const reason = declineReasons[code];
  return code === 'Z9' || code === '51'
    ? new InsufficientBalanceError({ code, reason })
    : new DeclinedError({ code, reason });
};
