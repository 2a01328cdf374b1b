import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { paymentRoutes } from '../contract.payments.ts';
import { hasCharged } from '../domain/caller.ts';
import { auditOf, viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * Where a payment stands.
 * @throws {NotFoundError} there is none, or it is somebody else's: a stranger cannot tell the two apart
 */
export const getPayment =
  ({ payments }: Pick<TablePorts, 'payments'>) =>
  async ({ path, caller, say }: RequestOf<typeof paymentRoutes.getPayment>) => {
    const payment = await payments.load(path.paymentId);
    if (caller.roles.includes('operator')) {
      return { status: 200, body: { ...viewOf(payment, say), ...auditOf(payment) } } as const;
    }
    const isMine = caller.subject === payment.payer || hasCharged(payment, caller);
    if (!isMine) throw new NotFoundError({ what: 'payment', id: path.paymentId });
    return { status: 200, body: viewOf(payment, say) } as const;
  };

export const handler = restHandler({
  route: paymentRoutes.getPayment,
  handle: getPayment,
  ports: tablePorts,
  messages,
});
