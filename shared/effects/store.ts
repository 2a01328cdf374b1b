import { InvalidInputError, TransientError } from '../errors/index.ts';
import type { Change } from './change.ts';
import type { Item, Key } from './item.ts';

/** What `shared/effects` needs of a table. Every store passes the same tests (`store-contract.fixture.ts`). */
export interface EffectStore {
  /**
   * All of the changes or none. Each key at most once, at most {@link MAX_CHANGES} of them.
   *
   * @throws {ChangesRefused} guards did not hold; nothing was written
   * @throws {StoreBusy} somebody else was at the same items; nothing was written and a retry helps
   * @throws {Error} anything else; where it is transient by `HouseError.from`, it may have been written or not
   */
  transact(changes: readonly Change[]): Promise<void>;
  /** The item as it is now, after every write that was answered. */
  get(key: Key): Promise<Item | undefined>;
  query(query: Query): Promise<Page>;
}

export interface Query {
  /** @default the table itself, read consistently; an index may lag behind */
  readonly index?: string;
  readonly pk: string;
  /** Only items whose sort key starts so. @default all of the partition */
  readonly beginsWith?: string;
  /** A cursor: `next` of the page before. @default from the start */
  readonly from?: string;
  /** At most so many items a page. */
  readonly limit: number;
  /** From the greatest sort key down. @default false */
  readonly newestFirst?: boolean;
}

export interface Page {
  readonly items: readonly Item[];
  /** Where the next page starts; missing when there is none. */
  readonly next?: string;
}

/** DynamoDB's limit for one transaction. */
export const MAX_CHANGES = 100;

/** The key attributes of an index. */
export interface Index {
  readonly pk: string;
  readonly sk: string;
}

export type Indexes = { readonly [name: string]: Index };

/** The indexes of every table of effects: the ledger by day, and the events that are not sent. */
export const houseIndexes = {
  byDay: { pk: 'dayPk', sk: 'daySk' },
  unsent: { pk: 'unsentShard', sk: 'createdAt' },
} as const satisfies Indexes;

/** @throws {TypeError} the store knows no such index; a programmer's error */
export const keysOfIndex = (indexes: Indexes, name: string | undefined): Index => {
  const keys = name === undefined ? { pk: 'pk', sk: 'sk' } : indexes[name];
  if (keys === undefined) throw new TypeError(`No index is called ${name}`);
  return keys;
};

/** One change whose guards did not all hold, with the item on which they failed. */
export interface Refusal {
  readonly index: number;
  readonly found: Item | undefined;
}

/** Some guards did not hold. Between a store and `commit` only: callers get the errors of the guards. */
export class ChangesRefused extends Error {
  override readonly name = 'ChangesRefused';
  readonly refusals: readonly Refusal[];
  /** Others were writing some of the items, so the refusals may show a moment in between. */
  readonly busy: boolean;

  constructor(
    refusals: readonly Refusal[],
    { busy = false, ...options }: ErrorOptions & { busy?: boolean } = {},
  ) {
    super(`Refused: changes ${refusals.map(({ index }) => index).join(', ')}`, options);
    this.refusals = refusals;
    this.busy = busy;
  }
}

/** The store wrote nothing because of other writers or its own limits. */
export class StoreBusy extends TransientError {}

/** A position in a query, as text that a client may hold. It only moves inside the partition it was made for. */
export const cursorOf = (position: { readonly [attribute: string]: unknown }): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws {InvalidInputError} it is no cursor of this query */
export const positionOf = (
  cursor: string,
  { pk, sk }: Index,
  partition: string,
): { [name: string]: string } => {
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { [name: string]: unknown };
    const named = ['pk', 'sk', pk, sk].map((name) => [name, position[name]] as const);
    if (position[pk] === partition && named.every(isNamedText)) return Object.fromEntries(named);
  } catch {
    // Not even JSON: refused below like every other text that we did not give out.
  }
  throw new InvalidInputError({ issues: [{ field: 'from', expected: 'the cursor of an earlier page' }] });
};

const isNamedText = (entry: readonly [string, unknown]): entry is readonly [string, string] =>
  typeof entry[1] === 'string';
