import { UnauthenticatedError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { routes } from '../contract.ts';
import { clientClaims, lifetimeOf } from '../domain.ts';
import { type TokenPorts, tokenPorts } from '../store/ports.ts';
import { sign } from '../store/signing-key.ts';

/**
 * Exchanges a client's secret for a token.
 * @throws {UnauthenticatedError} there is no such client, or the secret is wrong; which of them is not said
 */
export const token =
  ({ knows, key, now }: TokenPorts) =>
  async ({ body: { client, secret, audience } }: RequestOf<typeof routes.token>) => {
    if (!(await knows(client, secret))) {
      logger().warn('client refused', { client, audience });
      throw new UnauthenticatedError({ reason: 'client_or_secret' });
    }
    const claims = clientClaims(client, audience, now());
    const answer = { accessToken: await sign(await key(), claims), expiresInSeconds: lifetimeOf(claims) };
    return { status: 200, body: answer } as const;
  };

export const handler = restHandler({ route: routes.token, handle: token, ports: tokenPorts });
