/** Orders and their logs, and who is brought something now. */
import { anyOf, atMost, type Change, missing, update, when } from '../../../shared/effects/index.ts';
import { TooManyRequestsError } from '../../../shared/errors/index.ts';
import { MOST_MESSAGES, windowOf } from '../domain/chat.ts';
import type { KeptItem, TrackedOrder } from '../domain/tracked.ts';
import { orderIndexes, orderKey, rateKey, riddenPk, SHARDS } from './keys.ts';
import { foundIn, type Log, type LogStore, logOf, secondsIn } from './log.ts';

/** An order that somebody brings. */
export type Ridden = TrackedOrder & { readonly rider: string };

export interface Orders extends Log<TrackedOrder, KeptItem> {
  /** Orders that somebody brings, the newest first; `more`: there are others. */
  ridden(most: number): Promise<{ readonly items: readonly Ridden[]; readonly more: boolean }>;
}

export const orders = (ports: LogStore): Orders => ({
  ...logOf<TrackedOrder, KeptItem>(ports, { keyOf: orderKey, indexes: orderIndexes }),

  async ridden(most) {
    const shards = await Promise.all(
      Array.from({ length: SHARDS }, (_, shard) =>
        ports.store.query({ index: 'ridden', pk: riddenPk(shard), limit: most, newestFirst: true }),
      ),
    );
    const found = shards
      .flatMap(({ items }) => items.map((item) => foundIn<Ridden>(item).tracked)) // the index has no others
      .toSorted((one, other) => (one.id < other.id ? 1 : -1));
    const more = found.length > most || shards.some(({ next }) => next !== undefined);
    return { items: found.slice(0, most), more };
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
