import { type CommandOf, socketHandler } from '../../../shared/lambda/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { socket } from '../contract.socket.ts';
import { connectionPorts } from '../store/connection-ports.ts';

/** Says what time it is here; that something was said keeps the connection open. */
export const heartbeat =
  ({ now }: { readonly now: Now }) =>
  async (_: CommandOf<typeof socket.commands.heartbeat>) => ({ serverTime: now().toISOString() });

export const handler = socketHandler({
  on: socket.commands.heartbeat,
  handle: heartbeat,
  ports: () => ({ ...connectionPorts(), now: () => new Date() }),
});
