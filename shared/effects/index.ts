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
  absent,
  anyOf,
  atLeast,
  atMost,
  below,
  type Change,
  type Clause,
  check,
  equals,
  type Guard,
  missing,
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
  effects,
} from './commit.ts';
export { SupersededError, VersionConflictError } from './errors.ts';
export { type HistoryLine, pageOfHistory, type Telltale } from './history.ts';
export type { Item, Key } from './item.ts';
export {
  type Account,
  credit,
  debit,
  holdOf,
  type LedgerLine,
  type LedgerPage,
  merchantOf,
  type Posting,
  pageOfAccount,
  pageOfDay,
  walletOf,
} from './ledger.ts';
export { type MemoryStore, memoryStore } from './memory-store.ts';
export {
  eventOf,
  markSent,
  unsentBefore,
} from './outbox.ts';
export { cursorOf, type EffectStore, houseIndexes, type Indexes } from './store.ts';
export type { Surroundings } from './surroundings.ts';
