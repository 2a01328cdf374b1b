/** Tells everybody at once, some at a time, and forgets who is gone. */
import type { PushFrame } from '../contract.views.ts';

/** What became of a push: it was taken; there is nobody any more; or nobody knows, and the follower will ask. */
export type Pushed = 'sent' | 'gone' | 'missed';

/** Sends a frame to one connection; it does not throw, and ends in bounded time. */
export type Push = (connection: string, frame: PushFrame) => Promise<Pushed>;

export interface BroadcastPorts {
  readonly push: Push;
  readonly connections: { forget(connection: string): Promise<void> };
}

/** So many pushes are under way at a time. */
export const AT_ONCE = 32;

/**
 * Sends to each listener what `frameOf` makes for them. Nobody waits for anybody: a slow one holds one of {@link AT_ONCE} ways
 * until its time is over.
 * @returns how many there were of each outcome
 */
export const broadcast = async <L extends { readonly connection: string }>(
  { push, connections }: BroadcastPorts,
  listeners: readonly L[],
  frameOf: (listener: L) => PushFrame,
): Promise<{ readonly [outcome in Pushed]: number }> => {
  const outcomes = { sent: 0, gone: 0, missed: 0 };
  const waiting = listeners.values();
  const way = async () => {
    for (const listener of waiting) {
      const outcome = await push(listener.connection, frameOf(listener));
      outcomes[outcome] += 1;
      if (outcome === 'gone') await connections.forget(listener.connection);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, listeners.length) }, way));
  return outcomes;
};
