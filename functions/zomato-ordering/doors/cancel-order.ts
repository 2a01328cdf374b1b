import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes } from '../contract.orders.ts';
import type { CancellationView } from '../contract.views.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { concerns } from '../domain/caller.ts';
import { cancelled } from '../domain/cancellation.ts';
import { etagOf, mustMatch } from '../domain/etag.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { toldMoved } from '../domain/telling.ts';
import { cancellationView } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof orderRoutes.cancelOrder>, 'path' | 'headers' | 'body' | 'caller'>;

/**
 * Cancels an order, for whoever ordered or cooks it. The state is looked at in the write itself, so that it is either
 * cancelled or on its way, whoever was faster. Cancelled again it is a refusal: it has ended.
 * @throws {NotFoundError} there is none, or it is none of the caller's business
 * @throws {OrderNotCancellableError} too late
 * @throws {PreconditionFailedError} it is not any more what the caller has seen
 */
export const cancelOrder =
  ({ orders, now, ids }: Pick<OrderingPorts, 'orders' | 'now' | 'ids'>) =>
  async ({ path, headers, body, caller }: Request) => {
    const order = await orders.change(path.orderId, {
      name: `cancel:${ids()}`,
      decide: (found) => {
        if (!concerns(found, caller)) throw new NotFoundError({ what: 'order', id: found.id });
        mustMatch(etagOf(found.version), headers['if-match']);
        const by = caller.roles.includes('kitchen') ? 'kitchen' : 'customer';
        const after = cancelled(found, { by, reason: body.reason, at: now().toISOString() });
        return { order: after, events: toldMoved(found.state, after) };
      },
    });
    const cancellation = cancellationView(order) as CancellationView; // it was cancelled above
    return { status: 200, headers: { ETag: etagOf(order.version) }, body: cancellation } as const;
  };

export const handler = restHandler({
  route: orderRoutes.cancelOrder,
  handle: cancelOrder,
  admit: limited({ allowance: ALLOWANCES.cancelOrder }),
  ports: orderingPorts,
  messages,
});
