import { limited } from '../../../shared/allowances/index.ts';
import { ForbiddenError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { customerOf } from '../domain/caller.ts';
import { userView } from '../domain/users.ts';
import { type Accounts, accountPorts } from '../store/account-ports.ts';

/**
 * Keeps a payer's consent with a customer's account. Whether it is good is found out by paying with it.
 * @throws {ForbiddenError} it is somebody else's account
 */
export const linkWallet =
  ({ people }: Pick<Accounts, 'people'>) =>
  async ({
    path,
    body,
    caller,
  }: Pick<RequestOf<typeof peopleRoutes.linkWallet>, 'path' | 'body' | 'caller'>) => {
    if (customerOf(caller) !== path.userId) throw new ForbiddenError({ what: 'user' });
    return { status: 200, body: userView(await people.link(path.userId, body.link)) } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.linkWallet,
  handle: linkWallet,
  admit: limited({ allowance: ALLOWANCES.linkWallet }),
  ports: accountPorts,
});
