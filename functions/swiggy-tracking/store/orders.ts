/** Orders and their logs. A new item, the order as it stands with it, and the event that tells of it are one transaction. */
import {
  absent,
  anyOf,
  atMost,
  type Change,
  check,
  cursorOf,
  type Effect,
  type EffectStore,
  type Effects,
  equals,
  type Item,
  missing,
  put,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { TooManyRequestsError } from '../../../shared/errors/index.ts';
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import type { Now } from '../../../shared/time/index.ts';
import { events } from '../contract.events.ts';
import { type LogKind, MOST_ITEMS } from '../contract.views.ts';
import { MOST_MESSAGES, windowOf } from '../domain/chat.ts';
import type { KeptItem, NewItem, TrackedOrder } from '../domain/tracked.ts';
import {
  heldKey,
  heldPartition,
  itemKey,
  orderIndexes,
  orderKey,
  rateKey,
  riddenPk,
  SHARDS,
} from './keys.ts';

/** The log outlives its order by a month, for whoever has a question; then it is forgotten, chat and all. */
export const LOG_DAYS = 30;
/** What waits for an earlier event: longer than any dead letter is kept. */
export const HELD_DAYS = 15;

/** An order with the version of its record, which every write is conditioned on. */
export interface Found {
  readonly order: TrackedOrder;
  readonly version: number;
}

/** An order that somebody brings. */
export type Ridden = TrackedOrder & { readonly rider: string };

/** What is added to a log. */
export interface Appending {
  /** The order as it stands afterwards, without its new head. */
  readonly order: Omit<TrackedOrder, 'head'>;
  readonly item: NewItem;
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

export interface Orders {
  find(order: string): Promise<Found | undefined>;
  /** Orders that somebody brings, the newest first; `more`: there are others. */
  ridden(most: number): Promise<{ readonly items: readonly Ridden[]; readonly more: boolean }>;
  /** Items after a sequence, in order, at most a page. */
  after(
    order: string,
    from: number,
  ): Promise<{ readonly items: readonly KeptItem[]; readonly more: boolean }>;
  item(order: string, sequence: number): Promise<KeptItem | undefined>;
  /**
   * Adds an item, once for its effect; asked again it answers the first one.
   * @throws {VersionConflictError} somebody else has added one: read again and decide anew
   */
  append(
    found: Found | undefined,
    appending: Appending,
  ): Promise<{ readonly answer: Appended; readonly repeated: boolean }>;
  /** What an effect has added, if it has. */
  appended(effect: Effect): Promise<Appended | undefined>;
  /**
   * Keeps an event for later.
   * @throws {VersionConflictError} the order has gone on meanwhile: it may be its time now
   */
  hold(found: Found | undefined, order: string, event: CloudEvent): Promise<void>;
  /** Events that have come too early, the first first. */
  held(order: string): Promise<readonly CloudEvent[]>;
}

export const orders = ({
  store,
  effects,
  now,
}: {
  readonly store: EffectStore;
  readonly effects: Effects;
  readonly now: Now;
}): Orders => ({
  async find(order) {
    const found = await store.get(orderKey(order));
    return found && foundIn(found);
  },

  async ridden(most) {
    const shards = await Promise.all(
      Array.from({ length: SHARDS }, (_, shard) =>
        store.query({ index: 'ridden', pk: riddenPk(shard), limit: most, newestFirst: true }),
      ),
    );
    const found = shards
      .flatMap(({ items }) => items.map((item) => foundIn(item).order as Ridden)) // the index has no others
      .toSorted((one, other) => (one.id < other.id ? 1 : -1));
    const more = found.length > most || shards.some(({ next }) => next !== undefined);
    return { items: found.slice(0, most), more };
  },

  async after(order, from) {
    const { pk, sk } = itemKey(order, from);
    const { items, next } = await store.query({
      pk,
      limit: MOST_ITEMS,
      // A place between two keys is one to go on from, whether anything stands there or not.
      from: cursorOf({ pk, sk }),
    });
    return { items: items.map(itemIn), more: next !== undefined };
  },

  async item(order, sequence) {
    const found = await store.get(itemKey(order, sequence));
    return found && itemIn(found);
  },

  async append(found, { order, item, effect, origin, changes = [] }) {
    const sequence = (found?.order.head ?? 0) + 1;
    const expiresAt = secondsIn(now(), LOG_DAYS);
    const record = { ...order, head: sequence, expiresAt, ...orderIndexes(order) };
    const kept: KeptItem = { ...item, sequence } as KeptItem;
    return effects.commit({
      effect,
      changes: [
        put(orderKey(order.id), { ...record, version: (found?.version ?? 0) + 1 }, unchanged(found)),
        put(itemKey(order.id, sequence), { ...kept, expiresAt } as Item),
        ...changes,
      ],
      events: [
        events.itemLogged.of({
          ...{ subject: order.id, sequence, ...origin },
          data: { order: order.id, sequence, kind: item.kind as LogKind },
        }),
      ],
      answer: { sequence, at: item.at },
    });
  },

  appended: (effect) => effects.answerOf<Appended>(effect),

  async hold(found, order, event) {
    const { id, sequence = 0 } = event;
    await effects.commit({
      effect: { owner: `hold ${order}`, name: `${id} at ${found?.version ?? 0}`, keepDays: HELD_DAYS },
      changes: [
        put(heldKey(order, sequence, id), {
          event: { ...event } as Item,
          expiresAt: secondsIn(now(), HELD_DAYS),
        }),
        // Who brings what it waits for looks for it afterwards, so it must be there before.
        check(orderKey(order), unchanged(found)),
      ],
      answer: {},
    });
  },

  async held(order) {
    const { items } = await store.query({ pk: heldPartition(order), limit: 100 });
    return items.map(({ event }) => event as unknown as CloudEvent); // written by hold alone
  },
});

/** The change by which a message counts against its sender; a message that was sent before does not count again. */
export const counted = (subject: string, now: Date): Change => {
  const { name, leftSeconds } = windowOf(now);
  const refused = () =>
    new TooManyRequestsError({ limit: MOST_MESSAGES }, { retryAfterSeconds: leftSeconds });
  return update(
    rateKey(subject, name),
    { add: { messages: 1 }, set: { expiresAt: secondsIn(now, 1) } },
    when(anyOf(missing('messages'), atMost('messages', MOST_MESSAGES - 1)), refused),
  );
};

const unchanged = (found: Found | undefined) => {
  const conflict = (seen: Item | undefined) =>
    new VersionConflictError({
      expected: found?.version ?? 0,
      found: typeof seen?.version === 'number' ? seen.version : null,
    });
  return when(found ? equals('version', found.version) : absent(), conflict);
};

const foundIn = ({ pk, sk, version, expiresAt, riddenPk: _, riddenSk: __, ...order }: Item): Found => ({
  order: order as unknown as TrackedOrder, // written by append alone
  version: Number(version),
});

const itemIn = ({ pk, sk, expiresAt, ...item }: Item): KeptItem => item as unknown as KeptItem; // written by append alone

export const secondsIn = (now: Date, days: number): number =>
  Math.floor(now.getTime() / 1000) + days * 86_400;
