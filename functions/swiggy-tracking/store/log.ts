/**
 * Logs, and what they are of. A new item, the order or booking as it stands with it, and the event that tells of it are one
 * transaction.
 */
import {
  absent,
  type Change,
  check,
  cursorOf,
  type Effect,
  type EffectStore,
  type Effects,
  equals,
  type Item,
  type Key,
  put,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import type { Now } from '../../../shared/time/index.ts';
import { events } from '../contract.events.ts';
import { MOST_ITEMS } from '../contract.views.ts';
import { named, type Tracked } from '../domain/followed.ts';
import type { Without } from '../domain/tracked.ts';
import { heldKey, heldPartition, itemKey } from './keys.ts';

/** The log outlives what it is of by a month, for whoever has a question; then it is forgotten, chat and all. */
export const LOG_DAYS = 30;
/** What waits for an earlier event: longer than any dead letter is kept. */
export const HELD_DAYS = 15;

/** An order or booking with the version of its record, which every write is conditioned on. */
export interface Found<T> {
  readonly tracked: T;
  readonly version: number;
}

/** What is added to a log. */
export interface Appending<T, I> {
  /** As it stands afterwards, without its new head. */
  readonly tracked: Omit<T, 'head'>;
  readonly item: Without<I, 'sequence'>;
  readonly effect: Effect;
  readonly origin: {
    readonly correlationId: string;
    readonly causationId?: string;
    readonly traceparent?: string;
  };
  /** What else is written with it. */
  readonly changes?: readonly Change[];
}

/** Where an item stands that was added. */
export interface Appended {
  readonly sequence: number;
  readonly at: string;
}

export interface Log<T, I> {
  find(id: string): Promise<Found<T> | undefined>;
  /** Items after a sequence, in order, at most a page. */
  after(id: string, from: number): Promise<{ readonly items: readonly I[]; readonly more: boolean }>;
  item(id: string, sequence: number): Promise<I | undefined>;
  /**
   * Adds an item, once for its effect; asked again it answers the first one.
   * @throws {VersionConflictError} somebody else has added one: read again and decide anew
   */
  append(
    found: Found<T> | undefined,
    appending: Appending<T, I>,
  ): Promise<{ readonly answer: Appended; readonly repeated: boolean }>;
  /** What an effect has added, if it has. */
  appended(effect: Effect): Promise<Appended | undefined>;
  /**
   * Keeps an event for later.
   * @throws {VersionConflictError} it has gone on meanwhile: the event's time may be now
   */
  hold(found: Found<T> | undefined, id: string, event: CloudEvent): Promise<void>;
  /** Events that have come too early, the first first. */
  held(id: string): Promise<readonly CloudEvent[]>;
}

/** What is logged: where its record lies, by what else it is found, and when it comes to its end at the earliest. */
export interface Logged<T> {
  readonly keyOf: (id: string) => Key;
  readonly indexes?: (tracked: Omit<T, 'head'>) => Item;
  /** @default with the newest item */
  readonly until?: (tracked: Omit<T, 'head'>) => Date;
}

export interface LogStore {
  readonly store: EffectStore;
  readonly effects: Effects;
  readonly now: Now;
}

export const logOf = <T extends Tracked, I extends { readonly kind: string; readonly at: string }>(
  { store, effects, now }: LogStore,
  { keyOf, indexes = () => ({}), until = () => now() }: Logged<T>,
): Log<T, I> => ({
  async find(id) {
    const found = await store.get(keyOf(id));
    return found && foundIn<T>(found);
  },

  async after(id, from) {
    const { pk, sk } = itemKey(id, from);
    const { items, next } = await store.query({
      pk,
      limit: MOST_ITEMS,
      // A place between two keys is one to go on from, whether anything stands there or not.
      from: cursorOf({ pk, sk }),
    });
    return { items: items.map(itemIn<I>), more: next !== undefined };
  },

  async item(id, sequence) {
    const found = await store.get(itemKey(id, sequence));
    return found && itemIn<I>(found);
  },

  async append(found, { tracked, item, effect, origin, changes = [] }) {
    const { id } = tracked as unknown as Tracked; // a record is of its id, whatever else is left out of it
    const sequence = (found?.tracked.head ?? 0) + 1;
    const last = Math.max(now().getTime(), until(tracked).getTime());
    const expiresAt = secondsIn(new Date(last), LOG_DAYS);
    const record = { ...tracked, head: sequence, expiresAt, ...indexes(tracked) } as Item;
    const { kind, at } = item as unknown as I;
    return effects.commit({
      effect,
      changes: [
        put(keyOf(id), { ...record, version: (found?.version ?? 0) + 1 }, unchanged(found)),
        put(itemKey(id, sequence), { ...item, sequence, expiresAt } as Item),
        ...changes,
      ],
      events: [
        events.itemLogged.of({
          ...{ subject: id, sequence, ...origin },
          data: { ...named(id), sequence, kind } as Parameters<typeof events.itemLogged.of>[0]['data'],
        }),
      ],
      answer: { sequence, at },
    });
  },

  appended: (effect) => effects.answerOf<Appended>(effect),

  async hold(found, id, event) {
    const { id: eventId, sequence = 0 } = event;
    await effects.commit({
      effect: { owner: `hold ${id}`, name: `${eventId} at ${found?.version ?? 0}`, keepDays: HELD_DAYS },
      changes: [
        put(heldKey(id, sequence, eventId), {
          event: { ...event } as Item,
          expiresAt: secondsIn(now(), HELD_DAYS),
        }),
        // Who brings what it waits for looks for it afterwards, so it must be there before.
        check(keyOf(id), unchanged(found)),
      ],
      answer: {},
    });
  },

  async held(id) {
    const { items } = await store.query({ pk: heldPartition(id), limit: 100 });
    return items.map(({ event }) => event as unknown as CloudEvent); // written by hold alone
  },
});

const unchanged = (found: Pick<Found<unknown>, 'version'> | undefined) => {
  const conflict = (seen: Item | undefined) =>
    new VersionConflictError({
      expected: found?.version ?? 0,
      found: typeof seen?.version === 'number' ? seen.version : null,
    });
  return when(found ? equals('version', found.version) : absent(), conflict);
};

export const foundIn = <T>({
  pk,
  sk,
  version,
  expiresAt,
  riddenPk: _,
  riddenSk: __,
  ...tracked
}: Item): Found<T> => ({
  tracked: tracked as unknown as T, // written by append alone
  version: Number(version),
});

const itemIn = <I>({ pk, sk, expiresAt, ...item }: Item): I => item as unknown as I; // written by append alone

export const secondsIn = (now: Date, days: number): number =>
  Math.floor(now.getTime() / 1000) + days * 86_400;
