import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { historyRoutes } from '../contract.history.ts';
import { entryOf } from '../domain/history.ts';
import { refundMessages } from '../messages.refunds.ts';
import { messages } from '../messages.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * What has happened to a payment, oldest first, as its effects have written it.
 * @throws {NotFoundError} there is none, or it is somebody else's: a stranger cannot tell the two apart
 */
export const listPaymentHistory =
  ({ payments, history }: Pick<TablePorts, 'payments' | 'history'>) =>
  async ({ path, query, caller, say }: RequestOf<typeof historyRoutes.listPaymentHistory>) => {
    const { id, payer } = await payments.load(path.paymentId);
    const isOperator = caller.roles.includes('operator');
    if (!isOperator && caller.subject !== payer) throw new NotFoundError({ what: 'payment', id });
    const { items, ...rest } = await history.of(id, query);
    const seen = items.flatMap((line) => entryOf(line, say, isOperator) ?? []);
    return { status: 200, body: { ...rest, items: seen } } as const;
  };

export const handler = restHandler({
  route: historyRoutes.listPaymentHistory,
  handle: listPaymentHistory,
  ports: tablePorts,
  // Of a refund that waits for a person, too.
  messages: { ...refundMessages, ...messages },
});
