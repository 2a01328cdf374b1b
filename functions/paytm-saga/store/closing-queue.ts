import { env } from '../../../shared/aws/index.ts';
import { sendTo } from '../../../shared/messaging/queue.ts';
import type { ClosingWork } from '../contract.closing.ts';

/** Where the work of closing is asked for. */
export interface ClosingQueue {
  readonly send: (work: ClosingWork) => Promise<void>;
}

/** The queue that CLOSING_QUEUE names. */
export const closingQueue = (): ClosingQueue => ({ send: sendTo(env('CLOSING_QUEUE')) });
