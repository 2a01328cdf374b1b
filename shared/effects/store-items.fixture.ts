/** What every store of effects must do: one item at a time. */
import { beforeAll, describe, expect, it } from 'vitest';
import { UnexpectedError } from '../errors/index.ts';
import { erase, present, put, update, when } from './change.ts';
import { ChangesRefused, type EffectStore } from './store.ts';

import type { StoreUnderTest } from './store-contract.fixture.ts';

export const itemsContract = ({ name, openStore, newKey }: StoreUnderTest): void => {
  let store: EffectStore;
  beforeAll(async () => {
    store = await openStore();
  });

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
};
