import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { operatorRoutes } from '../contract.ts';
import { customerView } from '../domain/account-view.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Tells an account how to behave from now on. What is not named stays as it is.
 * @throws {NotFoundError} there is no such account
 */
export const changeAccount =
  ({ books }: Pick<BankPorts, 'books'>) =>
  async ({ path: { id }, body }: RequestOf<typeof operatorRoutes.changeAccount>) =>
    ({ status: 200, body: customerView(await books.behave(id, body)) }) as const;

export const handler = restHandler({
  route: operatorRoutes.changeAccount,
  handle: changeAccount,
  ports: bankPorts,
  messages,
});
