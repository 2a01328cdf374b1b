import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { lifetimeOf, sessionClaims } from '../domain.ts';
import { type SessionTokenPorts, sessionTokenPorts } from '../store/session-ports.ts';
import { sign } from '../store/signing-key.ts';

/**
 * A token for a system, on behalf of a session.
 * @throws {UnauthenticatedError} there is no such session, or it has ended
 */
export const sessionToken =
  ({ sessions, key, now }: SessionTokenPorts) =>
  async ({ body: { secret, audience } }: RequestOf<typeof routes.sessionToken>) => {
    const claims = sessionClaims(await sessions.roleOf(secret), audience, now());
    const answer = { accessToken: await sign(await key(), claims), expiresInSeconds: lifetimeOf(claims) };
    return { status: 200, body: answer } as const;
  };

export const handler = restHandler({
  route: routes.sessionToken,
  handle: sessionToken,
  ports: sessionTokenPorts,
});
