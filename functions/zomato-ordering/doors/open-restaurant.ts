import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { catalogueRoutes } from '../contract.catalogue.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { mustBeKitchenOf } from '../domain/caller.ts';
import { restaurantView } from '../domain/catalogue.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof catalogueRoutes.openRestaurant>, 'path' | 'body' | 'caller'>;

/**
 * A kitchen closes or opens. What was ordered before is cooked; nothing new is taken while it is closed.
 * @throws {ForbiddenError} it is another kitchen's @throws {NotFoundError}
 */
export const openRestaurant =
  ({ catalogue }: Pick<OrderingPorts, 'catalogue'>) =>
  async ({ path, body, caller }: Request) => {
    mustBeKitchenOf(path.restaurantId, caller);
    return { status: 200, body: restaurantView(await catalogue.open(path.restaurantId, body)) } as const;
  };

export const handler = restHandler({
  route: catalogueRoutes.openRestaurant,
  handle: openRestaurant,
  admit: limited({ allowance: ALLOWANCES.openRestaurant }),
  ports: orderingPorts,
});
