/** What every store of effects must do: several changes together, all or none. */
import { beforeAll, describe, expect, it } from 'vitest';
import { UnexpectedError } from '../errors/index.ts';
import {
  above,
  absent,
  anyOf,
  atLeast,
  atMost,
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
  oneOf,
  present,
  put,
  update,
  when,
} from './change.ts';
import { holds } from './evaluate.ts';
import type { Item } from './item.ts';
import { ChangesRefused, type EffectStore, type Refusal } from './store.ts';

import type { StoreUnderTest } from './store-contract.fixture.ts';

export const transactionsContract = ({ name, openStore, newKey }: StoreUnderTest): void => {
  let store: EffectStore;
  beforeAll(async () => {
    store = await openStore();
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
      below('text', 'n'),
      oneOf('n', [1, 5, 'm']),
      oneOf('text', ['', 'm', null]),
      anyOf(missing('n'), below('n', 5)),
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
};
