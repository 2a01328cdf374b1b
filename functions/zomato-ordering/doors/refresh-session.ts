import { limited } from '../../../shared/allowances/index.ts';
import { UnauthenticatedError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { CustomerId } from '../contract.views.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { shown } from '../domain/refresh.ts';
import { userView } from '../domain/users.ts';
import { accessTokens } from '../peers.identity.ts';
import { accountPorts } from '../store/account-ports.ts';
import { refreshPorts } from '../store/refresh-ports.ts';
import type { LogInPorts } from './log-in.ts';

/**
 * Gives the next pair of tokens. The refresh token is used up by it; shown once more at once it gets the same answer,
 * because an answer can be lost; shown later it has been stolen from somebody, so nobody keeps the session.
 * @throws {UnauthenticatedError} it is none of ours, or its session is over; which of them is not said
 */
export const refreshSession =
  ({ people, sessions, refreshTokens, accessTokens, now }: Omit<LogInPorts, 'passwords' | 'ids'>) =>
  async ({ body }: Pick<RequestOf<typeof peopleRoutes.refreshSession>, 'body'>) => {
    const refused = (reason: string) => new UnauthenticatedError({ reason });
    const read = await refreshTokens.read(body.refreshToken);
    if (!read) throw refused('refresh_token');
    const at = now();
    // Read first: a token that identity cannot give now must not cost the one that was shown.
    const session = await sessions.find(read.session);
    const shownAs = session ? shown(session, read.turn, at) : 'over';
    if (!session || shownAs === 'over') throw refused('session');
    if (shownAs === 'theft') {
      logger().warn('a refresh token was used twice; its session ends', { session: session.id });
      await sessions.end(session.id, at.toISOString());
      throw refused('session');
    }
    const user = await people.user(CustomerId.parse(session.user));
    const access = await accessTokens(user.id);
    // Two at once with one token: both get what the faster one made of it.
    if (shownAs === 'turn') await sessions.turn(session.id, read.turn, at.toISOString());
    const refreshToken = await refreshTokens.write(session.id, read.turn + 1);
    return {
      status: 200,
      body: { ...access, refreshToken, endsAt: session.endsAt, user: userView(user) },
    } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.refreshSession,
  handle: refreshSession,
  admit: limited({ allowance: ALLOWANCES.refreshSession }),
  ports: () => ({
    ...{ ...accountPorts(), ...refreshPorts() },
    accessTokens: accessTokens(),
  }),
});
