import { command } from '../../../shared/effects/of-command.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { UserId } from '../contract.ts';
import { messages } from '../messages.ts';
import { userRegistered } from '../store/people.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';
import { walletOpened } from '../store/wallets.ts';

/** Registers a payer and opens an empty wallet, in one transaction; the same key answers the same payer. */
export const createUser =
  ({ effects, people, now, ids }: TablePorts) =>
  async ({ body, caller, idempotencyKey }: RequestOf<typeof peopleRoutes.createUser>) => {
    const createdAt = now().toISOString();
    const id = UserId.parse(newId('user', ids));
    const { answer } = await effects.commit({
      effect: await command(peopleRoutes.createUser, { caller, idempotencyKey, body }),
      changes: [userRegistered({ ...body, id, disputes: 0, createdAt }), walletOpened(id, createdAt)],
      answer: id,
    });
    const { kyc, blocked, disputes } = await people.user(answer);
    return { status: 201, body: { id: answer, kyc, blocked, disputes } } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.createUser,
  handle: createUser,
  ports: tablePorts,
  messages,
});
