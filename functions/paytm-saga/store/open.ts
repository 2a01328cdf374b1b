import { walkOf } from '../../../shared/effects/due.ts';
import type { EffectStore, Item } from '../../../shared/effects/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import { type Open, openShard, SHARDS } from './keys.ts';

/** One page of what is open of a kind, shard after shard, the oldest of each shard first; only the last is not full. */
export const pageOfOpen = async <T>(
  store: EffectStore,
  kind: Open,
  { cursor, limit }: Page,
): Promise<PageOf<T>> => {
  const items: Item[] = [];
  let [shard, from] = splitCursor(cursor);
  while (shard < SHARDS && items.length < limit) {
    const page = await store.query({
      ...{ index: 'open', pk: openShard(kind, shard), limit: limit - items.length },
      ...(from ? { from } : {}),
    });
    items.push(...page.items);
    from = page.next;
    if (from === undefined) shard += 1;
  }
  const next = shard < SHARDS ? `${shard}|${from ?? ''}` : undefined;
  return { items: items as unknown as T[], ...(next ? { next } : {}) };
};

/** A cursor over several partitions: the partition, then the place in it. */
const splitCursor = (cursor: string | undefined): [number, string | undefined] => {
  const [shard = '0', ...rest] = (cursor ?? '0|').split('|');
  return [Number(shard), rest.join('|') || undefined];
};

/** What is open of a kind, in one walk for each shard, the oldest first. */
export const walksOfOpen = <T>(store: EffectStore, kind: Open): AsyncGenerator<T>[] =>
  Array.from(
    { length: SHARDS },
    (_, shard) =>
      // Ours alone: written by `openSince` only.
      walkOf(store, {
        index: 'open',
        pk: openShard(kind, shard),
      }) as AsyncGenerator<unknown> as AsyncGenerator<T>,
  );
