import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { walletRoutes } from '../contract.wallets.ts';
import { topUpMessages } from '../messages.top-ups.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/** The top-ups that the sweeper has given up, for whoever looks after them. */
export const listTopUps =
  ({ topUps }: Pick<TablePorts, 'topUps'>) =>
  async ({ query }: RequestOf<typeof walletRoutes.listTopUps>) => ({
    status: 200 as const,
    body: await topUps.waiting(query),
  });

export const handler = restHandler({
  route: walletRoutes.listTopUps,
  handle: listTopUps,
  ports: tablePorts,
  messages: topUpMessages,
});
