import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { underWayView } from '../domain/view.ts';
import { orderingPorts } from '../store/ports.ts';

/** What is under way in the city, the newest first, for operators: nothing of whom it is for. */
export const listOrdersUnderWay =
  ({ orders }: Pick<OrderingPorts, 'orders'>) =>
  async ({ query }: Pick<RequestOf<typeof orderRoutes.listOrdersUnderWay>, 'query'>) => {
    const { items, more } = await orders.underWay(query.limit);
    return { status: 200, body: { items: items.map(underWayView), more } } as const;
  };

export const handler = restHandler({
  route: orderRoutes.listOrdersUnderWay,
  handle: listOrdersUnderWay,
  admit: limited({ allowance: ALLOWANCES.listOrdersUnderWay }),
  ports: orderingPorts,
});
