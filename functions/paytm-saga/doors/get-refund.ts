import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { refundRoutes } from '../contract.refunds.ts';
import { isOf } from '../domain/caller.ts';
import { refundViewOf } from '../domain/refund.ts';
import { refundMessages } from '../messages.refunds.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * Where a refund stands.
 * @throws {NotFoundError} there is none of this payment, or it is somebody else's: a stranger cannot tell the two apart
 */
export const getRefund =
  ({ refunds }: Pick<TablePorts, 'refunds'>) =>
  async ({ path, caller }: RequestOf<typeof refundRoutes.getRefund>) => {
    const refund = await refunds.load(path.refundId);
    if (refund.payment !== path.paymentId || !isOf(refund, caller)) {
      throw new NotFoundError({ what: 'refund', id: path.refundId });
    }
    return { status: 200, body: refundViewOf(refund, caller.roles.includes('operator')) } as const;
  };

export const handler = restHandler({
  route: refundRoutes.getRefund,
  handle: getRefund,
  ports: tablePorts,
  messages: refundMessages,
});
