/** What every store of effects must do: partitions and indexes, page by page. */
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidInputError } from '../errors/index.ts';
import { put } from './change.ts';
import type { Item } from './item.ts';
import type { EffectStore } from './store.ts';

import type { StoreUnderTest } from './store-contract.fixture.ts';

export const queriesContract = ({ name, openStore }: StoreUnderTest): void => {
  let store: EffectStore;
  beforeAll(async () => {
    store = await openStore();
  });

  describe(`${name}: queries`, () => {
    const pk = 'contract#query';
    const all = ['a#1', 'a#2', 'a#3', 'b#1', 'ｍ', '𝐦'].map((sk, n) => ({
      pk,
      sk,
      n,
      dayPk: 'day#query',
      daySk: `${9 - n}`,
    }));

    beforeAll(async () => {
      await store.transact([
        ...all.map((item) => put(item, item)),
        put({ pk, sk: 'c#1' }, { dayPk: 'day#query' }), // without its sort key it is not in the index
        put({ pk: 'contract#other', sk: 'a#1' }, { dayPk: 'day#other', daySk: '5' }),
      ]);
    });

    const keys = (items: readonly Item[]) => items.map(({ sk }) => sk);

    it('reads a partition in the order of the sort key, by its bytes', async () => {
      const { items, next } = await store.query({ pk, limit: 10 });
      expect(keys(items)).toEqual(['a#1', 'a#2', 'a#3', 'b#1', 'c#1', 'ｍ', '𝐦']);
      expect(items[1]).toEqual(all[1]);
      expect(next).toBeUndefined();
    });

    it('reads only what begins so, and the newest first', async () => {
      const { items } = await store.query({ pk, beginsWith: 'a#', newestFirst: true, limit: 2 });
      expect(keys(items)).toEqual(['a#3', 'a#2']);
    });

    it.each([{ newestFirst: false }, { newestFirst: true }])('goes on from page to page, %j', async (way) => {
      const found: Item[] = [];
      let from: string | undefined;
      do {
        const page = await store.query({ pk, limit: 3, ...way, ...(from === undefined ? {} : { from }) });
        expect(page.items.length).toBeLessThanOrEqual(3);
        found.push(...page.items);
        from = page.next;
      } while (from !== undefined);
      const whole = await store.query({ pk, limit: 10, ...way });
      expect(found).toEqual(whole.items);
    });

    it('reads an index in its own order and page by page', async () => {
      const first = await store.query({ index: 'byDay', pk: 'day#query', limit: 4 });
      expect(keys(first.items)).toEqual(['𝐦', 'ｍ', 'b#1', 'a#3']);
      const second = await store.query({ index: 'byDay', pk: 'day#query', limit: 4, from: first.next ?? '' });
      expect(keys(second.items)).toEqual(['a#2', 'a#1']);
      expect(second.items[1]).toEqual(all[0]);
    });

    it('refuses a cursor that is none, or that was given out for another partition', async () => {
      const { next = '' } = await store.query({ pk, limit: 1 });
      const forged = Buffer.from(JSON.stringify({ pk, sk: 1 })).toString('base64url');
      for (const query of [
        { pk, from: 'no cursor' },
        { pk, from: forged },
        { pk: 'contract#other', from: next },
        { index: 'byDay', pk: 'day#query', from: next },
      ]) {
        await expect(store.query({ ...query, limit: 1 })).rejects.toBeInstanceOf(InvalidInputError);
      }
    });

    it('knows no index but its own', async () => {
      await expect(store.query({ index: 'byNight', pk, limit: 1 })).rejects.toBeInstanceOf(TypeError);
    });
  });
};
