import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { routes } from '../contract.ts';
import { lifetimeOf, subjectClaims } from '../domain.ts';
import { type IssuePorts, issuePorts } from '../store/ports.ts';
import { sign } from '../store/signing-key.ts';

/**
 * Issues a token for a subject, on behalf of an operator or of its system, and says so in the log: whose, for what, by whom.
 * @throws {ForbiddenError} nobody may have a token for that subject, or not at the word of this caller
 */
export const issue =
  ({ key, now }: IssuePorts) =>
  async ({ body, caller }: RequestOf<typeof routes.issue>) => {
    const claims = subjectClaims(body, caller, now());
    const accessToken = await sign(await key(), claims);
    const { sub: subject, roles, aud: audience } = claims;
    logger().info('issued for a subject', { subject, roles, audience, by: caller.subject });
    const answer = { accessToken, expiresInSeconds: lifetimeOf(claims) };
    return { status: 200, body: answer } as const;
  };

export const handler = restHandler({ route: routes.issue, handle: issue, ports: issuePorts });
