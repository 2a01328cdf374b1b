import { limited } from '../../../shared/allowances/index.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { CustomerId } from '../contract.views.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { EmailTakenError } from '../domain/errors.ts';
import type { Passwords } from '../domain/ports.ts';
import { userView } from '../domain/users.ts';
import { peopleMessages } from '../messages.people.ts';
import { type Accounts, accountPorts } from '../store/account-ports.ts';
import { passwordPorts } from '../store/passwords.ts';

/**
 * Makes an account. Whoever shows the same address and password again has lost our answer, and gets it again.
 * @throws {EmailTakenError} somebody else has the address
 */
export const signUp =
  ({ people, passwords, ids }: Accounts & { readonly passwords: Passwords }) =>
  async ({ body }: Pick<RequestOf<typeof peopleRoutes.signUp>, 'body'>) => {
    const { password, ...said } = body;
    const user = {
      ...said,
      id: CustomerId.parse(newId('customer', ids)),
      passwordHash: await passwords.hash(password),
    };
    if (await people.register(user)) return { status: 201, body: userView(user) } as const;
    const known = await people.byEmail(body.email);
    if (!known || !(await passwords.matches(password, known.passwordHash))) throw new EmailTakenError({});
    return { status: 201, body: userView(known) } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.signUp,
  handle: signUp,
  admit: limited({ allowance: ALLOWANCES.signUp }),
  ports: () => ({ ...accountPorts(), ...passwordPorts() }),
  messages: peopleMessages,
});
