import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { messages } from '../messages.ts';
import { userChanged } from '../store/people.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * Sets a payer's KYC, block or disputes; setting it again is the same.
 * @throws {NotFoundError} there is no such payer
 */
export const changeUser =
  ({ effects, people, ids }: TablePorts) =>
  async ({ path: { userId }, body, caller }: RequestOf<typeof peopleRoutes.changeUser>) => {
    await effects.commit({
      effect: { owner: userId, name: `change-${ids()}`, keepDays: 1 },
      changes: [userChanged(userId, body)],
      answer: userId,
    });
    logger().info('payer changed', { userId, by: caller.subject, ...body });
    const { kyc, blocked, disputes } = await people.user(userId);
    return { status: 200, body: { id: userId, kyc, blocked, disputes } } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.changeUser,
  handle: changeUser,
  ports: tablePorts,
  messages,
});
