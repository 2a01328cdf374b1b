import { HouseError } from '../../../shared/errors/index.ts';
import type { OrderState } from '../../zomato-ordering/contract.views.ts';

// Literal names: class names do not survive minifying, and a name is what problem type and texts go by.

/** The order has come to its end: nobody writes in it, and nobody rides for it. A retry cannot help. */
export class OrderEndedError extends HouseError<{ readonly order: string; readonly state: OrderState }> {
  override readonly name = 'OrderEndedError';
  override readonly status = 409;
}

/** A connection follows as much as it may, or something has as many followers. It helps to follow fewer. */
export class SubscriptionLimitError extends HouseError<{
  readonly limit: number;
  readonly of: 'connection' | 'order' | 'booking';
}> {
  override readonly name = 'SubscriptionLimitError';
  override readonly status = 409;
}
