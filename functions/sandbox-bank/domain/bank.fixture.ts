/** Test help: the bank in one variable, driven through the decisions alone. */
import type { AccountId, ClearingAlias, OperationKey } from '../contract.ts';
import { type Account, wellBehaved } from './account.ts';
import type { Charge, Decision, Known } from './charge.ts';
import { cancelDebit, debitAccount, type Refund, refundCharge } from './debit.ts';
import { overdue } from './due.ts';
import { answerRequest, cancelCapture, captureHold, placeHold, voidHold } from './hold.ts';

export const into = 'clearing:paytm-saga' as ClearingAlias;
export const asker = { key: 'payment_1-reserve' as OperationKey, client: 'paytm-saga' };
export const terms = { account: 'account_1' as AccountId, amount: 1_000, instrument: 'upi' } as never;
export const OPENING = 1_500;

/** The bank in one variable: one account, one clearing account, charges and refunds by key. */
export const bank = (opening = OPENING) => {
  let account: Account = {
    id: 'account_1' as AccountId,
    reference: 'asha',
    available: opening,
    held: 0,
    behaviour: wellBehaved,
    openedAt: '2026-11-24T10:00:00.000Z',
  };
  let cleared = 0;
  let now = Date.parse('2026-11-24T10:00:00.000Z');
  const charges = new Map<string, Charge>();
  const refunds = new Map<string, Refund>();
  const told: { readonly key: OperationKey; readonly tells: Known }[] = [];
  const keep = <R extends Charge | Refund>({ record, money, tells }: Decision<R>): R => {
    if (tells !== undefined) told.push({ key: record.key, tells });
    if (money !== undefined) {
      account = {
        ...account,
        available: account.available + money.available,
        held: account.held + money.held,
      };
      cleared += money.cleared;
    }
    if (record.kind === 'refund') refunds.set(record.key, record);
    else charges.set(record.key, record);
    return record;
  };
  const at = () => new Date(now);
  return {
    at,
    /** Lets time pass; the back office does nothing by itself. */
    wait: (ms: number) => {
      now += ms;
    },
    books: () => ({ available: account.available, held: account.held, cleared }),
    charges: () => [...charges.values()],
    /** What the client was told, in order. */
    told: () => told.map(({ tells }) => tells),
    toldOf: (key: OperationKey) => told.flatMap((one) => (one.key === key ? [one.tells] : [])),
    put: (charge: Charge) => charges.set(charge.key, charge),
    state: (key = asker.key) => charges.get(key)?.state,
    tell: (behaviour: Partial<Account['behaviour']>) => {
      account = { ...account, behaviour: { ...account.behaviour, ...behaviour } };
    },
    hold: (key = asker.key, body = terms) =>
      keep(placeHold(charges.get(key), account, { ...asker, key }, body, { at: at() })),
    answer: (decision: 'approve' | 'decline', key = asker.key) =>
      keep(answerRequest(charges.get(key), account, { key, decision }, at())),
    capture: (key = asker.key) => {
      const { settlesAfterMs } = account.behaviour;
      return keep(
        captureHold(charges.get(key), { ...asker, key }, into, 'txn_1', { at: at(), settlesAfterMs }),
      );
    },
    void: (key = asker.key) => keep(voidHold(charges.get(key), { ...asker, key }, at())),
    cancelCapture: (key = asker.key) => keep(cancelCapture(charges.get(key), { ...asker, key }, at())),
    /** What the back office does when it comes round. */
    comeRound: () => {
      for (const charge of charges.values()) {
        const decision = overdue(charge, at());
        if (decision) keep(decision);
      }
    },
    debit: (key = asker.key) =>
      keep(
        debitAccount(
          charges.get(key),
          account,
          { ...asker, key },
          { ...(terms as object), into } as never,
          'txn_2',
        ),
      ),
    cancelDebit: (key = asker.key) => keep(cancelDebit(charges.get(key), { ...asker, key })),
    refund: (key: string, of: string, amount: number) => {
      const decision = refundCharge(
        refunds.get(key),
        charges.get(of),
        { ...asker, key: key as OperationKey },
        { of: of as OperationKey, amount: amount as never },
        'txn_3',
      );
      if (decision.charge !== undefined) charges.set(of, decision.charge);
      return keep(decision);
    },
  };
};
