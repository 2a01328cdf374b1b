import { hashed, limited } from '../../../shared/allowances/index.ts';
import { UnauthenticatedError } from '../../../shared/errors/index.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { AccessTokens, Passwords, RefreshTokens } from '../domain/ports.ts';
import { SESSION_DAYS } from '../domain/refresh.ts';
import { userView } from '../domain/users.ts';
import { peopleMessages } from '../messages.people.ts';
import { accessTokens } from '../peers.identity.ts';
import { type Accounts, accountPorts } from '../store/account-ports.ts';
import { passwordPorts } from '../store/passwords.ts';
import { refreshPorts } from '../store/refresh-ports.ts';

export interface LogInPorts extends Accounts {
  readonly passwords: Passwords;
  readonly refreshTokens: RefreshTokens;
  readonly accessTokens: AccessTokens;
}
type Request = RequestOf<typeof peopleRoutes.logIn>;

/**
 * Opens a session for e-mail and password.
 * @throws {UnauthenticatedError} there is no such account, or the password is wrong; which of them is not said, nor to
 * be measured
 */
export const logIn =
  ({ people, sessions, passwords, refreshTokens, accessTokens, now, ids }: LogInPorts) =>
  async ({ body: { email, password } }: Pick<Request, 'body'>) => {
    const user = await people.byEmail(email);
    const isRight = await passwords.matches(password, user?.passwordHash);
    if (!user || !isRight) {
      logger().warn('log-in refused', { account: hashed(email) });
      throw new UnauthenticatedError({ reason: 'email_or_password' });
    }
    const at = now();
    const endsAt = new Date(at.getTime() + SESSION_DAYS * 86_400_000).toISOString();
    const session = { id: newId('session', ids), user: user.id, turn: 1, turnedAt: at.toISOString(), endsAt };
    const access = await accessTokens(user.id);
    await sessions.open(session);
    const refreshToken = await refreshTokens.write(session.id, session.turn);
    logger().info('logged in', { user: user.id, session: session.id });
    return { status: 201, body: { ...access, refreshToken, endsAt, user: userView(user) } } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.logIn,
  handle: logIn,
  admit: limited<Request>(
    { allowance: ALLOWANCES.logIn, who: ({ client, body }) => hashed(`${client} ${body.email}`) },
    { allowance: ALLOWANCES.logInWide },
  ),
  ports: () => ({
    ...{ ...accountPorts(), ...passwordPorts(), ...refreshPorts() },
    accessTokens: accessTokens(),
  }),
  messages: peopleMessages,
});
