/** Where an item lies in a table. Both halves are never empty. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What an attribute may hold: plain JSON data. A field that is `undefined` is not stored. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [field: string]: Value | undefined };

/** An item as it is read: its attributes with `pk` and `sk` among them. */
export interface Item {
  readonly [attribute: string]: Value | undefined;
}

/** A key as a person reads it. */
export const keyText = ({ pk, sk }: Key): string => `${pk} / ${sk}`;

/** A key as one text that no other key has. */
export const identityOf = ({ pk, sk }: Key): string => `${pk.length}:${pk}${sk}`;

/** The names on a path: `steps.hold.state` is three. A dot always separates, so names hold none. */
export const namesOf = (path: string): readonly string[] => path.split('.');

const isRecord = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at `path`, or `undefined` where nothing does. Lists have no named fields. */
export const fieldOf = (item: Item | undefined, path: string): Value | undefined => {
  let found: Value | undefined = item;
  for (const name of namesOf(path)) {
    if (!isRecord(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
};

const isStorableNumber = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

/**
 * Copies plain data, without the fields that are `undefined`, so that every store keeps the same thing.
 *
 * @throws {TypeError} something in it would not come back as it went in: a date, a class, a function, NaN, an
 *   integer that is not exact; a programmer's error, named by its path
 */
export const plain = (value: unknown, path = 'value'): Value => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && isStorableNumber(value)) return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map((element, n) => plain(element, `${path}[${n}]`));
  if (typeof value === 'object' && isPlainObject(value)) return plainItem(value, path);
  throw new TypeError(`${path} cannot be stored: it is not plain data`);
};

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** {@link plain} for a whole item or a map in it. Every effect copies its items, so it makes no lists of pairs. */
export const plainItem = (value: object, path = 'item'): Item => {
  const copy: Record<string, Value> = {};
  for (const name of Object.keys(value)) {
    const field: unknown = value[name as keyof object];
    if (field !== undefined) copy[name] = plain(field, `${path}.${name}`);
  }
  return copy;
};
