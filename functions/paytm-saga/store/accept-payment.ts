import type { Change, Effect } from '../../../shared/effects/index.ts';
import { newId } from '../../../shared/ids/index.ts';
import type { CallContext } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { PaymentId } from '../contract.ts';
import { approvalOf } from '../domain/instruments.ts';
import type { Payment } from '../domain/payment.ts';
import type { Executions } from '../domain/ports.ts';
import { happened } from './history.ts';
import { opened } from './payments.ts';
import type { TablePorts } from './ports.ts';

/** A payment that has not reached the pivot by then turns back (spec section 3: 300 s). */
const DEADLINE_MS = 300_000;

/** In months. */
const SHORTEST_EMI = 3;

export interface AcceptPorts extends TablePorts {
  readonly executions: Executions;
}

/** What somebody wants paid, to whom and how. */
export type Order = Pick<
  Payment,
  | 'payer'
  | 'merchant'
  | 'amount'
  | 'method'
  | 'upi'
  | 'emiMonths'
  | 'description'
  | 'callbackUrl'
  | 'metadata'
  | 'link'
  | 'rerunOf'
> & {
  /** @default the id of the payment, which nobody else has */
  readonly reference?: string;
};

/** Who wants it, and what that is known by. */
interface Wish {
  readonly effect: Effect;
  readonly by: string;
  /** What has to hold in the moment in which it is accepted; each names its error. @default nothing */
  readonly provided?: readonly Change[];
}

/**
 * Accepts an order: writes the payment's record once, then starts the saga. The same effect answers the same payment; the
 * record is the promise, so when the start fails the payment is accepted all the same and the sweeper starts it.
 * @throws {ReferenceTakenError} the payer uses this reference for another payment
 * @throws {IdempotencyKeyReusedError} the effect was another one before
 */
export const acceptPayment =
  ({ payments, effects, executions, now, ids }: AcceptPorts) =>
  async (
    order: Order,
    { effect, by, provided = [] }: Wish,
    { correlationId, traceparent }: Pick<CallContext, 'correlationId' | 'traceparent'>,
  ): Promise<Payment> => {
    const id = PaymentId.parse(newId('payment', ids));
    const at = now();
    const deadline = new Date(at.getTime() + DEADLINE_MS);
    const approval = approvalOf(order.method, order.upi, { now: at, deadline });
    const payment: Payment = {
      reference: id,
      ...order,
      ...(order.method === 'emi' ? { emiMonths: order.emiMonths ?? SHORTEST_EMI } : {}),
      ...(approval ? { approval } : {}),
      id,
      startedBy: by,
      status: 'in_progress',
      direction: 'forward',
      actor: 1,
      steps: {},
      undone: {},
      deadline: deadline.toISOString(),
      createdAt: at.toISOString(),
      correlationId,
      traceparent,
    };
    const { answer } = await effects.commit({
      effect,
      ...happened(id, 'accepted', { amount: payment.amount, by }),
      // First, because whoever may not pay at all is to hear that before anything else.
      changes: [...provided, ...opened(payment)],
      answer: id,
    });
    const accepted = await payments.load(answer);
    if (accepted.status === 'in_progress' && accepted.actor === 1) {
      await executions.start(accepted).catch((error: unknown) => {
        logger().warn('the saga was not started; the sweeper will', { paymentId: accepted.id, error });
      });
    }
    return accepted;
  };
