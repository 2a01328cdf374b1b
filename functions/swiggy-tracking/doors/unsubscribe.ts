import { type CommandOf, socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { followedIn, named } from '../domain/followed.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';

/** Follows an order or a booking no longer. Whoever did not follow it learns nothing of it. */
export const unsubscribe =
  ({ connections }: Pick<ConnectionPorts, 'connections'>) =>
  async ({ payload, session }: CommandOf<typeof socket.commands.unsubscribe>) => {
    const id = followedIn(payload);
    await connections.unsubscribe(session.connection, id);
    return named(id);
  };

export const handler = socketHandler({
  on: socket.commands.unsubscribe,
  handle: unsubscribe,
  ports: connectionPorts,
});
