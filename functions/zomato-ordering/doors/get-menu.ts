import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { catalogueRoutes } from '../contract.catalogue.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { menuView, mustBeOpen } from '../domain/catalogue.ts';
import { etagOf, isKnown } from '../domain/etag.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { orderingPorts } from '../store/ports.ts';

/** Whoever has a copy asks each time whether it still is so: a dish may be sold out the next minute. */
const HOW_LONG = { 'Cache-Control': 'no-cache' };

/**
 * What can be ordered at a restaurant now.
 * @throws {NotFoundError} there is no such restaurant, or it has no menu
 * @throws {RestaurantClosedError} with the time after which asking again helps
 */
export const getMenu =
  ({ catalogue, now }: Pick<OrderingPorts, 'catalogue' | 'now'>) =>
  async ({
    path,
    query,
    headers,
  }: Pick<RequestOf<typeof catalogueRoutes.getMenu>, 'path' | 'query' | 'headers'>) => {
    const { restaurant, menu } = await catalogue.kitchen(path.restaurantId);
    mustBeOpen(restaurant, now());
    const part = query.vegetarian === undefined ? [] : [String(query.vegetarian)];
    const ETag = etagOf(restaurant.version, menu.version, ...part);
    if (isKnown(ETag, headers['if-none-match']))
      return { status: 304, headers: { ETag, ...HOW_LONG } } as const;
    const body = menuView({ restaurant, menu }, query.vegetarian);
    return { status: 200, headers: { ETag, ...HOW_LONG }, body } as const;
  };

export const handler = restHandler({
  route: catalogueRoutes.getMenu,
  handle: getMenu,
  admit: limited({ allowance: ALLOWANCES.getMenu }),
  ports: orderingPorts,
  messages,
});
