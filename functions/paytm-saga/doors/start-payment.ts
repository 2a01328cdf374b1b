import { InvalidInputError } from '../../../shared/errors/index.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { paymentRoutes } from '../contract.payments.ts';
import { CALLABLE, PaymentId } from '../contract.ts';
import { payerOf } from '../domain/caller.ts';
import { approvalOf } from '../domain/instruments.ts';
import type { Payment } from '../domain/payment.ts';
import type { Executions } from '../domain/ports.ts';
import { viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { loopbackCallbacks } from '../peers.receiver.ts';
import { command } from '../store/commands.ts';
import { executionsPort } from '../store/executions.ts';
import { happened } from '../store/history.ts';
import { opened } from '../store/payments.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/** A payment that has not reached the pivot by then turns back (spec section 3: 300 s). */
const DEADLINE_MS = 300_000;

/** In months. */
const SHORTEST_EMI = 3;

export interface StartPaymentPorts extends TablePorts {
  readonly executions: Executions;
  /** Whether a payer may be called on this very machine, by plain http. @default false */
  readonly loopback?: boolean;
}

/**
 * Accepts a payment: writes its record once, then starts the saga. The same key answers the same payment; the
 * record is the promise, so when the start fails the answer is 202 all the same and the sweeper starts it.
 * @throws {InvalidInputError} a callback by plain http, which the contract lets pass for a city on a laptop alone
 * @throws {ReferenceTakenError} the payer uses this reference for another payment
 * @throws {IdempotencyKeyReusedError} the key came with another body before
 */
export const startPayment =
  ({ payments, effects, executions, now, ids, loopback = false }: StartPaymentPorts) =>
  async (
    { body, caller, idempotencyKey, say }: RequestOf<typeof paymentRoutes.startPayment>,
    { correlationId, traceparent }: CallContext,
  ) => {
    if (body.callbackUrl && new URL(body.callbackUrl).protocol !== 'https:' && !loopback) {
      const [expected, expectedHi] = [CALLABLE.en, CALLABLE.hi];
      throw new InvalidInputError({ issues: [{ field: 'body.callbackUrl', expected, expectedHi }] });
    }
    const id = PaymentId.parse(newId('payment', ids));
    const at = now();
    const deadline = new Date(at.getTime() + DEADLINE_MS);
    const { merchantId, currency: _, ...order } = body;
    const approval = approvalOf(order.method, order.upi, { now: at, deadline });
    const payment: Payment = {
      ...order,
      ...(order.method === 'emi' ? { emiMonths: order.emiMonths ?? SHORTEST_EMI } : {}),
      ...(approval ? { approval } : {}),
      id,
      payer: payerOf(caller),
      merchant: merchantId,
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
      effect: await command(paymentRoutes.startPayment, { caller, idempotencyKey, body }),
      ...happened(id, 'accepted', { amount: payment.amount, by: caller.subject }),
      changes: opened(payment),
      answer: id,
    });
    const accepted = await payments.load(answer);
    if (accepted.status === 'in_progress' && accepted.actor === 1) {
      await executions.start(accepted).catch((error: unknown) => {
        logger().warn('the saga was not started; the sweeper will', { paymentId: accepted.id, error });
      });
    }
    return {
      status: 202,
      // Relative to the request's own address (RFC 9110, 10.2.2), whose stage and host are the gateway's to know.
      headers: { Location: `payments/${accepted.id}` },
      body: viewOf(accepted, say),
    } as const;
  };

export const handler = restHandler({
  route: paymentRoutes.startPayment,
  handle: startPayment,
  ports: () => ({ ...tablePorts(), executions: executionsPort(), loopback: loopbackCallbacks() }),
  messages,
});
