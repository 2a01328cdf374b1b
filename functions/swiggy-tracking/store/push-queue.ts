import { env } from '../../../shared/aws/index.ts';
import { sendTo } from '../../../shared/messaging/queue.ts';
import type { OrderId } from '../../zomato-ordering/contract.views.ts';
import type { PositionDue } from '../contract.events.ts';

export interface PushQueue {
  /** Asks for the push of an order's newest position, in so many seconds. */
  readonly ask: (order: OrderId, delaySeconds: number) => Promise<void>;
}

/** The queue that PUSH_QUEUE names. */
export const pushQueue = (): PushQueue => {
  const send = sendTo(env('PUSH_QUEUE'));
  return {
    ask: (order, delaySeconds) => {
      const due: PositionDue = { order };
      return send(due, { delaySeconds });
    },
  };
};
