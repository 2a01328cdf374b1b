import { limited } from '../../../shared/allowances/index.ts';
import { ForbiddenError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { summaryOf } from '../domain/view.ts';
import { accountPorts } from '../store/account-ports.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof orderRoutes.listOrders>, 'path' | 'query' | 'caller'>;

/**
 * A customer's own orders, newest first.
 * @throws {ForbiddenError} they are somebody else's
 * @throws {NotFoundError} there is no such account
 */
export const listOrders =
  ({ orders, people }: Pick<OrderingPorts, 'orders' | 'people'>) =>
  async ({ path, query, caller }: Request) => {
    const isOwn = caller.subject === path.userId || caller.roles.includes('operator');
    if (!isOwn) throw new ForbiddenError({ what: 'user' });
    const [, { items, ...rest }] = await Promise.all([
      people.user(path.userId),
      orders.ofCustomer(path.userId, query),
    ]);
    return { status: 200, body: { items: items.map(summaryOf), ...rest } } as const;
  };

export const handler = restHandler({
  route: orderRoutes.listOrders,
  handle: listOrders,
  admit: limited({ allowance: ALLOWANCES.listOrders }),
  ports: () => ({ ...orderingPorts(), people: accountPorts().people }),
});
