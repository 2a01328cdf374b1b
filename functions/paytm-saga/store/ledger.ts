import {
  type Account,
  type EffectStore,
  type LedgerPage,
  pageOfAccount,
  pageOfDay,
} from '../../../shared/effects/index.ts';
import type { Page } from '../../../shared/http/index.ts';

export interface Ledger {
  /** One page of the postings of a day (Asia/Kolkata) and shard, oldest first. */
  ofDay(day: string, shard: number, page: Page): Promise<LedgerPage>;
  /** One page of the postings of an account on a day (Asia/Kolkata), oldest first. */
  ofAccount(account: Account, day: string, page: Page): Promise<LedgerPage>;
}

export const ledger = (store: EffectStore): Ledger => ({
  ofDay: (day, shard, { cursor, limit }) =>
    pageOfDay(store, { day, shard, limit, ...(cursor ? { from: cursor } : {}) }),
  ofAccount: (account, day, { cursor, limit }) =>
    pageOfAccount(store, { account, day, limit, ...(cursor ? { from: cursor } : {}) }),
});
