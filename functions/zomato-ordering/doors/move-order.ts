import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { type Move, orderRoutes } from '../contract.orders.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { concerns } from '../domain/caller.ts';
import { rejected } from '../domain/cancellation.ts';
import { etagOf, mustMatch } from '../domain/etag.ts';
import { hasBeen, moved, type Order } from '../domain/order.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { toldMoved } from '../domain/telling.ts';
import { orderView } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof orderRoutes.moveOrder>, 'path' | 'headers' | 'body' | 'caller'>;

/**
 * Moves an order on, for the kitchen or the rider that has it. Said again, it answers how the order stands.
 * @throws {NotFoundError} there is none, or it is none of the caller's business
 * @throws {MoveNotAllowedError} there is no such way from where it is, or not for this caller; food that nobody has paid
 * is not begun
 * @throws {PreconditionFailedError} it is not any more what the caller has seen
 */
export const moveOrder =
  ({ orders, now }: Pick<OrderingPorts, 'orders' | 'now'>) =>
  async ({ path, headers, body, caller }: Request) => {
    const order = await orders.change(path.orderId, {
      name: `move:${body.to}`,
      decide: (found) => {
        if (!concerns(found, caller)) throw new NotFoundError({ what: 'order', id: found.id });
        if (hasBeen(found, body.to)) return undefined;
        mustMatch(etagOf(found.version), headers['if-match']);
        const after = step(found, { ...body, by: moverOf(caller), at: now().toISOString() });
        return { order: after, events: toldMoved(found.state, after) };
      },
    });
    return { status: 200, headers: { ETag: etagOf(order.version) }, body: orderView(order) } as const;
  };

const moverOf = ({ roles }: Caller) => (roles.includes('kitchen') ? 'kitchen' : 'rider');

const step = (
  order: Order,
  {
    to,
    by,
    reason,
    at,
  }: { readonly to: Move; readonly by: 'kitchen' | 'rider'; readonly reason?: string; readonly at: string },
): Order =>
  to === 'REJECTED' && by === 'kitchen' && reason !== undefined
    ? rejected(order, { reason, at })
    : moved(order, to, { by, at });

export const handler = restHandler({
  route: orderRoutes.moveOrder,
  handle: moveOrder,
  admit: limited({ allowance: ALLOWANCES.moveOrder }),
  ports: orderingPorts,
  messages,
});
