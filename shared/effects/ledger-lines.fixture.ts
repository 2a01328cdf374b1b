/** Test help: everything that stands in the ledger, from its pages. */
import {
  type Account,
  LEDGER_SHARDS,
  type LedgerLine,
  type LedgerPage,
  pageOfAccount,
  pageOfDay,
} from './ledger.ts';
import type { EffectStore } from './store.ts';

/** Few, so that there is more than one page. */
const LIMIT = 7;

const everyLine = async (page: (from: { from?: string }) => Promise<LedgerPage>): Promise<LedgerLine[]> => {
  const lines: LedgerLine[] = [];
  let from: string | undefined;
  do {
    const { items, next } = await page(from === undefined ? {} : { from });
    lines.push(...items);
    from = next;
  } while (from !== undefined);
  return lines;
};

/** All lines of a day (`2026-11-24`, Asia/Kolkata), shard by shard. */
export const linesOfDay = async (store: EffectStore, day: string): Promise<LedgerLine[]> => {
  const shards = Array.from({ length: LEDGER_SHARDS }, (_, shard) =>
    everyLine((from) => pageOfDay(store, { day, shard, limit: LIMIT, ...from })),
  );
  return (await Promise.all(shards)).flat();
};

/** All lines of an account on a day, in the order of time. */
export const linesOfAccount = (store: EffectStore, account: Account, day: string): Promise<LedgerLine[]> =>
  everyLine((from) => pageOfAccount(store, { account, day, limit: LIMIT, ...from }));
