import { socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';

/** Forgets a connection and what it followed; one that never tells is found out by the next push. */
export const disconnect =
  ({ connections }: Pick<ConnectionPorts, 'connections'>) =>
  async ({ connection }: { readonly connection: string }): Promise<void> => {
    await connections.forget(connection);
  };

export const handler = socketHandler({ on: socket.disconnect, handle: disconnect, ports: connectionPorts });
