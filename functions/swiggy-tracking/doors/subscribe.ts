import { type CommandOf, socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { concerning, readerOf } from '../domain/access.ts';
import { among, followedIn } from '../domain/followed.ts';
import { pageOf } from '../domain/standing.ts';
import { messages } from '../messages.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/**
 * Follows an order or a booking, and answers the page after `from`. It is followed before the log is read: what is added in between is
 * sent, and in the page too; the follower drops what it has.
 * @throws {NotFoundError} there is no such thing, or it is none of the caller's: they cannot tell the two apart
 * @throws {SubscriptionLimitError} the connection, or what it would follow, has no place left
 */
export const subscribe =
  (ports: LogPorts & ConnectionPorts) =>
  async ({ payload, session, say }: CommandOf<typeof socket.commands.subscribe>) => {
    const id = followedIn(payload);
    const reader = readerOf(session.subject, session.role);
    const look = async () => concerning((await among(ports, id).find(id))?.tracked, id, reader);
    await look();
    await ports.connections.subscribe(session, id);
    // As it stands now: it may have gone on while the subscription was written.
    return pageOf(ports, await look(), { from: payload.from, reader, say });
  };

export const handler = socketHandler({
  on: socket.commands.subscribe,
  handle: subscribe,
  ports: () => ({ ...logPorts(), ...connectionPorts() }),
  messages,
});
