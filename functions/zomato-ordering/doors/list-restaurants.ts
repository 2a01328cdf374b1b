import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { catalogueRoutes } from '../contract.catalogue.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { restaurantView } from '../domain/catalogue.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { orderingPorts } from '../store/ports.ts';

/** Restaurants that take orders, as asked for; where a look had to end before a page was full, `next` goes on. */
export const listRestaurants =
  ({ catalogue }: Pick<OrderingPorts, 'catalogue'>) =>
  async ({ query }: Pick<RequestOf<typeof catalogueRoutes.listRestaurants>, 'query'>) => {
    const { cursor, limit, sort, ...filters } = query;
    const { items, next } = await catalogue.search(filters, { cursor, limit, sort });
    const found = items.map(restaurantView);
    const body = { items: found, count: found.length, filters, ...(next === undefined ? {} : { next }) };
    return { status: 200, body } as const;
  };

export const handler = restHandler({
  route: catalogueRoutes.listRestaurants,
  handle: listRestaurants,
  admit: limited({ allowance: ALLOWANCES.listRestaurants }),
  ports: orderingPorts,
});
