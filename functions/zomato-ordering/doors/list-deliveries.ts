import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { orderingPorts } from '../store/ports.ts';

/** Orders that look for a rider: where each is to be fetched, and nothing of whom it is for. */
export const listDeliveries =
  ({ orders }: Pick<OrderingPorts, 'orders'>) =>
  async ({ query }: Pick<RequestOf<typeof orderRoutes.listDeliveries>, 'query'>) => {
    const { items, ...rest } = await orders.wanted(query);
    const wanted = items.map(({ id, state, restaurant: { name, position }, placedAt }) => ({
      ...{ id, state, restaurant: name, position, placedAt },
    }));
    return { status: 200, body: { items: wanted, ...rest } } as const;
  };

export const handler = restHandler({
  route: orderRoutes.listDeliveries,
  handle: listDeliveries,
  admit: limited({ allowance: ALLOWANCES.listDeliveries }),
  ports: orderingPorts,
});
