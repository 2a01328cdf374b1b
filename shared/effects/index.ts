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
