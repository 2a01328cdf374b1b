import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { catalogueRoutes } from '../contract.catalogue.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { restaurantView } from '../domain/catalogue.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { orderingPorts } from '../store/ports.ts';

/** Takes a restaurant into the catalogue. It is in the lists when it has a menu. */
export const publishRestaurant =
  ({ catalogue }: Pick<OrderingPorts, 'catalogue'>) =>
  async ({ path, body }: Pick<RequestOf<typeof catalogueRoutes.publishRestaurant>, 'path' | 'body'>) =>
    ({ status: 200, body: restaurantView(await catalogue.publish(path.restaurantId, body)) }) as const;

export const handler = restHandler({
  route: catalogueRoutes.publishRestaurant,
  handle: publishRestaurant,
  admit: limited({ allowance: ALLOWANCES.publishRestaurant }),
  ports: orderingPorts,
});
