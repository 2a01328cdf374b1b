/**
 * The ledger: append-only lines, in the same transaction as the change that causes them, balanced or not written.
 *
 * | Key | Value |
 * |---|---|
 * | pk | `LEDGER#<account>#<day>#<shard>` |
 * | sk | `<time>#<transaction>#<line>` |
 * | dayPk (index byDay) | `LEDGER#<day>#<shard of the owner>` |
 * | daySk | as sk |
 *
 * The day is that of Asia/Kolkata. Only the account of one subject ({@link SubjectAccount}) is one partition a day. Every
 * other one may be the whole city's, so it is spread over {@link LEDGER_SHARDS} partitions by the owner of the effect,
 * and so is every day: no partition takes all the writes.
 */
import type { Paise } from '../money/index.ts';
import { iso, kolkata } from '../time/index.ts';
import { type Change, put } from './change.ts';
import { UnbalancedPostingsError } from './errors.ts';
import type { Item } from './item.ts';
import { shardOf } from './shard.ts';
import { cursorOf, type EffectStore, type Query } from './store.ts';

/** An account of somebody, or one of the whole city, also where it has somebody's name: `clearing:paytm-saga`. */
export type Account = `${string}:${string}` | CityAccount;

const SUBJECTS = ['wallet', 'hold', 'merchant', 'customer'] as const;
/** Whose lines come from the doings of one subject. Whatever is not named here is spread, which is never wrong. */
type SubjectAccount = `${(typeof SUBJECTS)[number]}:${string}`;

export type CityAccount = 'bank-clearing' | 'commission' | 'gst-output' | 'refunds-due';

export const walletOf = (user: string): Account => `wallet:${user}`;
export const holdOf = (user: string): Account => `hold:${user}`;
export const merchantOf = (merchant: string): Account => `merchant:${merchant}`;

/** One line: paise that an account gains (credit, positive) or gives (debit, negative). */
export interface Posting {
  readonly account: Account;
  readonly amount: number;
}

/** Takes `paise` from an account. */
export const debit = (account: Account, paise: Paise): Posting => posting(account, paise, -1);

/** Gives `paise` to an account. */
export const credit = (account: Account, paise: Paise): Posting => posting(account, paise, 1);

const posting = (account: Account, paise: number, sign: 1 | -1): Posting => {
  if (!Number.isSafeInteger(paise) || paise < 0)
    throw new TypeError(`${account}: ${paise} is no amount in paise`);
  return { account, amount: paise === 0 ? 0 : sign * paise };
};

export const LEDGER_SHARDS = 4;

/** What the lines of one transaction say about where they come from. */
export interface PostingFacts {
  readonly payment?: string;
  readonly step?: string;
  readonly execution?: string | number;
  /** Under which somebody outside has the same movement, where that is not the payment. */
  readonly key?: string;
}

/** A line as it is read back. */
export interface LedgerLine extends PostingFacts {
  readonly account: Account;
  /** Paise, credit positive. */
  readonly amount: number;
  readonly transaction: string;
  /** The number of the line in its transaction, from 0. */
  readonly sequence: number;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Some lines, and where the next ones are if there are more. */
export interface LedgerPage {
  readonly items: LedgerLine[];
  readonly next?: string;
}

/**
 * The changes that write the lines of one transaction.
 *
 * @throws {UnbalancedPostingsError} they do not add up to zero; nothing was written
 */
export const ledgerChanges = (
  lines: readonly Posting[],
  origin: { owner: string; transaction: string; at: Date; facts?: PostingFacts },
): readonly Change[] => {
  const sumPaise = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (sumPaise !== 0) throw new UnbalancedPostingsError({ sumPaise });
  const { owner, transaction, facts } = origin;
  const at = iso(origin.at);
  const day = kolkata(origin.at).date;
  const shard = shardOf(owner, LEDGER_SHARDS);
  return lines.map(({ account, amount }, sequence) => {
    const sk = `${at}#${transaction}#${String(sequence).padStart(2, '0')}`;
    return put(
      { pk: accountPartition(account, day, isOfSubject(account) ? 0 : shard), sk },
      { ...facts, account, amount, transaction, sequence, at, dayPk: dayPartition(day, shard), daySk: sk },
    );
  });
};

/** One page of the lines of a day (`2026-11-24`, Asia/Kolkata) and shard (0 to {@link LEDGER_SHARDS} - 1), oldest first. */
export const pageOfDay = async (
  store: EffectStore,
  { day, shard, ...page }: Pick<Query, 'from' | 'limit'> & { day: string; shard: number },
): Promise<LedgerPage> => pageOf(store, { ...page, index: 'byDay', pk: dayPartition(day, shard) });

const pageOf = async (store: EffectStore, query: Query): Promise<LedgerPage> => {
  const { items, ...page } = await store.query(query);
  return { items: items.map(lineOf), ...page };
};

/**
 * One page of the lines of an account on a day, oldest first over all shards. `from` and `next` are the key of the last
 * line that was seen, whichever shard it lies in.
 */
export const pageOfAccount = async (
  store: EffectStore,
  { account, day, limit, from }: Pick<Query, 'from' | 'limit'> & { account: Account; day: string },
): Promise<LedgerPage> => {
  const pages = await Promise.all(
    partitionsOf(account, day).map((pk) =>
      store.query({ pk, limit, ...(from === undefined ? {} : { from: cursorOf({ pk, sk: from }) }) }),
    ),
  );
  const found = pages.flatMap(({ items }) => items).sort((one, two) => (keyOf(one) < keyOf(two) ? -1 : 1));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const isMore = found.length > limit || pages.some(({ next }) => next !== undefined);
  return { items: items.map(lineOf), ...(isMore && last !== undefined ? { next: keyOf(last) } : {}) };
};

const keyOf = ({ sk }: Item): string => String(sk);

const lineOf = ({ pk, sk, dayPk, daySk, ...line }: Item): LedgerLine => line as unknown as LedgerLine; // ours alone

const allShards = Array.from({ length: LEDGER_SHARDS }, (_, shard) => shard);

const isOfSubject = (account: Account): account is SubjectAccount =>
  SUBJECTS.some((subject) => account.startsWith(`${subject}:`));

const partitionsOf = (account: Account, day: string): string[] =>
  (isOfSubject(account) ? [0] : allShards).map((shard) => accountPartition(account, day, shard));

const accountPartition = (account: Account, day: string, shard: number): string =>
  `LEDGER#${account}#${day}#${shard}`;

const dayPartition = (day: string, shard: number): string => `LEDGER#${day}#${shard}`;
