import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { UnexpectedError } from '../errors/index.ts';
import {
  absent,
  anyOf,
  atLeast,
  type Change,
  check,
  erase,
  type Guard,
  merged,
  oneOf,
  put,
  update,
  when,
} from './change.ts';
import type { Item } from './item.ts';
import { memoryStore } from './memory-store.ts';

const key = { pk: 'wallet#1', sk: 'balance' };
const other = { pk: 'wallet#2', sk: 'balance' };
const guard = (reason: string): Guard => when(absent(), () => new UnexpectedError({ reason }));

describe('a change', () => {
  it('keeps what is plain, without the fields that are undefined', () => {
    const change = put(key, { a: undefined, b: { c: undefined, d: [-0] } });
    expect(change).toEqual({ does: 'put', key, item: { ...key, b: { d: [0] } }, guards: [] });
    expect(Object.is(change.does === 'put' && (change.item.b as { d: number[] }).d[0], 0)).toBe(true);
  });

  it.each<readonly [string, object]>([
    ['item.at', { at: new Date(0) }],
    ['item.n', { n: Number.NaN }],
    ['item.n', { n: 2 ** 53 }],
    ['item.map.list[1]', { map: { list: [1, undefined] } }],
    ['item.f', { f: () => 1 }],
    ['item.big', { big: 1n }],
  ])('names %s when it is no plain data', (path, item) => {
    expect(() => put(key, item as Item)).toThrow(`${path} cannot be stored`);
  });

  it.each([
    { pk: '', sk: 'a' },
    { pk: 'a', sk: '' },
  ])('refuses half a key: %j', (half) => {
    expect(() => erase(half)).toThrow(TypeError);
  });

  it.each([
    [{ set: { pk: 'x' } }, 'the key cannot change'],
    [{ remove: ['sk'] }, 'the key cannot change'],
    [{ set: { a: 1 }, add: { a: 1 } }, 'touches a twice'],
    [{ set: { 'a.b': 1 }, remove: ['a'] }, 'touches a twice'],
    [{ add: { 'a.b': 1 }, remove: ['a.b.c'] }, 'touches a.b twice'],
  ])('refuses the update %j', (fields, message) => {
    expect(() => update(key, fields)).toThrow(message);
  });

  it('takes fields whose names only begin alike', () => {
    expect(() => update(key, { set: { a: 1, ab: 2, 'a-b': 3, 'c.a': 4 }, remove: ['c.ab'] })).not.toThrow();
  });

  it('refuses a choice of nothing, or of more than a condition takes', () => {
    expect(() => oneOf('state', [])).toThrow('1 to 100');
    expect(() => oneOf('state', new Array(101).fill(1))).toThrow('1 to 100');
    expect(() => anyOf()).toThrow('at least one');
  });
});

describe('merged()', () => {
  it('leaves one change a key, where the key first appeared, with all guards in order', () => {
    const [one, two, three] = [guard('1'), guard('2'), guard('3')];
    expect(
      merged([
        check(key, one),
        put(other, { n: 1 }),
        update(key, { set: { a: 1 }, add: { n: 1 } }, two),
        update(key, { set: { b: 2 }, add: { n: 2, m: 1 }, remove: ['c'] }, three),
        check(other, one),
      ]),
    ).toEqual([
      {
        does: 'update',
        key,
        set: { a: 1, b: 2 },
        add: { n: 3, m: 1 },
        remove: ['c'],
        guards: [one, two, three],
      },
      { ...put(other, { n: 1 }), guards: [one] },
    ]);
  });

  it('does not mix up keys whose halves read alike', () => {
    expect(merged([put({ pk: 'a / b', sk: 'c' }, {}), put({ pk: 'a', sk: 'b / c' }, {})])).toHaveLength(2);
  });

  it.each<readonly [string, Change, Change]>([
    ['two puts', put(key, {}), put(key, {})],
    ['a put and an update', put(key, {}), update(key, { set: { a: 1 } })],
    ['an update and an erase', update(key, { set: { a: 1 } }), erase(key)],
    ['two erases', erase(key), erase(key)],
    ['two updates that set the same field', update(key, { set: { a: 1 } }), update(key, { set: { a: 1 } })],
    ['an update inside another', update(key, { set: { a: 1 } }), update(key, { set: { 'a.b': 1 } })],
  ])('refuses %s of one item', (_, one, two) => {
    expect(() => merged([one, two])).toThrow(TypeError);
  });

  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const anyUpdate = fc
    .record({ n: fc.nat(1), set: fc.dictionary(name, fc.nat(9)), add: fc.dictionary(name, fc.nat(9)) })
    .map(({ n, set, add }) => {
      const sums = Object.fromEntries(Object.entries(add).map(([field, by]) => [`sum-${field}`, by]));
      return update(
        n === 0 ? key : other,
        { set, add: sums },
        when(atLeast('none', 0), () => new UnexpectedError({ reason: '' })),
      );
    });

  test.prop([fc.array(anyUpdate, { minLength: 1, maxLength: 5 })])(
    'leaves the same items as the updates one after the other',
    async (updates) => {
      const free = updates.map((each): Change => ({ ...each, guards: [] }));
      let together: readonly Change[];
      try {
        together = merged(free);
      } catch {
        return; // they contradict each other
      }
      const [once, inTurn] = [memoryStore(), memoryStore()];
      await once.transact(together);
      for (const each of free) await inTurn.transact([each]);
      expect(once.all()).toEqual(inTurn.all());
      expect(merged(updates).flatMap(({ guards }) => guards)).toHaveLength(updates.length);
    },
  );
});
