import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { concerns } from '../domain/caller.ts';
import { etagOf } from '../domain/etag.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { orderView } from '../domain/view.ts';
import { orderingPorts } from '../store/ports.ts';

/**
 * An order, with the tag that `If-Match` takes.
 * @throws {NotFoundError} there is none, or it is none of the caller's business: a stranger cannot tell the two apart
 */
export const getOrder =
  ({ orders }: Pick<OrderingPorts, 'orders'>) =>
  async ({ path, caller }: Pick<RequestOf<typeof orderRoutes.getOrder>, 'path' | 'caller'>) => {
    const order = await orders.load(path.orderId);
    if (!concerns(order, caller)) throw new NotFoundError({ what: 'order', id: path.orderId });
    return { status: 200, headers: { ETag: etagOf(order.version) }, body: orderView(order) } as const;
  };

export const handler = restHandler({
  route: orderRoutes.getOrder,
  handle: getOrder,
  admit: limited({ allowance: ALLOWANCES.getOrder }),
  ports: orderingPorts,
});
