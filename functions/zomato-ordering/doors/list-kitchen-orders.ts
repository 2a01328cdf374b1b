import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { mustBeKitchenOf } from '../domain/caller.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { summaryOf } from '../domain/view.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof orderRoutes.listKitchenOrders>, 'path' | 'query' | 'caller'>;

/**
 * What a kitchen has to do, the oldest first.
 * @throws {ForbiddenError} it is another kitchen's @throws {NotFoundError} there is no such restaurant
 */
export const listKitchenOrders =
  ({ orders, catalogue }: Pick<OrderingPorts, 'orders' | 'catalogue'>) =>
  async ({ path, query, caller }: Request) => {
    mustBeKitchenOf(path.restaurantId, caller);
    const [, { items, ...rest }] = await Promise.all([
      catalogue.restaurant(path.restaurantId),
      orders.ofKitchen(path.restaurantId, query),
    ]);
    return { status: 200, body: { items: items.map(summaryOf), ...rest } } as const;
  };

export const handler = restHandler({
  route: orderRoutes.listKitchenOrders,
  handle: listKitchenOrders,
  admit: limited({ allowance: ALLOWANCES.listKitchenOrders }),
  ports: orderingPorts,
});
