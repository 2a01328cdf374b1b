import type { Caller } from '../../../shared/http/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import type { OrderId } from '../../zomato-ordering/contract.views.ts';
import { routes } from '../contract.ts';
import { FollowerRole } from '../contract.views.ts';
import { concerning, type Follower, isOf } from '../domain/access.ts';
import { standingOf } from '../domain/standing.ts';
import type { TrackedOrder } from '../domain/tracked.ts';
import { pageFor } from '../domain/views.ts';
import { messages } from '../messages.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/** So often somebody who waits looks. */
const LOOK_EVERY_MS = 500;

/**
 * The log after `from`, for whoever has no WebSocket; where nothing stands there yet, what comes within `wait` seconds.
 * @throws {NotFoundError} there is no such order, or it is none of the caller's: they cannot tell the two apart
 */
export const readLog =
  (ports: LogPorts) =>
  async ({ path: { orderId }, query, caller, say }: RequestOf<typeof routes.readLog>) => {
    const { from, wait } = query;
    const until = ports.now().getTime() + wait * 1000;
    const look = async () => mayRead((await ports.orders.find(orderId))?.order, orderId, caller);
    let order = await look();
    while (order.head <= from && ports.now().getTime() < until) {
      await ports.pause(LOOK_EVERY_MS);
      order = await look();
    }
    const standing = await standingOf(ports, order, from);
    return { status: 200, body: pageFor(standing, from, readerOf(order, caller), say) } as const;
  };

const followersOf = ({ subject, roles }: Caller): readonly Follower[] =>
  FollowerRole.options.filter((role) => roles.includes(role)).map((role) => ({ subject, role }));

const isOperator = ({ roles }: Caller): boolean => roles.includes('operator');

const mayRead = (order: TrackedOrder | undefined, id: OrderId, caller: Caller): TrackedOrder =>
  order && isOperator(caller) ? order : concerning(order, id, ...followersOf(caller));

/** As what a caller reads; an operator sees everything. */
const readerOf = (order: TrackedOrder, caller: Caller): Follower | undefined =>
  isOperator(caller) ? undefined : followersOf(caller).find((one) => isOf(order, one));

export const handler = restHandler({ route: routes.readLog, handle: readLog, ports: logPorts, messages });
