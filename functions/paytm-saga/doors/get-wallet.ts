import { ForbiddenError, NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { walletRoutes } from '../contract.wallets.ts';
import { messages } from '../messages.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * The balance of a wallet, for its owner or an operator.
 * @throws {ForbiddenError} it is somebody else's @throws {NotFoundError} there is none
 */
export const getWallet =
  ({ wallets }: Pick<TablePorts, 'wallets'>) =>
  async ({ path: { userId }, caller }: RequestOf<typeof walletRoutes.getWallet>) => {
    if (!caller.roles.includes('operator') && caller.subject !== userId)
      throw new ForbiddenError({ what: 'wallet' });
    const wallet = await wallets.find(userId);
    if (!wallet) throw new NotFoundError({ what: 'wallet', id: userId });
    return { status: 200, body: wallet } as const;
  };

export const handler = restHandler({
  route: walletRoutes.getWallet,
  handle: getWallet,
  ports: tablePorts,
  messages,
});
