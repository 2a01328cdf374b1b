/**
 * What every store of effects must do. The tests of each store call it, so that the model in memory and the table
 * cannot drift apart.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidInputError, UnexpectedError } from '../errors/index.ts';
import {
  above,
  absent,
  anyOf,
  atLeast,
  atMost,
  before,
  below,
  type Change,
  type Clause,
  check,
  differs,
  equals,
  erase,
  type Guard,
  has,
  missing,
  missingOr,
  oneOf,
  present,
  put,
  update,
  when,
} from './change.ts';
import { holds } from './evaluate.ts';
import type { Item, Key } from './item.ts';
import { ChangesRefused, type EffectStore, type Refusal } from './store.ts';

/** @param openStore gives an empty store; it is opened once */
export const storeContract = (name: string, openStore: () => Promise<EffectStore> | EffectStore): void => {
  let store: EffectStore;
  beforeAll(async () => {
    store = await openStore();
  });

  let partitions = 0;
  const newKey = (sk = 'item'): Key => {
    partitions += 1;
    return { pk: `contract#${partitions}`, sk };
  };

  describe(`${name}: single items`, () => {
    it('finds nothing where nothing was put', async () => {
      expect(await store.get(newKey())).toBeUndefined();
    });

    it('gives back what was put, with its key, at any depth', async () => {
      const key = newKey();
      const item = {
        name: 'Wagh Bakri चाय 🫖',
        size: 0.1,
        count: -9_007_199_254_740_991,
        none: null,
        yes: true,
        list: [1, 'two', { three: [] }, null],
        map: { data: { status: 'open' }, empty: {} },
      };
      await store.transact([put(key, item)]);
      expect(await store.get(key)).toEqual({ ...item, ...key });
    });

    it('replaces the whole item by a put, and forgets an erased one', async () => {
      const key = newKey();
      await store.transact([put(key, { one: 1 })]);
      await store.transact([put(key, { two: 2 })]);
      expect(await store.get(key)).toEqual({ ...key, two: 2 });
      await store.transact([erase(key)]);
      await store.transact([erase(key)]);
      expect(await store.get(key)).toBeUndefined();
    });

    it('sets, adds to and removes fields by path, whatever they are called', async () => {
      const key = newKey();
      await store.transact([
        put(key, { status: 'old', steps: { hold: { state: 'asked', count: 1 } }, keep: 1, drop: 1 }),
      ]);
      await store.transact([
        update(key, {
          set: { status: 'new', 'steps.hold.state': 'done', 'steps.settle': { state: 'asked' } },
          add: { 'steps.hold.count': 2, 'steps.hold.size': -3, keep: 0.5, value: 4 },
          remove: ['drop', 'absent', 'steps.hold.absent'],
        }),
      ]);
      expect(await store.get(key)).toEqual({
        ...key,
        status: 'new',
        steps: { hold: { state: 'done', count: 3, size: -3 }, settle: { state: 'asked' } },
        keep: 1.5,
        value: 4,
      });
    });

    it('makes an item by an update where there was none', async () => {
      const key = newKey();
      await store.transact([update(key, { add: { count: 1 } })]);
      expect(await store.get(key)).toEqual({ ...key, count: 1 });
      const bare = newKey();
      await store.transact([update(bare, { remove: ['anything'] })]);
      expect(await store.get(bare)).toEqual(bare);
    });

    it('takes an update of no field for a check', async () => {
      const key = newKey();
      const nothing = update(
        key,
        { set: { kyc: undefined } },
        when(present(), () => new UnexpectedError({ reason: 'absent' })),
      );
      await expect(store.transact([nothing])).rejects.toBeInstanceOf(ChangesRefused);
      await store.transact([put(key, { kyc: 'full' })]);
      await store.transact([nothing]);
      expect(await store.get(key)).toEqual({ ...key, kyc: 'full' });
      expect(() => update(key, {})).toThrow(TypeError);
    });

    it('writes nothing when an update sets a path below a missing map: a defect, not a refusal', async () => {
      const [key, other] = [newKey(), newKey()];
      const defect = update(key, { set: { 'none.field': 1 } });
      const caught = await store.transact([put(other, {}), defect]).catch((error: unknown) => error);
      expect(caught).toBeInstanceOf(Error);
      expect(caught).not.toBeInstanceOf(ChangesRefused);
      expect(await store.get(other)).toBeUndefined();
      expect(await store.get(key)).toBeUndefined();
    });
  });

  describe(`${name}: transactions`, () => {
    const refused = (clause: Clause): Guard => when(clause, () => new UnexpectedError({ reason: 'refused' }));
    const refusalsOf = async (changes: readonly Change[]): Promise<readonly Refusal[]> => {
      const caught = await store.transact(changes).catch((error: unknown) => error);
      expect(caught).toBeInstanceOf(ChangesRefused);
      return (caught as ChangesRefused).refusals;
    };

    it('writes nothing at all when one guard does not hold', async () => {
      const keys = [newKey(), newKey(), newKey(), newKey()] as const;
      const [made, changed, erased, checked] = keys;
      const kept = [undefined, { ...changed, n: 1 }, { ...erased, n: 2 }, undefined];
      await store.transact([put(changed, { n: 1 }), put(erased, { n: 2 })]);
      const refusals = await refusalsOf([
        put(made, {}),
        update(changed, { add: { n: 1 } }),
        erase(erased),
        check(checked, refused(present())),
      ]);
      expect(refusals).toEqual([{ index: 3, found: undefined }]);
      expect(await Promise.all(keys.map((key) => store.get(key)))).toEqual(kept);
    });

    it('tells every change that was refused, by its position and with the item it found', async () => {
      const keys = [newKey(), newKey(), newKey(), newKey()] as const;
      await store.transact([put(keys[0], { n: 1 }), put(keys[2], { n: 2, deep: { list: [1.5, 'x'] } })]);
      expect(
        await refusalsOf([
          put(keys[0], {}, refused(absent())),
          put(keys[1], {}, refused(absent())),
          update(keys[2], { add: { n: 1 } }, refused(atLeast('n', 2)), refused(atLeast('n', 3))),
          erase(keys[3], refused(present())),
        ]),
      ).toEqual([
        { index: 0, found: { ...keys[0], n: 1 } },
        { index: 2, found: { ...keys[2], n: 2, deep: { list: [1.5, 'x'] } } },
        { index: 3, found: undefined },
      ]);
    });

    it('takes 100 changes, and neither 101 nor none', async () => {
      const { pk } = newKey();
      const puts = Array.from({ length: 101 }, (_, n) => put({ pk, sk: `${n}`.padStart(3, '0') }, { n }));
      await expect(store.transact(puts)).rejects.toThrow();
      await expect(store.transact([])).rejects.toThrow();
      await store.transact(puts.slice(1));
      expect((await store.query({ pk, limit: 200 })).items).toHaveLength(100);
    });

    it('refuses to change one item twice', async () => {
      const key = newKey();
      await expect(store.transact([put(key, {}), erase(key)])).rejects.toThrow();
      expect(await store.get(key)).toBeUndefined();
    });

    it.each<Clause>([
      absent(),
      present(),
      missing('n'),
      missing('map.n'),
      has('map.none'),
      has('map.text.deeper'),
      has('list.n'),
      equals('n', 5),
      equals('n', '5'),
      equals('map', { n: 5, text: 'm', none: null }),
      equals('list', [1, { a: 'b' }]),
      equals('list', []),
      equals('map.none', null),
      differs('n', 5),
      differs('text', 'm'),
      atLeast('n', 5),
      atLeast('text', 'm'),
      atMost('n', 5),
      atMost('map.n', 4),
      below('n', 5),
      below('text', 'ｍ'),
      above('n', 5),
      above('text', '𝐦'),
      before('text', 'n'),
      oneOf('n', [1, 5, 'm']),
      oneOf('text', ['', 'm', null]),
      missingOr('n', below('n', 5)),
      anyOf(equals('text', 'n'), above('map.n', 4)),
    ])('judges %j as it is judged in memory', async (clause) => {
      const samples: readonly (Item | undefined)[] = [
        undefined,
        {},
        { n: 5, text: 'm', list: [1, { a: 'b' }], map: { n: 5, text: 'm', none: null } },
        { n: 6, text: 'ｍ', list: [], map: { n: 4 } },
        { n: -7, text: '𝐦', list: [1, { a: 'b', c: 'd' }], map: 'no map' },
        { n: '5', text: '', list: { n: 1 }, map: [] },
        { n: null, text: null, list: null, map: { none: false } },
      ];
      for (const sample of samples) {
        const key = newKey();
        if (sample !== undefined) await store.transact([put(key, sample)]);
        const caught = await store.transact([check(key, refused(clause))]).catch((error: unknown) => error);
        const stored = sample === undefined ? undefined : { ...sample, ...key };
        expect([sample, caught === undefined || caught instanceof ChangesRefused]).toEqual([sample, true]);
        expect([sample, caught === undefined]).toEqual([sample, holds(clause, stored)]);
      }
    });
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
