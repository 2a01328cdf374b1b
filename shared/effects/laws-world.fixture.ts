/** The small world in which `laws.fixture.ts` tries the primitive: a wallet, a payment, and a store through gates. */
import { HouseError } from '../errors/index.ts';
import { paise } from '../money/index.ts';
import {
  fixedClock,
  type Gate,
  type Outcome,
  type ScheduleOptions,
  schedule,
  sequenceIds,
} from '../testing/index.ts';
import { atLeast, type Change, update, when } from './change.ts';
import { type Committed, type Effects, effects } from './commit.ts';
import type { Item, Key } from './item.ts';
import { type Account, credit, debit } from './ledger.ts';
import { memoryStore } from './memory-store.ts';
import type { EffectStore } from './store.ts';

/** What a law is tried on. */
export interface Trial {
  readonly choices: readonly number[];
  /** Breaks a rule of the store, to see that a law notices. @default nothing is broken */
  readonly defect?: (store: EffectStore) => EffectStore;
}

export class InsufficientFundsError extends HouseError<{ balance: number }> {
  override readonly name = 'InsufficientFundsError';
}
export class GuardError extends HouseError<{ guard: number }> {
  override readonly name = 'GuardError';
}

export const wallet: Key = { pk: 'wallet#payer', sk: 'balance' };
export const payment: Key = { pk: 'payment#1', sk: 'payment' };

/** Milliseconds that a commit may pause: enough for some tries, so that giving up happens too. */
const PATIENCE_MS = 200;

export const worldOf = <T>(
  { choices, defect = (store) => store }: Trial,
  options: Partial<ScheduleOptions> = {},
) => {
  const memory = memoryStore();
  const clock = fixedClock();
  const ids = sequenceIds();
  const journal: (readonly Change[])[] = [];
  const journalled = {
    get: memory.get,
    query: memory.query,
    async transact(changes: readonly Change[]) {
      await memory.transact(changes);
      journal.push(changes);
    },
  };
  const effectsOn = (store: EffectStore): Effects => {
    let paused = 0;
    return effects({
      store,
      now: clock.now,
      ids,
      chance: () => 0.9,
      deadline: () => PATIENCE_MS - paused,
      pause: async (ms) => {
        paused += ms;
      },
    });
  };
  const world = schedule<T>({
    choices,
    faultIn: 12,
    comesAgain: (error) => HouseError.from(error).retryable,
    ...options,
  });
  return {
    memory,
    clock,
    /** The transactions that happened, in their order. */
    journal,
    world,
    storeThrough: (gate: Gate): EffectStore => gate(journalled),
    effectsThrough: (gate: Gate): Effects => effectsOn(defect(gate(journalled))),
    effectsWithoutFaults: effectsOn(memory),
  };
};

export const pay = (amount: number): Change =>
  update(
    wallet,
    { add: { balance: -amount } },
    when(
      atLeast('balance', amount),
      (found) => new InsufficientFundsError({ balance: Number(found?.balance) }),
    ),
  );

export const move = (from: Account, to: Account, amount: number) => [
  debit(from, paise(amount)),
  credit(to, paise(amount)),
];

export const eventOfType = (type: string) =>
  ({
    specversion: '1.0',
    source: 'law',
    type,
    subject: 'payment_1',
    datacontenttype: 'application/json',
    dataschema: 'urn:dabbawala:schema:law:1',
    correlationid: 'law',
    data: null,
  }) as const;

export const under = (items: readonly Item[], prefix: string) =>
  items.filter(({ pk }) => String(pk).startsWith(prefix));
export const sumOf = (lines: readonly Item[]) => lines.reduce((sum, { amount }) => sum + Number(amount), 0);
export const balanceIn = (items: readonly Item[]) => Number(under(items, wallet.pk)[0]?.balance);
export const answersIn = <A>(outcomes: readonly Outcome<Committed<A>>[]) =>
  outcomes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : []));
