/**
 * Commit an effect once, and record in the same transaction what follows from it. The store on a table is
 * `dynamo-store.ts`, apart from this index so that models and tests load no SDK.
 *
 * @example
 * const { answer, repeated } = await effects({ store, now, ids, chance, deadline, pause }).commit({
 *   effect: { owner: payment.id, name: 'hold' },
 *   expects: { record: paymentKey(payment.id), actor: execution },
 *   changes: [
 *     update(
 *       walletKey(payer),
 *       { add: { balance: -amount } },
 *       when(atLeast('balance', amount), (found) => new InsufficientFundsError({ balance: found?.balance })),
 *     ),
 *     update(paymentKey(payment.id), { set: { 'steps.hold': { state: 'done' } } }),
 *   ],
 *   postings: { facts: { payment: payment.id, step: 'hold' }, lines: [debit(walletOf(payer), amount), …] },
 *   events: [fundsHeld.of({ subject: payment.id, data: { amount }, correlationId })],
 *   answer: { holdId },
 * });
 */
export {
  above,
  absent,
  anyOf,
  atLeast,
  atMost,
  before,
  below,
  type Change,
  type Clause,
  check,
  differs,
  equals,
  erase,
  type Guard,
  has,
  missing,
  missingOr,
  oneOf,
  present,
  put,
  update,
  when,
} from './change.ts';
export {
  type Commit,
  type Committed,
  type Effect,
  type Effects,
  type EffectsPorts,
  type Expects,
  effects,
} from './commit.ts';
export { SupersededError, UnbalancedPostingsError, VersionConflictError } from './errors.ts';
export type { Item, Key, Value } from './item.ts';
export {
  type Account,
  type CityAccount,
  credit,
  debit,
  holdOf,
  LEDGER_SHARDS,
  type LedgerLine,
  type LedgerPage,
  linesOfAccount,
  linesOfDay,
  merchantOf,
  type Posting,
  type PostingFacts,
  pageOfAccount,
  pageOfDay,
  walletOf,
} from './ledger.ts';
export { type MemoryStore, memoryStore } from './memory-store.ts';
export {
  eventOf,
  markSent,
  outboxStreamFilter,
  SENT_KEEP_DAYS,
  unsentBefore,
} from './outbox.ts';
export { type EffectStore, houseIndexes, type Index, type Indexes, type Page, type Query } from './store.ts';
