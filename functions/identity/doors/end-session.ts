import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type SessionPorts, sessionPorts } from '../store/session-ports.ts';

/** Signs out. A session that there is not, or not any more, has ended: nobody learns from the answer. */
export const endSession =
  ({ sessions }: SessionPorts) =>
  async ({ body: { secret } }: RequestOf<typeof routes.endSession>) => {
    await sessions.end(secret);
    return { status: 204 } as const;
  };

export const handler = restHandler({ route: routes.endSession, handle: endSession, ports: sessionPorts });
