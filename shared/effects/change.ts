/**
 * Changes and their conditions, as data: the memory store evaluates them, the DynamoDB store compiles them, and
 * whoever is refused learns by name which condition it was.
 */
import type { HouseError } from '../errors/index.ts';
import { type Item, identityOf, type Key, keyText, namesOf, plain, plainItem, type Value } from './item.ts';

/** A condition on one item. Fields may be paths (`steps.hold.state`). */
export type Clause =
  | { readonly is: 'absent' | 'present' }
  | { readonly is: 'missing' | 'has'; readonly field: string }
  | { readonly is: 'equals' | 'differs'; readonly field: string; readonly value: Value }
  | {
      readonly is: 'atLeast' | 'atMost' | 'below' | 'above';
      readonly field: string;
      readonly value: number | string;
    }
  | { readonly is: 'oneOf'; readonly field: string; readonly values: readonly Value[] }
  | { readonly is: 'anyOf'; readonly clauses: readonly Clause[] };

/** The item does not exist. */
export const absent = (): Clause => ({ is: 'absent' });
/** The item exists. */
export const present = (): Clause => ({ is: 'present' });
/** The item has no such field (also true of an item that does not exist). */
export const missing = (field: string): Clause => ({ is: 'missing', field });
/** The item has the field, whatever it holds. */
export const has = (field: string): Clause => ({ is: 'has', field });
/** The field holds exactly this. */
export const equals = (field: string, value: Value): Clause => ({ is: 'equals', field, value: plain(value) });
/** The field holds something else, or is missing. */
export const differs = (field: string, value: Value): Clause => ({
  is: 'differs',
  field,
  value: plain(value),
});
/** The field is a number, or a text, that is this or more; false where it is missing or of another type. */
export const atLeast = (field: string, value: number | string): Clause => ({ is: 'atLeast', field, value });
/** The field is this or less. */
export const atMost = (field: string, value: number | string): Clause => ({ is: 'atMost', field, value });
/** The field is less than this. */
export const below = (field: string, value: number | string): Clause => ({ is: 'below', field, value });
/** The field is more than this. */
export const above = (field: string, value: number | string): Clause => ({ is: 'above', field, value });

/** The field holds one of these: 1 to 100 of them. */
export const oneOf = (field: string, values: readonly Value[]): Clause => {
  if (values.length < 1 || values.length > 100)
    throw new TypeError(`oneOf('${field}') takes 1 to 100 values`);
  return { is: 'oneOf', field, values: values.map((value) => plain(value)) };
};

/** At least one of these holds. */
export const anyOf = (...clauses: readonly Clause[]): Clause => {
  if (clauses.length === 0) throw new TypeError('anyOf() takes at least one clause');
  return { is: 'anyOf', clauses };
};

/** A condition with the error that its failure is. */
export interface Guard {
  readonly clause: Clause;
  /** Gets the item on which the clause failed, as the store saw it in that moment. */
  readonly orElse: (found: Item | undefined) => HouseError;
}

export const when = (clause: Clause, orElse: Guard['orElse']): Guard => ({ clause, orElse });

/** What is done to one item, if its guards hold. */
export type Change = { readonly key: Key; readonly guards: readonly Guard[] } & (
  | { readonly does: 'put'; readonly item: Item }
  | ({ readonly does: 'update' } & Fields)
  | { readonly does: 'check' | 'erase' }
);

interface Fields {
  readonly set: { readonly [path: string]: Value };
  readonly add: { readonly [path: string]: number };
  readonly remove: readonly string[];
}

/** Writes the whole item, over whatever was there unless a guard says otherwise. */
export const put = (key: Key, item: Item, ...guards: readonly Guard[]): Change => ({
  does: 'put',
  key: keyOf(key),
  item: plainItem({ ...item, ...keyOf(key) }),
  guards,
});

/**
 * Changes fields of an item, or makes an item of them where there was none.
 * `set` writes, `add` adds to a number (missing counts as 0), `remove` takes away. All take paths; every map above
 * the last name of a path must exist already, or the whole commit is refused as a programmer's error.
 * With no fields at all it is a {@link check}: a caller may have been asked to change nothing.
 *
 * @throws {TypeError} it touches the key, two of its paths overlap, or it neither changes nor asks anything
 */
export const update = (
  key: Key,
  { set = {}, add = {}, remove = [] }: { set?: Item; add?: Fields['add']; remove?: readonly string[] },
  ...guards: readonly Guard[]
): Change => {
  const fields = {
    set: plainItem(set) as Fields['set'], // plainItem leaves no field undefined
    add: plainItem(add) as Fields['add'],
    remove,
  };
  refuseOverlap(key, fields);
  if (Object.keys(fields.set).length + Object.keys(fields.add).length + remove.length === 0) {
    const [first, ...others] = guards;
    if (first === undefined) throw new TypeError(`${keyText(key)}: an update of nothing, with no guard`);
    return check(key, first, ...others);
  }
  return { does: 'update', key: keyOf(key), ...fields, guards };
};

/** Changes nothing, but the commit happens only if the guards hold. */
export const check = (key: Key, guard: Guard, ...guards: readonly Guard[]): Change => ({
  does: 'check',
  key: keyOf(key),
  guards: [guard, ...guards],
});

/** Deletes the item, if there is one. */
export const erase = (key: Key, ...guards: readonly Guard[]): Change => ({
  does: 'erase',
  key: keyOf(key),
  guards,
});

/**
 * One change a key, in the order in which the keys first appear: a transaction may touch an item only once.
 * Updates of an item join, sums of the same field too; checks join with anything.
 *
 * @throws {TypeError} they cannot both be meant: two puts, a put and an update, two updates of one field
 */
export const merged = (changes: readonly Change[]): readonly Change[] => {
  const byKey = new Map<string, Change>();
  for (const change of changes) {
    const identity = identityOf(change.key);
    const earlier = byKey.get(identity);
    byKey.set(identity, earlier === undefined ? change : joined(earlier, change));
  }
  return [...byKey.values()];
};

const joined = (one: Change, two: Change): Change => {
  const guards = [...one.guards, ...two.guards];
  if (two.does === 'check') return { ...one, guards };
  if (one.does === 'check') return { ...two, guards };
  if (one.does === 'update' && two.does === 'update') {
    const add = { ...one.add };
    for (const [path, by] of Object.entries(two.add)) add[path] = (add[path] ?? 0) + by;
    const twice = Object.keys(two.set).find((path) => Object.hasOwn(one.set, path));
    if (twice !== undefined) throw new TypeError(`${keyText(one.key)}: two updates set ${twice}`);
    const fields = {
      set: { ...one.set, ...two.set },
      add,
      remove: [...new Set([...one.remove, ...two.remove])],
    };
    refuseOverlap(one.key, fields);
    return { does: 'update', key: one.key, ...fields, guards };
  }
  throw new TypeError(`${keyText(one.key)}: a ${one.does} and a ${two.does} of one item in one commit`);
};

const keyOf = ({ pk, sk }: Key): Key => {
  if (pk === '' || sk === '')
    throw new TypeError(`A key has two parts, neither of them empty: ${pk} / ${sk}`);
  return { pk, sk };
};

/** DynamoDB refuses paths that are equal or lie one in the other. */
const refuseOverlap = (key: Key, { set, add, remove }: Fields): void => {
  const paths = [...Object.keys(set), ...Object.keys(add), ...remove].map((path) => `${path}.`).sort();
  for (const [n, path] of paths.entries()) {
    const [first] = namesOf(path);
    if (first === 'pk' || first === 'sk') throw new TypeError(`${keyText(key)}: the key cannot change`);
    if (paths[n + 1]?.startsWith(path)) {
      throw new TypeError(`${keyText(key)}: an update touches ${path.slice(0, -1)} twice`);
    }
  }
};
