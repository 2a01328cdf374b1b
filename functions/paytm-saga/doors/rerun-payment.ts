import { command } from '../../../shared/effects/of-command.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { rerunRoutes } from '../contract.reruns.ts';
import { auditOf, viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { type AcceptPorts, acceptPayment } from '../store/accept-payment.ts';
import { executionsPort } from '../store/executions.ts';
import { tablePorts } from '../store/ports.ts';

/**
 * Has the order of a payment made once more, whatever became of the first: a payment of its own, with a reference of its
 * own, which waits for its payer as the first one did. Nobody is called back for it, since nobody but an operator ordered
 * it. The same key answers the same payment.
 * @throws {NotFoundError} there is no such payment
 */
export const rerunPayment =
  (ports: AcceptPorts) =>
  async (
    { path, caller, idempotencyKey, say }: RequestOf<typeof rerunRoutes.rerunPayment>,
    context: CallContext,
  ) => {
    const { payer, merchant, amount, method, upi, emiMonths, description, metadata } =
      await ports.payments.load(path.paymentId);
    const accepted = await acceptPayment(ports)(
      {
        ...{ payer, merchant, amount, method, metadata, rerunOf: path.paymentId },
        ...(upi === undefined ? {} : { upi }),
        ...(emiMonths === undefined ? {} : { emiMonths }),
        ...(description === undefined ? {} : { description }),
      },
      {
        effect: await command(rerunRoutes.rerunPayment, { caller, idempotencyKey, path, body: undefined }),
        by: caller.subject,
      },
      context,
    );
    logger().info('payment rerun', {
      ...{ paymentId: accepted.id, rerunOf: path.paymentId, by: caller.subject },
    });
    return {
      status: 202,
      // Relative to the request's own address, …/payments/{paymentId}/reruns.
      headers: { Location: `../${accepted.id}` },
      body: { ...viewOf(accepted, say), ...auditOf(accepted) },
    } as const;
  };

export const handler = restHandler({
  route: rerunRoutes.rerunPayment,
  handle: rerunPayment,
  ports: () => ({ ...tablePorts(), executions: executionsPort() }),
  messages,
});
