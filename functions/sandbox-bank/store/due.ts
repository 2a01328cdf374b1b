/** Index `due`, sparse: charges to which time does something, by when; the attributes go when nothing is due any more. */
import type { EffectStore, Item } from '../../../shared/effects/index.ts';
import { shardOf } from '../../../shared/effects/shard.ts';
import { iso } from '../../../shared/time/index.ts';
import { OperationKey } from '../contract.ts';
import type { Charge } from '../domain/charge.ts';
import type { Refund } from '../domain/debit.ts';
import { dueAt } from '../domain/due.ts';

/** How many partitions share what the back office looks through. */
export const DUE_SHARDS = 4;

/** The attributes of the index, `dueAt` with the key behind it, so that no two are the same. */
export const dueOf = (record: Charge | Refund): Item => {
  const due = record.kind === 'refund' ? undefined : dueAt(record);
  if (due === undefined) return {};
  return { dueShard: partitionOf(shardOf(record.key, DUE_SHARDS)), dueAt: `${due}#${record.key}` };
};

export const withoutDue = ({ dueShard, dueAt, ...item }: Item): Item => item;

const partitionOf = (shard: number): string => `DUE#${shard}`;

const A_PAGE = 25;

/** What is due in a shard, the longest due first; a page is read when somebody comes to it. */
export async function* walkOfDue(store: EffectStore, shard: number, at: Date): AsyncGenerator<OperationKey> {
  let from: string | undefined;
  do {
    const page = await store.query({
      index: 'due',
      pk: partitionOf(shard),
      limit: A_PAGE,
      ...(from === undefined ? {} : { from }),
    });
    for (const { key, dueAt } of page.items) {
      // `#` sorts before every digit and letter of a time: what is due in this very moment comes too.
      if ((String(dueAt).split('#')[0] as string) > iso(at)) return;
      yield OperationKey.parse(key);
    }
    from = page.next;
  } while (from !== undefined);
}
