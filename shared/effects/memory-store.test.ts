import { describe, expect, it } from 'vitest';
import { type Change, put, update } from './change.ts';
import type { Key } from './item.ts';
import { memoryStore } from './memory-store.ts';
import { storeContract } from './store-contract.fixture.ts';
import { writersContract } from './writers-contract.fixture.ts';

storeContract('the store in memory', () => memoryStore());
writersContract('the store in memory', () => memoryStore());

describe('the store in memory', () => {
  const key: Key = { pk: 'a', sk: '1' };

  // AWS refuses all of these; the emulator takes some of them silently.
  it.each<readonly [string, Change]>([
    ['sets a path below a text', update(key, { set: { 'text.field': 1 } })],
    ['sets a path below a list', update(key, { set: { 'list.field': 1 } })],
    ['removes a path below a missing map', update(key, { remove: ['none.field'] })],
    ['adds to a text', update(key, { add: { text: 1 } })],
  ])('refuses an update that %s as a defect of the caller', async (_, defect) => {
    const store = memoryStore();
    await store.transact([put(key, { text: 'text', list: [] })]);
    await expect(store.transact([defect, put({ pk: 'b', sk: '1' }, {})])).rejects.toThrow(TypeError);
    expect(store.all()).toEqual([{ ...key, text: 'text', list: [] }]);
  });

  it('tells everything that is stored, in the order of the keys', async () => {
    const store = memoryStore();
    const keys = ['b 1', 'a 2', 'a 1'].map((text) => ({ pk: text.slice(0, 1), sk: text.slice(2) }));
    await store.transact(keys.map((each) => put(each, {})));
    expect(store.all().map(({ pk, sk }) => `${pk} ${sk}`)).toEqual(['a 1', 'a 2', 'b 1']);
  });
});
