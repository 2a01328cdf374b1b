import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { refundRoutes } from '../contract.refunds.ts';
import { isOf } from '../domain/caller.ts';
import { refundViewOf } from '../domain/refund.ts';
import { refundMessages } from '../messages.refunds.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * What was given back of a payment, newest first.
 * @throws {NotFoundError} there is no such payment, or it is somebody else's
 */
export const listPaymentRefunds =
  ({ payments, refunds }: Pick<TablePorts, 'payments' | 'refunds'>) =>
  async ({ path, query, caller }: RequestOf<typeof refundRoutes.listPaymentRefunds>) => {
    const payment = await payments.load(path.paymentId);
    if (!isOf(payment, caller)) throw new NotFoundError({ what: 'payment', id: payment.id });
    const { items, ...rest } = await refunds.of(payment.id, query);
    const isOperator = caller.roles.includes('operator');
    return {
      status: 200,
      body: { ...rest, items: items.map((refund) => refundViewOf(refund, isOperator)) },
    } as const;
  };

export const handler = restHandler({
  route: refundRoutes.listPaymentRefunds,
  handle: listPaymentRefunds,
  ports: tablePorts,
  messages: refundMessages,
});
