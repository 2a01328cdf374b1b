import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { erase } from '../../../shared/effects/change.ts';
import {
  absent,
  atLeast,
  type Change,
  check,
  equals,
  memoryStore,
  missing,
  put,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { rushStore } from './store.fixture.ts';

const error = () => new VersionConflictError({ expected: 1, found: null });
const guard = fc.constantFrom(
  ...[absent(), missing('count'), equals('version', 1), atLeast('count', 1)].map((clause) =>
    when(clause, error),
  ),
);
const key = fc.constantFrom({ pk: 'A', sk: 'A' }, { pk: 'B', sk: 'B' });
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(key, fc.nat(2), fc.array(guard, { maxLength: 1 }))
    .map(([of, version, guards]) => put(of, { version }, ...guards)),
  fc
    .tuple(key, fc.integer({ min: -1, max: 1 }), fc.array(guard, { maxLength: 1 }))
    .map(([of, count, guards]) =>
      update(of, { add: { count }, set: { seen: true }, remove: ['gone'] }, ...guards),
    ),
  fc.tuple(key, guard).map(([of, one]) => check(of, one)),
  key.map((of) => erase(of)),
);

property.prop([fc.array(anyChange, { maxLength: 12 })])(
  'changes what the store of every other test changes, and refuses what that refuses',
  async (changes) => {
    const [one, other] = [rushStore(), memoryStore()];
    for (const change of changes) {
      const [first, second] = await Promise.allSettled([one.transact([change]), other.transact([change])]);
      expect(first.status).toBe(second.status);
      expect(await one.get(change.key)).toEqual(await other.get(change.key));
    }
  },
);

it('changes all of a transaction or nothing, and says what it was', async () => {
  const store = rushStore();
  const [a, b] = [
    { pk: 'A', sk: 'A' },
    { pk: 'B', sk: 'B' },
  ];
  expect(store.apply([put(a, { version: 1 })])).toEqual([{ before: undefined, after: { ...a, version: 1 } }]);
  expect(() => store.apply([put(b, {}), put(a, {}, when(absent(), error))])).toThrow('Refused: changes 1');
  expect(store.peek('B', 'B')).toBeUndefined();
  await expect(store.query({ pk: 'A', limit: 1 })).rejects.toThrow(TypeError);
});

it('says what is due, as long as it is', () => {
  const store = rushStore();
  const pool = { pk: 'POOL#p', sk: 'POOL' };
  const at = new Date('2026-12-01T00:00:00.000Z');
  store.apply([put(pool, { id: 'p', dueShard: 'DUE#0', dueAt: `${at.toISOString()}#p` })]);
  expect(store.due(at)).toEqual([{ what: 'pool', pool: 'p' }]);
  expect(store.due(new Date(at.getTime() - 1))).toEqual([]);
  store.apply([update(pool, { remove: ['dueShard', 'dueAt'] })]);
  expect(store.due(at)).toEqual([]);
});
