import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { operatorRoutes } from '../contract.ts';
import { accountView } from '../domain/account-view.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Opens an account; the opener's reference again answers the account that it opened.
 * @throws {IdempotencyKeyReusedError} the reference stands for an account with another opening balance
 */
export const openAccount =
  ({ books }: Pick<BankPorts, 'books'>) =>
  async ({ body, caller }: RequestOf<typeof operatorRoutes.openAccount>) =>
    ({ status: 201, body: accountView(await books.open(body, caller.subject)) }) as const;

export const handler = restHandler({
  route: operatorRoutes.openAccount,
  handle: openAccount,
  ports: bankPorts,
  messages,
});
