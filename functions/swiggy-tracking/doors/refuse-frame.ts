import { InvalidInputError } from '../../../shared/errors/index.ts';
import { socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { connectionPorts } from '../store/connection-ports.ts';

const known = Object.values(socket.commands)
  .map(({ route }) => route)
  .filter((route) => route !== '$default')
  .join(', ');

/**
 * Answers what is no command of ours.
 * @throws {InvalidInputError} always, with the commands that there are
 */
export const refuseFrame = () => async (): Promise<Record<never, never>> => {
  throw new InvalidInputError({
    issues: [{ field: 'frame.type', expected: `one of ${known}`, expectedHi: `इनमें से एक: ${known}` }],
  });
};

export const handler = socketHandler({
  on: socket.commands.other,
  handle: refuseFrame,
  ports: connectionPorts,
});
