import { command } from '../../../shared/effects/of-command.ts';
import { ForbiddenError, NotFoundError } from '../../../shared/errors/index.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { TopUpId } from '../contract.ts';
import { walletRoutes } from '../contract.wallets.ts';
import { WALLET_LIMITS } from '../domain/rules.ts';
import { topUpMessages } from '../messages.top-ups.ts';
import { type BankPorts, bankPorts } from '../peers.ts';
import { finishTopUp, topUpOpened } from '../store/top-ups.ts';

/**
 * Brings money from the user's bank account into the wallet. The order is recorded first, so that a caller who
 * never comes back loses nothing: the sweeper finishes it.
 * @throws {ForbiddenError} it is somebody else's wallet @throws {NotFoundError} there is no such wallet
 * @throws {WalletLimitError} @throws {WalletLoadLimitError} it would hold, or would have taken, more than its KYC allows
 * @throws {PaymentDeclinedError} the bank said no; nothing has moved
 */
export const topUpWallet =
  (ports: BankPorts) =>
  async ({ path, body, caller, idempotencyKey }: RequestOf<typeof walletRoutes.topUpWallet>) => {
    if (caller.subject !== path.userId) throw new ForbiddenError({ what: 'wallet' });
    const { kyc } = await ports.people.user(path.userId).catch((error: unknown) => {
      if (error instanceof NotFoundError) throw new NotFoundError({ what: 'wallet', id: path.userId });
      throw error;
    });
    const id = TopUpId.parse(newId('topup', ports.ids));
    const { answer, repeated } = await ports.effects.commit({
      effect: await command(walletRoutes.topUpWallet, { caller, idempotencyKey, body }),
      changes: topUpOpened(
        { id, user: path.userId, amount: body.amount, createdAt: ports.now().toISOString() },
        WALLET_LIMITS[kyc],
      ),
      answer: id,
    });
    const { user, amount } = await finishTopUp(ports)(answer, repeated);
    return { status: 201, body: { id: answer, user, amount, status: 'completed' } } as const;
  };

export const handler = restHandler({
  route: walletRoutes.topUpWallet,
  handle: topUpWallet,
  ports: bankPorts,
  messages: topUpMessages,
});
