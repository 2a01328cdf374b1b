import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { routes } from '../contract.ts';
import { type SessionPorts, sessionPorts } from '../store/session-ports.ts';

/**
 * Turns a one-time code into a session.
 * @throws {UnauthenticatedError} the code is none, too old, or used by another secret; which of them is not said
 */
export const openSession =
  ({ sessions }: SessionPorts) =>
  async ({ body: { code, secret } }: RequestOf<typeof routes.openSession>) => {
    const session = await sessions.open(code, secret);
    logger().info('signed in to the console', { role: session.role, endsAt: session.endsAt });
    return { status: 201, body: session } as const;
  };

export const handler = restHandler({ route: routes.openSession, handle: openSession, ports: sessionPorts });
