import { type CommandOf, socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';

/** Follows an order no longer. Whoever did not follow it learns nothing of it. */
export const unsubscribe =
  ({ connections }: Pick<ConnectionPorts, 'connections'>) =>
  async ({ payload: { order }, session }: CommandOf<typeof socket.commands.unsubscribe>) => {
    await connections.unsubscribe(session.connection, order);
    return { order };
  };

export const handler = socketHandler({
  on: socket.commands.unsubscribe,
  handle: unsubscribe,
  ports: connectionPorts,
});
