import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { catalogueRoutes } from '../contract.catalogue.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { mustBeKitchenOf } from '../domain/caller.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof catalogueRoutes.changeItem>, 'path' | 'body' | 'caller'>;

/**
 * Changes an item of the menu, for orders from now on: those that are placed keep their prices.
 * @throws {ForbiddenError} it is another kitchen's @throws {NotFoundError} it is not on the menu
 * @throws {TransientError} others changed it again and again; a retry helps
 */
export const changeItem =
  ({ catalogue }: Pick<OrderingPorts, 'catalogue'>) =>
  async ({ path, body, caller }: Request) => {
    mustBeKitchenOf(path.restaurantId, caller);
    const { available, price } = body;
    const to = {
      ...(available === undefined ? {} : { available }),
      ...(price === undefined ? {} : { price }),
    };
    return { status: 200, body: await catalogue.changeItem(path.restaurantId, path.itemId, to) } as const;
  };

export const handler = restHandler({
  route: catalogueRoutes.changeItem,
  handle: changeItem,
  admit: limited({ allowance: ALLOWANCES.changeItem }),
  ports: orderingPorts,
});
