import {
  absent,
  type Change,
  cursorOf,
  type EffectStore,
  equals,
  type Item,
  missing,
  put,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { Closing, Tally } from '../domain/closing.ts';
import { booksKey, closingPartition, closingsOf, dayKey, ownedBy, tallyPartition } from './keys.ts';

/** How far the books of the city are: days of Asia/Kolkata, absent before the first. */
export interface BooksState {
  readonly first?: string;
  readonly closed?: string;
  readonly reconciled?: string;
}

/** How far the closing of a day has come: its lines are counted shard by shard, then each account is closed. */
export interface DayState extends Tally {
  readonly day: string;
  readonly phase: 'count' | 'accounts' | 'closed';
  /** Counts on to the end: each page is an effect of its own. */
  readonly page: number;
  readonly attempt: number;
  readonly shard: number;
  readonly cursor?: string | undefined;
  readonly accounts: number;
}

const conflict = (expected: number) => (found: Item | undefined) =>
  new VersionConflictError({ expected, found: typeof found?.page === 'number' ? found.page : null });

/** A day is begun, or goes on by a page: whoever is second has read a page that is counted already. */
export const dayWentOn = (from: DayState | undefined, to: DayState): Change =>
  put(
    dayKey(to.day),
    { ...to },
    from === undefined ? when(absent(), conflict(0)) : when(equals('page', from.page), conflict(from.page)),
  );

/** What is counted is asked for until its day is closed, and by a person for some days more. */
const KEEP_TALLY_SECONDS = 40 * 86_400;

export const counted = (
  { day, attempt }: DayState,
  tallies: ReadonlyMap<string, Tally>,
  now: Date,
): Change[] =>
  [...tallies].map(([account, tally]) =>
    update(
      { pk: tallyPartition(day, attempt), sk: account },
      {
        add: { ...tally },
        set: { expiresAt: Math.floor(now.getTime() / 1000) + KEEP_TALLY_SECONDS },
      },
    ),
  );

export const accountClosed = (closing: Closing): Change =>
  put(
    { pk: closingPartition(closing.account), sk: closing.day },
    { ...closing, ...ownedBy(closingsOf(closing.day), closing.account) },
  );

/** The books are closed, or reconciled, up to a day; the one before it has to be. */
export const booksUpTo = (
  what: 'closed' | 'reconciled',
  {
    day,
    before,
    first,
  }: { readonly day: string; readonly before: string | undefined; readonly first: string },
): Change =>
  update(
    booksKey,
    { set: { [what]: day, ...(what === 'closed' ? { first } : {}) } },
    when(before === undefined ? missing(what) : equals(what, before), conflict(0)),
  );

export interface Closings {
  books(): Promise<BooksState>;
  day(day: string): Promise<DayState | undefined>;
  /** One page of what was counted of a day, by account. */
  tallies(state: DayState, page: Page): Promise<PageOf<Tally & { readonly account: string }>>;
  /** What an account was closed with when it moved last, on or before a day. */
  last(account: string, day: string): Promise<Closing | undefined>;
  /** One page of what the accounts that moved on a day were closed with, by account. */
  of(day: string, page: Page): Promise<PageOf<Closing>>;
}

export const closings = (store: EffectStore): Closings => ({
  books: async () => ((await store.get(booksKey)) ?? {}) as BooksState,
  day: async (day) => (await store.get(dayKey(day))) as DayState | undefined,
  async tallies({ day, attempt }, { cursor, limit }) {
    const { items, ...rest } = await store.query({
      ...{ pk: tallyPartition(day, attempt), limit },
      ...(cursor ? { from: cursor } : {}),
    });
    return {
      ...rest,
      items: items.map((item) => ({ ...(item as unknown as Tally), account: String(item.sk) })),
    };
  },
  async last(account, day) {
    const pk = closingPartition(account);
    // From the greatest key that the day could have, downwards.
    const from = cursorOf({ pk, sk: `${day}~` });
    const { items } = await store.query({ pk, from, newestFirst: true, limit: 1 });
    return items[0] as unknown as Closing | undefined;
  },
  async of(day, { cursor, limit }) {
    const page = await store.query({
      ...{ index: 'byOwner', pk: closingsOf(day), limit },
      ...(cursor ? { from: cursor } : {}),
    });
    return page as unknown as PageOf<Closing>;
  },
});
