import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { closingRoutes } from '../contract.closing.ts';
import { reconciliationViewOf } from '../domain/closing-view.ts';
import { closingMessages } from '../messages.closing.ts';
import { type ClosingTablePorts, closingTablePorts } from '../store/closing-ports.ts';

/**
 * The reconciliation of a day: the final one, or else the latest interim one.
 * @throws {NotFoundError} there is none, and none was asked for
 */
export const getReconciliation =
  ({ reconciliations }: Pick<ClosingTablePorts, 'reconciliations'>) =>
  async ({ path: { day } }: RequestOf<typeof closingRoutes.getReconciliation>) => {
    const found = (await reconciliations.find(day, 'final')) ?? (await reconciliations.find(day, 'interim'));
    if (found === undefined) throw new NotFoundError({ what: 'reconciliation', id: day });
    return { status: 200, body: reconciliationViewOf(found) } as const;
  };

export const handler = restHandler({
  route: closingRoutes.getReconciliation,
  handle: getReconciliation,
  ports: closingTablePorts,
  messages: closingMessages,
});
