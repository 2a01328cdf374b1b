/** How every operation goes: the account's faults, read, decide, write, and the answer, unless it is to be lost. */
import type { HouseError } from '../../../shared/errors/index.ts';
import type { AccountId, OperationKey, OperationView } from '../contract.ts';
import type { Account } from './account.ts';
import type { Charge, Decision, Known } from './charge.ts';
import type { Refund } from './debit.ts';
import { BankUnavailableError, CreditsBlockedError, StaleDecisionError } from './errors.ts';
import type { Money } from './money.ts';
import type { BankPorts, Books, Found, Happening, Write } from './ports.ts';
import { viewOf } from './view.ts';

export interface Operation {
  readonly happening: Happening;
  readonly key: OperationKey;
  /** Whose behaviour counts. A cancellation that comes first has no account yet, and meets a healthy bank. */
  readonly about: AccountId | undefined;
  /** Reads and decides; called anew when somebody else was faster. Gets the account as it was met, for its behaviour. */
  readonly decide: (account?: Account) => Promise<Decided>;
  /** What is thrown for how it stands, instead of answering it. @default nothing */
  readonly refusal?: (record: Charge | Refund) => HouseError | undefined;
}

/** A decision with what it was decided on. */
export interface Decided {
  readonly record: Charge | Refund;
  /** What to write: nothing when everything is as it should be already. */
  readonly writes: readonly Write[];
  readonly money?: Money | undefined;
  readonly tells?: Known | undefined;
  /** What happens, where it is not what was asked for. */
  readonly happening?: Happening | undefined;
}

export const decidedOn = <R extends Charge | Refund>(
  found: Found<R> | undefined,
  { record, ...decision }: Decision<R>,
): Decided => ({
  record,
  writes: record === found?.record ? [] : [{ record, revision: found?.revision ?? 0 }],
  ...decision,
});

/** The account of a charge or refund; the mark of a cancellation has none. */
export const accountOf = (found: Found<Charge | Refund> | undefined): AccountId | undefined =>
  found !== undefined && found.record.state !== 'cancelled' ? found.record.account : undefined;

/** {@link operate} for what happens to a charge that is there, or is still to come. */
export const changeCharge = async (
  ports: BankPorts,
  {
    happening,
    key,
    decide,
  }: Pick<Operation, 'happening' | 'key'> & {
    decide: (found: Charge | undefined, account: Account | undefined) => Decision<Charge>;
  },
): Promise<OperationView> =>
  operate(ports, {
    happening,
    key,
    about: accountOf(await ports.books.charge(key)),
    decide: async (account) => {
      const found = await ports.books.charge(key);
      return decidedOn(found, decide(found?.record, account));
    },
  });

/**
 * @throws {BankUnavailableError} the account's bank is out, or its answer is lost: then it has happened
 * @throws {CreditsBlockedError} it would give money back to an account that takes none; nothing happened
 * @throws {StaleDecisionError} others were faster, again and again; a retry helps
 * @throws {HouseError} the operation's own refusal of how it stands
 */
export const operate = async (ports: BankPorts, operation: Operation): Promise<OperationView> => {
  const account = await meet(ports, operation.about);
  const record = await settle(ports.books, operation, account);
  if (account !== undefined && account.behaviour.loseAnswers > 0) await lose(ports.books, account.id);
  const refusal = operation.refusal?.(record);
  if (refusal !== undefined) throw refusal;
  return viewOf(record, ports.now());
};

/** Waits as long as the account is slow. @throws {BankUnavailableError} it is out */
export const meet = async (
  { books, pause }: Pick<BankPorts, 'books' | 'pause'>,
  id: AccountId | undefined,
): Promise<Account | undefined> => {
  if (id === undefined) return undefined;
  const account = await books.account(id);
  const { slowMs, outage } = account.behaviour;
  if (slowMs > 0) await pause(slowMs);
  if (outage) throw new BankUnavailableError({});
  return account;
};

const TRIES = 8;

const settle = async (
  books: Books,
  { happening: asked, key, decide }: Operation,
  account: Account | undefined,
): Promise<Charge | Refund> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { record, writes, money, tells, happening = asked } = await decide(account);
    const [first, ...others] = writes;
    const isCredit = money !== undefined && money.cleared < 0;
    if (isCredit && account?.behaviour.creditsBlocked) throw new CreditsBlockedError({ account: account.id });
    if (first === undefined) return record;
    if (await books.write({ happening, writes: [first, ...others], money, tells })) return record;
  }
  throw new StaleDecisionError({ key });
};

const lose = async (books: Books, id: AccountId): Promise<void> => {
  if (await books.loseAnswer(id)) throw new BankUnavailableError({});
};
