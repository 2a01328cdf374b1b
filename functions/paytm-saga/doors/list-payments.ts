import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { payerOf } from '../domain/caller.ts';
import { viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/** A customer sees their own payments, newest first; an operator those that are under way, oldest first. */
export const listPayments =
  ({ payments }: Pick<TablePorts, 'payments'>) =>
  async ({ query, caller, say }: RequestOf<typeof routes.listPayments>) => {
    const { items, ...rest } = caller.roles.includes('operator')
      ? await payments.open(query)
      : await payments.of(payerOf(caller), query);
    return { status: 200, body: { ...rest, items: items.map((payment) => viewOf(payment, say)) } } as const;
  };

export const handler = restHandler({
  route: routes.listPayments,
  handle: listPayments,
  ports: tablePorts,
  messages,
});
