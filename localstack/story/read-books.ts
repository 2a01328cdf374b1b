import type { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { type routes as bankRoutes, ClearingAlias } from '../../functions/sandbox-bank/contract.ts';
import type { client } from '../../shared/http/index.ts';
import { kolkata } from '../../shared/time/index.ts';
import type { Books, Line } from './books.ts';

type Saga = ReturnType<typeof client<typeof sagaRoutes>>;
type Bank = ReturnType<typeof client<typeof bankRoutes>>;

const SHARDS = [0, 1, 2, 3];
const DAY_MS = 86_400_000;

/** Reads a whole list page by page; a page may be empty and have a next one. */
export const all = async <T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; next?: string | undefined }>,
): Promise<T[]> => {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await page(cursor);
    found.push(...items);
    cursor = next;
  } while (cursor);
  return found;
};

const at = (cursor: string | undefined) => (cursor ? { cursor } : {});

/** The days of Asia/Kolkata from a moment until now. */
const daysSince = (start: string): string[] => {
  const days = new Set<string>();
  for (let time = Date.parse(start); time < Date.now() + DAY_MS; time += DAY_MS)
    days.add(kolkata(new Date(time)).date);
  return [...days].filter((day) => day <= kolkata(new Date()).date);
};

/** Reads everything that the books are made of, through operator doors, a page at a time. */
export const readBooks = async ({ operator, bank }: { operator: Saga; bank: Bank }): Promise<Books> => {
  const wallets = (
    await Promise.all(
      SHARDS.map((shard) =>
        all(
          async (cursor) =>
            (
              await operator.listWallets({ query: { shard, limit: 100, ...at(cursor) } })
            ).body,
        ),
      ),
    )
  ).flat();
  const first = wallets.map(({ openedAt }) => openedAt).sort()[0];
  const lines: Line[] = [];
  for (const day of first ? daysSince(first) : []) {
    for (const shard of SHARDS) {
      const page = (cursor: string | undefined) =>
        operator.listPostings({ path: { day }, query: { shard, limit: 500, ...at(cursor) } });
      lines.push(...(await all(async (cursor) => (await page(cursor)).body)));
    }
  }
  const unfinished = await inEachState(
    async (state, cursor) =>
      (await operator.listPayments({ query: { state, limit: 100, ...at(cursor) } })).body,
  );
  const refunds = await inEachState(
    async (state, cursor) =>
      (await operator.listRefunds({ query: { state, limit: 100, ...at(cursor) } })).body,
  );
  return {
    lines,
    wallets,
    clearingAtBank: await clearingOf(bank),
    heldByUnfinished: sumOf(unfinished.filter(isHeld)),
    dueByUnfinished: sumOf(refunds),
  };
};

const sumOf = (items: readonly { readonly amount: number }[]): number =>
  items.reduce((sum, { amount }) => sum + amount, 0);

/** What needs attention is not finished either: its money stays where it is until a person lets it go on. */
const inEachState = async <T>(
  page: (
    state: 'in_progress' | 'needs_attention',
    cursor: string | undefined,
  ) => Promise<{ items: T[]; next?: string | undefined }>,
): Promise<T[]> => {
  const states = (['in_progress', 'needs_attention'] as const).map((state) =>
    all((cursor) => page(state, cursor)),
  );
  return (await Promise.all(states)).flat();
};

type Unfinished = Awaited<ReturnType<Saga['listPayments']>>['body']['items'][number];

/** Whether the ledger holds money of this payment: from the wallet since step 5, from a bank since step 6. */
const isHeld = ({ method, steps, undone }: Unfinished): boolean => {
  const done = (step: string) => steps.some((one) => one.step === step && one.state === 'done');
  const taken = method === 'paytm_wallet' ? 'reserve_funds' : 'process_payment';
  return done(taken) && !done('settle_merchant') && !undone.some(({ step }) => step === taken);
};

/** The bank's own word for what our clearing account holds: the end of its statement. */
const clearingOf = async (bank: Bank): Promise<number> => {
  const path = { id: ClearingAlias.parse('clearing:paytm-saga') };
  let cursor: string | undefined;
  for (;;) {
    const { body } = await bank.getStatement({ path, query: { limit: 500, ...at(cursor) } });
    if (!body.next) return body.closingBalance;
    cursor = body.next;
  }
};
