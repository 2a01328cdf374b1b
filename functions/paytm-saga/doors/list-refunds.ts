import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { refundRoutes } from '../contract.refunds.ts';
import { refundViewOf } from '../domain/refund.ts';
import { refundMessages } from '../messages.refunds.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/** The refunds that payers do not have yet, for whoever looks after them and after the books. */
export const listRefunds =
  ({ refunds }: Pick<TablePorts, 'refunds'>) =>
  async ({ query: { state, ...page } }: RequestOf<typeof refundRoutes.listRefunds>) => {
    const kind = state === 'needs_attention' ? 'refund-attention' : 'refund';
    const { items, ...rest } = await refunds.open(kind, page);
    return {
      status: 200,
      body: { ...rest, items: items.map((refund) => refundViewOf(refund, true)) },
    } as const;
  };

export const handler = restHandler({
  route: refundRoutes.listRefunds,
  handle: listRefunds,
  ports: tablePorts,
  messages: refundMessages,
});
