/** What time does to records: by when each has something due, and what is due now, the longest due first. */
import { iso } from '../time/index.ts';
import type { EffectStore, Indexes, Item } from './index.ts';
import { shardOf } from './shard.ts';

/** How many partitions share what somebody looks through. */
export const DUE_SHARDS = 4;

/** The index of a table of such records: sparse, since its attributes go when nothing is due any more. */
export const dueIndex = { due: { pk: 'dueShard', sk: 'dueAt' } } as const satisfies Indexes;

/**
 * The attributes of the index: the moment with the id behind it, so that no two are the same.
 * @param at an instant as it is stored; undefined: nothing is due
 */
export const dueOf = (id: string, at: string | undefined): Item =>
  at === undefined ? {} : { dueShard: partitionOf(shardOf(id, DUE_SHARDS)), dueAt: `${at}#${id}` };

export const withoutDue = ({ dueShard, dueAt, ...item }: Item): Item => item;

const partitionOf = (shard: number): string => `DUE#${shard}`;

/** What is due at a moment, in one walk for each shard, the longest due first. The index may lag behind: read each again. */
export const walksOfDue = <T>(store: EffectStore, at: Date, read: (item: Item) => T): AsyncGenerator<T>[] =>
  Array.from({ length: DUE_SHARDS }, (_, shard) => walkOfDue(store, partitionOf(shard), at, read));

async function* walkOfDue<T>(
  store: EffectStore,
  pk: string,
  at: Date,
  read: (item: Item) => T,
): AsyncGenerator<T> {
  for await (const item of walkOf(store, { index: 'due', pk })) {
    // `#` sorts before every digit and letter of a time: what is due in this very moment comes too.
    if ((String(item.dueAt).split('#')[0] as string) > iso(at)) return;
    yield read(item);
  }
}

const A_PAGE = 25;

/** Everything in a partition of an index, from the smallest sort key up; a page is read when somebody comes to it. */
export async function* walkOf(
  store: EffectStore,
  { index, pk }: { readonly index: string; readonly pk: string },
): AsyncGenerator<Item> {
  let from: string | undefined;
  do {
    const page = await store.query({ index, pk, limit: A_PAGE, ...(from === undefined ? {} : { from }) });
    yield* page.items;
    from = page.next;
  } while (from !== undefined);
}
