import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { walletRoutes } from '../contract.wallets.ts';
import { messages } from '../messages.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/** The wallets of one shard, for whoever compares stored balances with the ledger. */
export const listWallets =
  ({ wallets }: Pick<TablePorts, 'wallets'>) =>
  async ({ query: { shard, ...page } }: RequestOf<typeof walletRoutes.listWallets>) => ({
    status: 200 as const,
    body: await wallets.list(shard, page),
  });

export const handler = restHandler({
  route: walletRoutes.listWallets,
  handle: listWallets,
  ports: tablePorts,
  messages,
});
