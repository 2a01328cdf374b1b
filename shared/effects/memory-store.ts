import type { Change } from './change.ts';
import { holds, textOrder } from './evaluate.ts';
import { fieldOf, type Item, identityOf, type Key, keyText, namesOf, type Value } from './item.ts';
import {
  ChangesRefused,
  cursorOf,
  type EffectStore,
  houseIndexes,
  type Indexes,
  keysOfIndex,
  MAX_CHANGES,
  positionOf,
} from './store.ts';

/** A store in memory for tests and models. Each call is atomic; nothing in it waits. */
export interface MemoryStore extends EffectStore {
  /** Everything that is stored, in the order of the keys. */
  all(): readonly Item[];
}

/** @param indexes the indexes beside the table; default: those of every table of effects */
export const memoryStore = ({ indexes = houseIndexes }: { indexes?: Indexes } = {}): MemoryStore => {
  const items = new Map<string, Item>();

  return {
    async transact(changes) {
      refuseShape(changes);
      const refusals = changes.flatMap(({ key, guards }, index) => {
        const found = items.get(identityOf(key));
        return guards.every(({ clause }) => holds(clause, found)) ? [] : [{ index, found }];
      });
      if (refusals.length > 0) throw new ChangesRefused(refusals);
      const written = changes.map((change) => {
        const identity = identityOf(change.key);
        return [identity, applied(change, items.get(identity))] as const;
      });
      for (const [identity, item] of written) {
        if (item === undefined) items.delete(identity);
        else items.set(identity, item);
      }
    },

    async get(key) {
      return items.get(identityOf(key));
    },

    async query({ index, pk, beginsWith = '', from, limit, newestFirst = false }) {
      const keys = keysOfIndex(indexes, index);
      const way = newestFirst ? -1 : 1;
      const inOrder = (one: Item, two: Item) =>
        way * (textOrder(textOf(one, keys.sk), textOf(two, keys.sk)) || byKey(one, two));
      const start = from === undefined ? undefined : positionOf(from, keys, pk);
      const found = [...items.values()]
        .filter((item) => item[keys.pk] === pk && textOf(item, keys.sk).startsWith(beginsWith))
        .filter((item) => item[keys.sk] !== undefined && (start === undefined || inOrder(item, start) > 0))
        .sort(inOrder);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      if (last === undefined || found.length <= limit) return { items: page };
      const position = [...new Set(['pk', 'sk', keys.pk, keys.sk])].map((name) => [name, last[name]]);
      return { items: page, next: cursorOf(Object.fromEntries(position)) };
    },

    all: () => [...items.values()].sort(byKey),
  };
};

const textOf = (item: Item, attribute: string): string => String(item[attribute] ?? '');

const byKey = (one: Item, two: Item): number =>
  textOrder(textOf(one, 'pk'), textOf(two, 'pk')) || textOrder(textOf(one, 'sk'), textOf(two, 'sk'));

/** What DynamoDB refuses before it looks at anything. */
const refuseShape = (changes: readonly Change[]): void => {
  if (changes.length === 0 || changes.length > MAX_CHANGES) {
    throw new TypeError(`A transaction has 1 to ${MAX_CHANGES} changes, not ${changes.length}`);
  }
  if (new Set(changes.map(({ key }) => identityOf(key))).size < changes.length) {
    throw new TypeError('A transaction changes each item once');
  }
};

/** The item after a change; `undefined` when there is none any more. */
const applied = (change: Change, found: Item | undefined): Item | undefined => {
  switch (change.does) {
    case 'put':
      return change.item;
    case 'check':
      return found;
    case 'erase':
      return undefined;
    case 'update': {
      let item: Item = found ?? { ...change.key };
      for (const [path, value] of Object.entries(change.set)) item = withField(change.key, item, path, value);
      for (const [path, by] of Object.entries(change.add)) {
        item = withField(change.key, item, path, sum(change.key, path, fieldOf(item, path) ?? 0, by));
      }
      for (const path of change.remove) item = withField(change.key, item, path, undefined);
      return item;
    }
  }
};

const sum = (key: Key, path: string, found: Value, by: number): number => {
  if (typeof found !== 'number') throw new TypeError(`${keyText(key)}: ${path} is no number to add to`);
  return found + by;
};

/** A copy with `value` at `path`; `undefined` takes the field away. */
const withField = (key: Key, item: Item, path: string, value: Value | undefined): Item => {
  const [name = '', ...below] = namesOf(path);
  if (below.length > 0) {
    const map = Object.hasOwn(item, name) ? item[name] : undefined;
    if (typeof map !== 'object' || map === null || Array.isArray(map)) {
      throw new TypeError(`${keyText(key)}: there is no map ${name} above ${path}`);
    }
    return { ...item, [name]: withField(key, map as Item, below.join('.'), value) };
  }
  const { [name]: _taken, ...rest } = item;
  return value === undefined ? rest : { ...rest, [name]: value };
};
