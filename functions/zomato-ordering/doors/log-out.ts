import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { accountPorts } from '../store/account-ports.ts';
import { refreshPorts } from '../store/refresh-ports.ts';
import type { LogInPorts } from './log-in.ts';

/** Ends a session, whichever of its tokens is shown. A session that there is not has ended: nobody learns from the answer. */
export const logOut =
  ({ sessions, refreshTokens, now }: Pick<LogInPorts, 'sessions' | 'refreshTokens' | 'now'>) =>
  async ({ body }: Pick<RequestOf<typeof peopleRoutes.logOut>, 'body'>) => {
    const read = await refreshTokens.read(body.refreshToken);
    if (read && (await sessions.find(read.session))) await sessions.end(read.session, now().toISOString());
    return { status: 204 } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.logOut,
  handle: logOut,
  admit: limited({ allowance: ALLOWANCES.logOut }),
  ports: () => ({ ...accountPorts(), ...refreshPorts() }),
});
