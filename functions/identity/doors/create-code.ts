import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { CODE_SECONDS, routes } from '../contract.ts';
import { type CodePorts, codePorts } from '../store/session-ports.ts';

/** Makes a one-time code for the console, and says so in the log: for which role, by whom. */
export const createCode =
  ({ sessions, unguessable }: CodePorts) =>
  async ({ body: { role }, caller }: RequestOf<typeof routes.createCode>) => {
    const code = unguessable();
    await sessions.allow(code, role);
    logger().info('made a code for the console', { role, by: caller.subject });
    return { status: 201, body: { code, expiresInSeconds: CODE_SECONDS } } as const;
  };

export const handler = restHandler({ route: routes.createCode, handle: createCode, ports: codePorts });
