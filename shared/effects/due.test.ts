import { beforeEach, describe, expect, it } from 'vitest';
import { DUE_SHARDS, dueIndex, dueOf, walkOf, walksOfDue, withoutDue } from './due.ts';
import { houseIndexes, type Item, type MemoryStore, memoryStore, put } from './index.ts';

const NOON = '2026-11-29T12:00:00.000Z';
const at = (seconds: number): string => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

let store: MemoryStore;
beforeEach(() => {
  store = memoryStore({ indexes: { ...houseIndexes, ...dueIndex } });
});

const keep = (id: string, due: string | undefined) =>
  store.transact([put({ pk: id, sk: 'ORDER' }, { id, ...dueOf(id, due) })]);
const all = async <T>(walk: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of walk) items.push(item);
  return items;
};
const found = async (now: string) => {
  const walks = walksOfDue(store, new Date(now), ({ id }) => String(id));
  return Promise.all(walks.map(all));
};

describe('what is due', () => {
  it('is found from that very millisecond on, and what is due later or never is not', async () => {
    await keep('past', at(-60));
    await keep('now', NOON);
    await keep('later', at(0.001));
    await keep('never', undefined);
    expect((await found(NOON)).flat().sort()).toEqual(['now', 'past']);
    expect((await found(at(0.001))).flat().sort()).toEqual(['later', 'now', 'past']);
  });

  it('comes the longest due first in each shard, all of it, however many pages it is', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => `order_${n}`);
    for (const [n, id] of ids.entries()) await keep(id, at(-n));
    const shards = await found(NOON);
    expect(shards).toHaveLength(DUE_SHARDS);
    expect(Math.max(...shards.map((shard) => shard.length))).toBeGreaterThan(25);
    expect(shards.flat().toSorted()).toEqual(ids.toSorted());
    for (const shard of shards) {
      const ages = shard.map((id) => Number(id.slice('order_'.length)));
      expect(ages).toEqual(ages.toSorted((one, other) => other - one));
    }
  });

  it('reads a page only when somebody comes to it', async () => {
    for (let n = 0; n < 60; n += 1)
      await store.transact([put({ pk: `${n}`, sk: 'X' }, { dueShard: 'DUE#0', dueAt: at(n) })]);
    let pages = 0;
    const counting = {
      ...store,
      query: (query: Parameters<typeof store.query>[0]) => {
        pages += 1;
        return store.query(query);
      },
    };
    const walk = walkOf(counting, { index: 'due', pk: 'DUE#0' });
    expect(pages).toBe(0);
    for (let n = 0; n < 25; n += 1) await walk.next();
    expect(pages).toBe(1);
    expect(await all(walk)).toHaveLength(35);
    expect(pages).toBe(3);
  });

  it('leaves a record as it was written', () => {
    const record: Item = { id: 'order_1', state: 'PLACED' };
    expect(withoutDue({ ...record, ...dueOf('order_1', NOON) })).toEqual(record);
  });
});
