import { VersionConflictError } from '../../../shared/effects/index.ts';
import { command } from '../../../shared/effects/of-command.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { refundRoutes } from '../contract.refunds.ts';
import { RefundId } from '../contract.ts';
import { hasCharged } from '../domain/caller.ts';
import { type Refund, refundOf, refundViewOf } from '../domain/refund.ts';
import { refundMessages } from '../messages.refunds.ts';
import { type BankPorts, bankPorts } from '../peers.ts';
import { finishRefund, refundAccepted } from '../store/refunds.ts';

/** So often others may come first with a refund of the same payment, before the caller has to ask again. */
const TRIES = 8;

/**
 * Gives back a completed payment, or a part of it. The refund is recorded first, with the merchant's money that becomes
 * due; then the bank is asked. Where it does not answer, the answer is 202 all the same, and the sweeper asks again.
 * @throws {NotFoundError} there is no such payment, it is another merchant's, or the system has not started it
 * @throws {PaymentNotCompletedError} @throws {RefundTooLargeError} nothing has moved
 * @throws {VersionConflictError} others came first, again and again; a retry helps
 */
export const refundPayment =
  (ports: BankPorts) =>
  async (
    request: RequestOf<typeof refundRoutes.refundPayment>,
    context: Pick<CallContext, 'correlationId' | 'traceparent'>,
  ) => {
    const id = await accept(ports, request, context);
    await finishRefund(ports)(id).catch((error: unknown) => {
      logger().warn('the payer does not have it yet; the sweeper goes on', { refundId: id, error });
    });
    const refund = await ports.refunds.load(id);
    return {
      status: 202,
      // Relative to the request's own address, as that of a payment.
      headers: { Location: `refunds/${id}` },
      body: refundViewOf(refund, request.caller.roles.includes('operator')),
    } as const;
  };

const accept = async (
  { payments, effects, now, ids }: BankPorts,
  { path, body, caller, idempotencyKey }: RequestOf<typeof refundRoutes.refundPayment>,
  { correlationId, traceparent }: Pick<CallContext, 'correlationId' | 'traceparent'>,
): Promise<RefundId> => {
  const effect = await command(refundRoutes.refundPayment, { caller, idempotencyKey, path, body });
  const id = RefundId.parse(newId('refund', ids));
  for (let tried = 1; ; tried += 1) {
    const payment = await payments.load(path.paymentId);
    const isMine =
      caller.roles.includes('operator') || caller.subject === payment.merchant || hasCharged(payment, caller);
    if (!isMine) throw new NotFoundError({ what: 'payment', id: payment.id });
    // After the payment was read: whoever asks again when nothing is left is still answered as the first time.
    const known = await effects.answerOf<RefundId>(effect);
    if (known !== undefined) return (await effects.commit({ effect, answer: known })).answer;
    const { payer, merchant, method, reference, startedBy } = payment;
    const refund: Refund = {
      ...{ id, payment: payment.id, payer, merchant, method, reference },
      ...(startedBy === undefined ? {} : { startedBy }),
      ...refundOf(payment, body.amount),
      ...{ reason: body.reason, by: caller.subject, status: 'in_progress', createdAt: now().toISOString() },
      ...{ correlationId, traceparent },
    };
    try {
      return (await effects.commit({ effect, ...refundAccepted(payment, refund), answer: id })).answer;
    } catch (error) {
      if (!(error instanceof VersionConflictError) || tried === TRIES) throw error;
    }
  }
};

export const handler = restHandler({
  route: refundRoutes.refundPayment,
  handle: refundPayment,
  ports: bankPorts,
  messages: refundMessages,
});
