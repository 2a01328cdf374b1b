/** What may be written in an order, how often, and by whom. */
import type { OrderId } from '../../zomato-ordering/contract.views.ts';
import type { Follower } from './access.ts';
import { OrderEndedError } from './errors.ts';
import { hasEnded, type NewItem, type TrackedOrder } from './tracked.ts';

/** So many messages a sender may write in one window, over all orders. */
export const MOST_MESSAGES = 5;
export const WINDOW_SECONDS = 10;

/** The window that an instant is in, and when the next one begins. */
export const windowOf = (now: Date): { readonly name: string; readonly leftSeconds: number } => {
  const seconds = Math.floor(now.getTime() / 1000);
  const number = Math.floor(seconds / WINDOW_SECONDS);
  return { name: String(number), leftSeconds: (number + 1) * WINDOW_SECONDS - seconds };
};

export interface Written {
  readonly order: OrderId;
  readonly text: string;
  readonly clientMessageId: string;
}

/**
 * A message as the log has it; the sender is whom the connection belongs to, never whom a message says.
 * @throws {OrderEndedError} nobody follows the order any more
 */
export const written = (
  order: TrackedOrder,
  { role }: Follower,
  { text, clientMessageId }: Written,
  at: string,
): NewItem => {
  if (hasEnded(order)) throw new OrderEndedError({ order: order.id, state: order.state });
  return { kind: 'chat', at, text, from: role, clientMessageId };
};
