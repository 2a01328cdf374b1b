import type { Effects } from '../../../shared/effects/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { closingOf, NOTHING, sumOf, type Tally, talliesOf } from '../domain/closing.ts';
import { DayUnbalancedError } from '../domain/errors.ts';
import { accountClosed, booksUpTo, type Closings, counted, type DayState, dayWentOn } from './closings.ts';
import { SHARDS } from './keys.ts';
import type { Ledger } from './ledger.ts';

export interface ClosePorts {
  readonly closings: Closings;
  readonly ledger: Ledger;
  readonly effects: Effects;
  readonly now: Now;
}

/** Lines a page: each may be of an account of its own, and a commit takes a hundred items. */
const LINES = 90;
const ACCOUNTS = 20;

/** Pages are remembered as long as anybody could bring one again. */
const KEEP_DAYS = 40;

/**
 * Closes a day that is over, by one piece: counts a page of its lines, or closes a page of its accounts. Each piece is an
 * effect, so it can be interrupted anywhere and done again, by anybody, and nothing of the city is kept in memory.
 * @throws {DayUnbalancedError} what was read does not balance; the next piece begins to count anew
 */
export const closePiece =
  (ports: ClosePorts) =>
  async (day: string, first: string): Promise<void> => {
    const { closings, effects } = ports;
    const state = await closings.day(day);
    if (state === undefined) {
      const begun: DayState = {
        ...{ day, phase: 'count', page: 0, attempt: 1, shard: 0, accounts: 0 },
        ...NOTHING,
      };
      await effects.commit({ ...piece(day, 'begin'), changes: [dayWentOn(undefined, begun)], answer: null });
    } else if (state.phase === 'count') await countPage(ports, state);
    else await closeAccounts(ports, state, first);
  };

const piece = (day: string, name: string) => ({
  effect: { owner: `closing ${day}`, name, keepDays: KEEP_DAYS },
});

const countPage = async ({ ledger, effects, now }: ClosePorts, state: DayState): Promise<void> => {
  const { day, shard, cursor, page } = state;
  if (shard === SHARDS) return endCount({ effects }, state);
  const { items, next } = await ledger.ofDay(day, shard, { limit: LINES, cursor });
  const tallies = talliesOf(items);
  const to = {
    ...{ ...state, ...all([state, ...tallies.values()]), page: page + 1 },
    ...{ cursor: next, shard: next === undefined ? shard + 1 : shard },
  };
  await effects.commit({
    ...piece(day, `page-${page}`),
    changes: [dayWentOn(state, to), ...counted(state, tallies, now())],
    answer: null,
  });
};

const all = (tallies: readonly Tally[]): Tally => tallies.reduce(sumOf, NOTHING);

/** Every transaction balances and lies in one day, so a day balances, or not all of it was read. */
const endCount = async ({ effects }: Pick<ClosePorts, 'effects'>, state: DayState): Promise<void> => {
  const { day, page, attempt, debits, credits } = state;
  const balances = debits === credits;
  const to: DayState = balances
    ? { ...state, phase: 'accounts', page: page + 1 }
    : { ...state, ...NOTHING, attempt: attempt + 1, shard: 0, page: page + 1 };
  await effects.commit({ ...piece(day, `page-${page}`), changes: [dayWentOn(state, to)], answer: null });
  if (!balances) throw new DayUnbalancedError({ day, debits, credits });
};

const closeAccounts = async (ports: ClosePorts, state: DayState, first: string): Promise<void> => {
  const { closings, effects } = ports;
  const { day, page, cursor, accounts } = state;
  const { items, next } = await closings.tallies(state, { limit: ACCOUNTS, cursor });
  await Promise.all(items.map((tally) => closeAccount(ports, day, tally)));
  const isLast = next === undefined;
  const to: DayState = {
    ...{ ...state, page: page + 1, accounts: accounts + items.length, cursor: next },
    phase: isLast ? 'closed' : 'accounts',
  };
  const { closed: before } = await closings.books();
  await effects.commit({
    ...piece(day, `page-${page}`),
    changes: [dayWentOn(state, to), ...(isLast ? [booksUpTo('closed', { day, before, first })] : [])],
    answer: null,
  });
};

/** Once for each account and day, for ever. */
const closeAccount = async (
  { closings, effects }: ClosePorts,
  day: string,
  { account, debits, credits, postings }: Tally & { readonly account: string },
): Promise<void> => {
  const last = await closings.last(account, day);
  if (last?.day === day) return;
  const opening = last?.closing ?? 0;
  await effects.commit({
    effect: { owner: `closing ${account}`, name: day },
    changes: [accountClosed(closingOf({ account, day, opening }, { debits, credits, postings }))],
    answer: null,
  });
};
