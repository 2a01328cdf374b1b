import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { givenUp } from '../domain/riding.ts';
import { toldRider } from '../domain/telling.ts';
import { messages } from '../messages.ts';
import { orderingPorts } from '../store/ports.ts';

/**
 * A rider gives an order back, and another one is looked for.
 * @throws {NotFoundError} there is none, or this rider does not have it
 * @throws {MoveNotAllowedError} it is picked up
 */
export const giveBackDelivery =
  ({ orders, now, ids }: Pick<OrderingPorts, 'orders' | 'now' | 'ids'>) =>
  async ({ path, caller }: Pick<RequestOf<typeof orderRoutes.giveBackDelivery>, 'path' | 'caller'>) => {
    await orders.change(path.orderId, {
      name: `give-back:${ids()}`,
      decide: (found) => {
        if (found.rider.id !== caller.subject) throw new NotFoundError({ what: 'order', id: found.id });
        const at = now().toISOString();
        const after = givenUp(found, at);
        return { order: after, events: toldRider(after, caller.subject, at) };
      },
    });
    return { status: 204 } as const;
  };

export const handler = restHandler({
  route: orderRoutes.giveBackDelivery,
  handle: giveBackDelivery,
  admit: limited({ allowance: ALLOWANCES.giveBackDelivery }),
  ports: orderingPorts,
  messages,
});
