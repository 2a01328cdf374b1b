import { type CommandOf, socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { concerning, readerOf } from '../domain/access.ts';
import { standingOf } from '../domain/standing.ts';
import { pageFor } from '../domain/views.ts';
import { messages } from '../messages.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/**
 * Follows an order, and answers the page after `from`. It is followed before the log is read: what is added in between is
 * sent, and in the page too; the follower drops what it has.
 * @throws {NotFoundError} there is no such order, or it is none of the caller's: they cannot tell the two apart
 * @throws {SubscriptionLimitError} the connection, or the order, has no place left
 */
export const subscribe =
  (ports: LogPorts & ConnectionPorts) =>
  async ({ payload, session, say }: CommandOf<typeof socket.commands.subscribe>) => {
    const { order: id, from } = payload;
    const reader = readerOf(session.subject, session.role);
    concerning((await ports.orders.find(id))?.order, id, reader);
    await ports.connections.subscribe(session, id);
    // As it stands now: it may have gone on while the subscription was written.
    const order = concerning((await ports.orders.find(id))?.order, id, reader);
    return pageFor(await standingOf(ports, order, from), from, reader, say);
  };

export const handler = socketHandler({
  on: socket.commands.subscribe,
  handle: subscribe,
  ports: () => ({ ...logPorts(), ...connectionPorts() }),
  messages,
});
