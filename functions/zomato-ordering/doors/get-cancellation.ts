import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { concerns } from '../domain/caller.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { cancellationView } from '../domain/view.ts';
import { orderingPorts } from '../store/ports.ts';

/**
 * Why an order was cancelled, and what became of the money.
 * @throws {NotFoundError} there is no such order, none of the caller's, or it is not cancelled
 */
export const getCancellation =
  ({ orders }: Pick<OrderingPorts, 'orders'>) =>
  async ({ path, caller }: Pick<RequestOf<typeof orderRoutes.getCancellation>, 'path' | 'caller'>) => {
    const order = await orders.load(path.orderId);
    const body = concerns(order, caller) ? cancellationView(order) : undefined;
    if (!body) throw new NotFoundError({ what: 'cancellation', id: path.orderId });
    return { status: 200, body } as const;
  };

export const handler = restHandler({
  route: orderRoutes.getCancellation,
  handle: getCancellation,
  admit: limited({ allowance: ALLOWANCES.getCancellation }),
  ports: orderingPorts,
});
