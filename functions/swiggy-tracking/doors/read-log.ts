import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { ListenerRole } from '../contract.views.ts';
import { isOf, type Reader } from '../domain/access.ts';
import { standingOf } from '../domain/standing.ts';
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
    const look = async () => {
      const found = (await ports.orders.find(orderId))?.order;
      const reader = readersOf(caller).find((one) => found && isOf(found, one));
      if (!found || !reader) throw new NotFoundError({ what: 'order', id: orderId });
      return { order: found, reader };
    };
    let seen = await look();
    while (seen.order.head <= from && ports.now().getTime() < until) {
      await ports.pause(LOOK_EVERY_MS);
      seen = await look();
    }
    const standing = await standingOf(ports, seen.order, from);
    return { status: 200, body: pageFor(standing, from, seen.reader, say) } as const;
  };

/** As what a caller may look: first as what sees most. */
const readersOf = ({ subject, roles }: Caller): readonly Reader[] =>
  ListenerRole.options.filter((role) => roles.includes(role)).map((role) => ({ subject, role }));

export const handler = restHandler({ route: routes.readLog, handle: readLog, ports: logPorts, messages });
