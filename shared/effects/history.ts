/**
 * The history of a thing: what its effects say of themselves, in the order in which they were committed, whoever owns
 * them. A line is written in the transaction that it tells of, and kept for ever.
 *
 * | Key | Value |
 * |---|---|
 * | pk | `HISTORY#<thing>` |
 * | sk | `<time>#<the id of the commit>` |
 *
 * The record of an effect would not do: that of a command is kept for a day only, and lies with whoever commanded.
 */
import { iso } from '../time/index.ts';
import { type Change, put } from './change.ts';
import type { Item, Value } from './item.ts';
import type { Posting } from './ledger.ts';
import type { EffectStore, Query } from './store.ts';

/** What an effect says of itself. */
export interface Telltale {
  /** Of which thing: the id of a payment. */
  readonly of: string;
  /** What has happened: `undone`. */
  readonly what: string;
  /** Plain data. @default nothing more */
  readonly facts?: { readonly [fact: string]: Value | undefined };
}

/** A line as it is read back. */
export interface HistoryLine {
  readonly what: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly facts: { readonly [fact: string]: Value };
  /** Who acted, where the effect was fenced: the number of an execution. */
  readonly actor?: string | number;
  /** Under which transaction the ledger has it, and what it moved; absent where nothing moved. */
  readonly transaction?: string;
  readonly postings?: readonly Posting[];
}

/** Who wrote a line, and what moved with it. */
interface Origin {
  readonly at: Date;
  /** The commit's own id, so that two at the same time are two lines. */
  readonly by: string;
  readonly actor: string | number | undefined;
  readonly posted: { readonly transaction: string; readonly lines: readonly Posting[] } | undefined;
}

/** The change that writes a line. */
export const historyChange = (
  { of, what, facts = {} }: Telltale,
  { at, by, actor, posted }: Origin,
): Change => {
  const postings = posted?.lines.map(({ account, amount }) => ({ account, amount }));
  const line = { what, at: iso(at), facts, actor, transaction: posted?.transaction, postings };
  return put({ pk: partitionOf(of), sk: `${iso(at)}#${by}` }, line);
};

/** One page of the history of a thing, oldest first. */
export const pageOfHistory = async (
  store: EffectStore,
  { of, ...page }: Pick<Query, 'from' | 'limit'> & { of: string },
): Promise<{ readonly items: HistoryLine[]; readonly next?: string }> => {
  const { items, ...rest } = await store.query({ ...page, pk: partitionOf(of) });
  return { items: items.map(lineOf), ...rest };
};

const lineOf = ({ pk, sk, ...line }: Item): HistoryLine => line as unknown as HistoryLine; // written above alone

const partitionOf = (of: string): string => `HISTORY#${of}`;
