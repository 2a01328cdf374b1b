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
 * The day is that of Asia/Kolkata. An account of the whole city is spread over {@link LEDGER_SHARDS} partitions by
 * the owner of the effect, and so is every day, so that no partition takes all the writes.
 */
import { type Change, put } from './change.ts';
import { UnbalancedPostingsError } from './errors.ts';
import type { Item } from './item.ts';
import { shardOf } from './shard.ts';
import type { EffectStore, Query } from './store.ts';

/** An account of somebody (`wallet:<user>`, one partition a day), or one of the whole city. */
export type Account = `${string}:${string}` | CityAccount;

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
export const debit = (account: Account, paise: number): Posting => posting(account, paise, -1);

/** Gives `paise` to an account. */
export const credit = (account: Account, paise: number): Posting => posting(account, paise, 1);

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
  const at = origin.at.toISOString();
  const day = dayOf(origin.at);
  const shard = shardOf(owner, LEDGER_SHARDS);
  return lines.map(({ account, amount }, sequence) => {
    const sk = `${at}#${transaction}#${String(sequence).padStart(2, '0')}`;
    return put(
      { pk: accountPartition(account, day, isOfCity(account) ? shard : 0), sk },
      { ...facts, account, amount, transaction, sequence, at, dayPk: dayPartition(day, shard), daySk: sk },
    );
  });
};

/** All lines of a day (`2026-11-24`, Asia/Kolkata), page by page and shard by shard. */
export const linesOfDay = (store: EffectStore, day: string): AsyncGenerator<LedgerLine> =>
  everyLine(
    store,
    allShards.map((shard) => ({ index: 'byDay', pk: dayPartition(day, shard) })),
  );

/** The lines of one account on one day, in the order of time inside each shard. */
export const linesOfAccount = (
  store: EffectStore,
  account: Account,
  day: string,
): AsyncGenerator<LedgerLine> =>
  everyLine(
    store,
    (isOfCity(account) ? allShards : [0]).map((shard) => ({ pk: accountPartition(account, day, shard) })),
  );

async function* everyLine(
  store: EffectStore,
  partitions: readonly Pick<Query, 'index' | 'pk'>[],
): AsyncGenerator<LedgerLine> {
  for (const partition of partitions) {
    let from: string | undefined;
    do {
      const page = await store.query({ ...partition, ...(from === undefined ? {} : { from }), limit: 200 });
      for (const item of page.items) yield lineOf(item);
      from = page.next;
    } while (from !== undefined);
  }
}

const lineOf = ({ pk, sk, dayPk, daySk, ...line }: Item): LedgerLine => line as unknown as LedgerLine; // ours alone

const allShards = Array.from({ length: LEDGER_SHARDS }, (_, shard) => shard);

const isOfCity = (account: Account): boolean => !account.includes(':');

const accountPartition = (account: Account, day: string, shard: number): string =>
  `LEDGER#${account}#${day}#${shard}`;

const dayPartition = (day: string, shard: number): string => `LEDGER#${day}#${shard}`;

const KOLKATA_OFFSET_MS = 5.5 * 60 * 60 * 1000;

const dayOf = (at: Date): string => new Date(at.getTime() + KOLKATA_OFFSET_MS).toISOString().slice(0, 10);
