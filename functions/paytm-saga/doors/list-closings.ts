import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { closingRoutes } from '../contract.closing.ts';
import { closingMessages } from '../messages.closing.ts';
import { type ClosingTablePorts, closingTablePorts } from '../store/closing-ports.ts';

/**
 * What each account that moved on a day was closed with.
 * @throws {NotFoundError} the day is not closed (yet)
 */
export const listClosings =
  ({ closings }: Pick<ClosingTablePorts, 'closings'>) =>
  async ({ path: { day }, query }: RequestOf<typeof closingRoutes.listClosings>) => {
    if ((await closings.day(day))?.phase !== 'closed') throw new NotFoundError({ what: 'closing', id: day });
    return { status: 200, body: await closings.of(day, query) } as const;
  };

export const handler = restHandler({
  route: closingRoutes.listClosings,
  handle: listClosings,
  ports: closingTablePorts,
  messages: closingMessages,
});
