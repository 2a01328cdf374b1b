import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { etagOf } from '../domain/etag.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { taken } from '../domain/riding.ts';
import { toldRider } from '../domain/telling.ts';
import { orderView } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { orderingPorts } from '../store/ports.ts';

/**
 * A rider takes an order that looks for one. Who has it already is answered how it stands.
 * @throws {NotFoundError} @throws {OrderTakenError} another one was faster
 * @throws {MoveNotAllowedError} it does not look for one: not yet, or not any more
 */
export const takeDelivery =
  ({ orders, now, ids }: Pick<OrderingPorts, 'orders' | 'now' | 'ids'>) =>
  async ({ path, caller }: Pick<RequestOf<typeof orderRoutes.takeDelivery>, 'path' | 'caller'>) => {
    const order = await orders.change(path.orderId, {
      name: `take:${ids()}`,
      decide: (found) => {
        if (found.rider.id === caller.subject) return undefined;
        const at = now().toISOString();
        const after = taken(found, caller.subject, at);
        return { order: after, events: toldRider(after, caller.subject, at) };
      },
    });
    return { status: 200, headers: { ETag: etagOf(order.version) }, body: orderView(order) } as const;
  };

export const handler = restHandler({
  route: orderRoutes.takeDelivery,
  handle: takeDelivery,
  admit: limited({ allowance: ALLOWANCES.takeDelivery }),
  ports: orderingPorts,
  messages,
});
