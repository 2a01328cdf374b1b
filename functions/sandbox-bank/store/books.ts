/**
 * The books of the bank: one table of effects. The only code here that knows its keys.
 *
 * | Item | pk | sk |
 * |---|---|---|
 * | account: what is available and held, and how it behaves | `ACCOUNT#<id>` | `ACCOUNT` |
 * | hold or debit; index `due`, while time does something to it | `CHARGE#<key>` | `CHARGE` |
 * | refund | `REFUND#<key>` | `REFUND` |
 *
 * Beside them lie the effects and the ledger of `shared/effects`. In the ledger a customer's account is
 * `customer:<id>`, a clearing account has its own name, and opening balances come from `bank:vault`.
 */
import { dueOf, walksOfDue, withoutDue } from '../../../shared/effects/due.ts';
import {
  absent,
  atLeast,
  type Change,
  credit,
  debit,
  type EffectStore,
  type Effects,
  equals,
  type Guard,
  type Item,
  type Key,
  type Account as LedgerAccount,
  type LedgerLine,
  pageOfAccount,
  present,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type Ids, newId } from '../../../shared/ids/index.ts';
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import { paise } from '../../../shared/money/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import {
  AccountId,
  type AnyAccount,
  ClearingAlias,
  events,
  OperationKey,
  type StatementLine,
} from '../contract.ts';
import { type Account, wellBehaved } from '../domain/account.ts';
import type { Charge, Known } from '../domain/charge.ts';
import type { Refund } from '../domain/debit.ts';
import { dueAt } from '../domain/due.ts';
import { StaleDecisionError } from '../domain/errors.ts';
import type { Money } from '../domain/money.ts';
import type { Books, ClearingAccount, Found, Happening, Write } from '../domain/ports.ts';

export interface BooksPorts {
  readonly store: EffectStore;
  readonly effects: Effects;
  readonly ids: Ids;
  readonly now: Now;
}

const VAULT: LedgerAccount = 'bank:vault';

export const books = ({ store, effects, ids, now }: BooksPorts): Books => {
  const openClearing = async (id: ClearingAlias): Promise<ClearingAccount> => {
    const account: ClearingAccount = { id, openedAt: now().toISOString() };
    const { answer } = await effects.commit({
      effect: { owner: id, name: 'open' },
      changes: [put(accountKey(id), { ...account, kind: 'clearing' })],
      answer: account,
    });
    return answer;
  };

  return {
    async account(id) {
      return accountOf(await existing(store, accountKey(id), id));
    },

    async charge(key) {
      return foundIn<Charge>(await store.get(chargeKey(key)));
    },

    async refund(key) {
      return foundIn<Refund>(await store.get(refundKey(key)));
    },

    async write({ happening, writes, money, tells }) {
      const [{ record: first, revision }] = writes;
      if (money?.into !== undefined && (await store.get(accountKey(money.into))) === undefined) {
        await openClearing(money.into);
      }
      const unless = () => new StaleDecisionError({ key: first.key });
      try {
        const { repeated } = await effects.commit({
          effect: { owner: `${first.kind === 'refund' ? 'refund' : 'charge'}:${first.key}`, name: happening },
          changes: [...writes.map((write) => recordChange(write, unless)), ...moneyChange(money, unless)],
          ...postingsOf(money, { payment: first.key, step: stepOf(happening) }),
          ...(tells === undefined ? {} : { events: [changed(first, tells, revision + 1)] }),
          answer: null,
        });
        return !repeated;
      } catch (error) {
        if (error instanceof StaleDecisionError) return false;
        throw error;
      }
    },

    due: (at) => walksOfDue(store, at, ({ key }) => OperationKey.parse(key)),

    async open(request, opener) {
      const { reference, kind, openingBalance } = request;
      if (kind === 'clearing') return openClearing(ClearingAlias.parse(`clearing:${reference}`));
      const account: Account = {
        id: AccountId.parse(newId('account', ids)),
        reference,
        available: openingBalance,
        held: 0,
        behaviour: wellBehaved,
        openedAt: now().toISOString(),
      };
      const { answer } = await effects.commit({
        effect: {
          // One partition for all that an opener opens would bound how fast it can.
          owner: `opener:${opener} ${reference}`,
          name: 'open',
          fingerprint: String(openingBalance),
        },
        changes: [put(accountKey(account.id), { ...account, kind: 'customer' })],
        ...(openingBalance === 0
          ? {}
          : {
              postings: {
                facts: { payment: reference, step: 'open' },
                lines: [debit(VAULT, openingBalance), credit(ledgerName(account.id), openingBalance)],
              },
            }),
        answer: account,
      });
      return answer;
    },

    async clearing(id) {
      const item = await store.get(accountKey(id));
      return item && { id, openedAt: String(item.openedAt) };
    },

    async behave(id, behaviour) {
      const set = Object.fromEntries(
        Object.entries(behaviour).map(([name, value]) => [`behaviour.${name}`, value]),
      );
      if (Object.keys(set).length > 0) {
        const known = when(present(), () => new NotFoundError({ what: 'account', id }));
        await effects.commit({
          effect: { owner: `account:${id}`, name: `behave:${ids()}`, keepDays: 1 },
          changes: [update(accountKey(id), { set }, known)],
          answer: null,
        });
      }
      return accountOf(await existing(store, accountKey(id), id));
    },

    async loseAnswer(id) {
      const left = when(atLeast('behaviour.loseAnswers', 1), () => new StaleDecisionError({ key: id }));
      try {
        await effects.commit({
          effect: { owner: `account:${id}`, name: `lose:${ids()}`, keepDays: 1 },
          changes: [update(accountKey(id), { add: { 'behaviour.loseAnswers': -1 } }, left)],
          answer: null,
        });
        return true;
      } catch (error) {
        if (error instanceof StaleDecisionError) return false;
        throw error;
      }
    },

    async linesOn(account, day, { from, limit }) {
      const page = { day, limit, ...(from === undefined ? {} : { from }) };
      const { items, next } = await pageOfAccount(store, { account: ledgerName(account), ...page });
      return { lines: items.map(lineOf), ...(next === undefined ? {} : { next }) };
    },
  };
};

const accountKey = (id: AnyAccount): Key => ({ pk: `ACCOUNT#${id}`, sk: 'ACCOUNT' });
const chargeKey = (key: string): Key => ({ pk: `CHARGE#${key}`, sk: 'CHARGE' });
const refundKey = (key: string): Key => ({ pk: `REFUND#${key}`, sk: 'REFUND' });

const isClearing = (id: AnyAccount): id is ClearingAlias => id.startsWith('clearing:');

const ledgerName = (id: AnyAccount): LedgerAccount =>
  isClearing(id) ? (id as `clearing:${string}`) : `customer:${id}`;

const existing = async (store: EffectStore, key: Key, id: string): Promise<Item> => {
  const item = await store.get(key);
  if (item === undefined) throw new NotFoundError({ what: 'account', id });
  return item;
};

/** Ours alone: written by `open` and changed by `moneyChange` and `behave` only. */
const accountOf = ({ pk, sk, kind, ...item }: Item): Account => {
  const account = item as unknown as Account;
  // An account that was opened before a kind of behaviour existed behaves well in it.
  return { ...account, behaviour: { ...wellBehaved, ...account.behaviour } };
};

/** Ours alone: written by `recordChange` only. */
const foundIn = <R extends Charge | Refund>(item: Item | undefined): Found<R> | undefined => {
  if (item === undefined) return undefined;
  const { pk, sk, revision, ...record } = withoutDue(item);
  return { record: record as unknown as R, revision: Number(revision) };
};

const recordChange = ({ record, revision }: Write, orElse: Guard['orElse']): Change =>
  put(
    record.kind === 'refund' ? refundKey(record.key) : chargeKey(record.key),
    { ...record, ...dueIn(record), revision: revision + 1 } as Item,
    when(revision === 0 ? absent() : equals('revision', revision), orElse),
  );

const dueIn = (record: Charge | Refund): Item =>
  dueOf(record.key, record.kind === 'refund' ? undefined : dueAt(record));

/** Neither part of an account ever goes below zero: that is the condition of the write, not only of the decision. */
const moneyChange = (money: Money | undefined, orElse: Guard['orElse']): readonly Change[] => {
  if (money === undefined) return [];
  const { account, available, held } = money;
  const guards = [
    when(present(), orElse),
    ...(available < 0 ? [when(atLeast('available', -available), orElse)] : []),
    ...(held < 0 ? [when(atLeast('held', -held), orElse)] : []),
  ];
  return [update(accountKey(account), { add: { available, held } }, ...guards)];
};

/** That what was left open is known, told in the name of the call that asked for the hold. */
const changed = (record: Charge | Refund, state: Known, sequence: number): OutgoingEvent => {
  const { client, key } = record;
  const { correlationId, ...trace } = ('origin' in record && record.origin) || { correlationId: key };
  const data = { client, kind: 'hold', key, state } as const;
  return events.operationChanged.of({
    ...trace,
    correlationId,
    causationId: key,
    subject: key,
    sequence,
    data,
  });
};

/** In a statement a capture is one, whenever its money moved. */
const stepOf = (happening: Happening): string => (happening === 'settle' ? 'capture' : happening);

/** A hold moves nothing on the books: the money stays on the account. */
const postingsOf = (money: Money | undefined, facts: { payment: string; step: string }) => {
  if (money?.into === undefined || money.cleared === 0) return {};
  const { cleared, account, into } = money;
  const [from, to] = cleared > 0 ? [account, into] : [into, account];
  const amount = paise(Math.abs(cleared));
  return { postings: { facts, lines: [debit(ledgerName(from), amount), credit(ledgerName(to), amount)] } };
};

const lineOf = ({ at, amount, step, payment, transaction }: LedgerLine): StatementLine => ({
  at: String(at),
  amount: Number(amount),
  what: String(step),
  key: String(payment),
  transaction: String(transaction),
});
