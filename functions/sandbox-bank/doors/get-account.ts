import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { AccountId, ClearingAlias, operatorRoutes } from '../contract.ts';
import { accountView } from '../domain/account-view.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * An account as it is now.
 * @throws {NotFoundError} there is none, or nothing has come into that clearing account yet
 */
export const getAccount =
  ({ books }: Pick<BankPorts, 'books'>) =>
  async ({ path: { id } }: RequestOf<typeof operatorRoutes.getAccount>) => {
    const clearing = ClearingAlias.safeParse(id);
    const account = clearing.success
      ? await books.clearing(clearing.data)
      : await books.account(AccountId.parse(id));
    if (account === undefined) throw new NotFoundError({ what: 'account', id });
    return { status: 200, body: accountView(account) } as const;
  };

export const handler = restHandler({
  route: operatorRoutes.getAccount,
  handle: getAccount,
  ports: bankPorts,
  messages,
});
