import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { catalogueRoutes } from '../contract.catalogue.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { mustBeKitchenOf } from '../domain/caller.ts';
import { menuView } from '../domain/catalogue.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof catalogueRoutes.publishMenu>, 'path' | 'body' | 'caller'>;

/**
 * Puts a menu in the place of the one before.
 * @throws {ForbiddenError} it is another kitchen's @throws {NotFoundError} there is no such restaurant
 * @throws {ItemOfOtherRestaurantError} an id is another restaurant's
 * @throws {TransientError} others changed it again and again; a retry helps
 */
export const publishMenu =
  ({ catalogue }: Pick<OrderingPorts, 'catalogue'>) =>
  async ({ path, body, caller }: Request) => {
    mustBeKitchenOf(path.restaurantId, caller);
    return {
      status: 200,
      body: menuView(await catalogue.publishMenu(path.restaurantId, body.items)),
    } as const;
  };

export const handler = restHandler({
  route: catalogueRoutes.publishMenu,
  handle: publishMenu,
  admit: limited({ allowance: ALLOWANCES.publishMenu }),
  ports: orderingPorts,
  messages,
});
