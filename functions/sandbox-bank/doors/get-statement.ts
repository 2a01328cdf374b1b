import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { AccountId, ClearingAlias, operatorRoutes } from '../contract.ts';
import { refuseStranger } from '../domain/caller.ts';
import type { BankPorts } from '../domain/ports.ts';
import { statementOf } from '../domain/statement.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * One page of a statement, oldest lines first. A system reads that of its own clearing account.
 * @throws {NotFoundError} there is no such account, or it is none of the caller's
 * @throws {InvalidInputError} the cursor is none of ours
 */
export const getStatement =
  ({ books, now }: Pick<BankPorts, 'books' | 'now'>) =>
  async ({ path: { id }, query, caller }: RequestOf<typeof operatorRoutes.getStatement>) => {
    refuseStranger(caller, id);
    const clearing = ClearingAlias.safeParse(id);
    const account = clearing.success
      ? await books.clearing(clearing.data)
      : await books.account(AccountId.parse(id));
    // Into which nothing has come yet, a clearing account has an empty statement.
    const openedAt = account?.openedAt ?? now().toISOString();
    return {
      status: 200,
      body: await statementOf({ books, now }, { account: id, openedAt }, query),
    } as const;
  };

export const handler = restHandler({
  route: operatorRoutes.getStatement,
  handle: getStatement,
  ports: bankPorts,
  messages,
});
