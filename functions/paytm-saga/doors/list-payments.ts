import { ForbiddenError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { paymentRoutes } from '../contract.payments.ts';
import { payerOf } from '../domain/caller.ts';
import { auditOf, viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * A customer sees their own payments, newest first; an operator those that are under way, or that need attention.
 * @throws {ForbiddenError} a customer asks for what is an operator's to see
 */
export const listPayments =
  ({ payments }: Pick<TablePorts, 'payments'>) =>
  async ({ query: { state, ...page }, caller, say }: RequestOf<typeof paymentRoutes.listPayments>) => {
    if (caller.roles.includes('operator')) {
      const kind = state === 'needs_attention' ? 'attention' : 'payment';
      const { items, ...rest } = await payments.open(kind, page);
      const seen = items.map((payment) => ({ ...viewOf(payment, say), ...auditOf(payment) }));
      return { status: 200, body: { ...rest, items: seen } } as const;
    }
    if (state !== undefined) throw new ForbiddenError({ what: 'payments by state' });
    const { items, ...rest } = await payments.of(payerOf(caller), page);
    return { status: 200, body: { ...rest, items: items.map((payment) => viewOf(payment, say)) } } as const;
  };

export const handler = restHandler({
  route: paymentRoutes.listPayments,
  handle: listPayments,
  ports: tablePorts,
  messages,
});
