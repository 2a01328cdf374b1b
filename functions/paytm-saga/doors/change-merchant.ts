import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { messages } from '../messages.ts';
import { merchantChanged } from '../store/people.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * Suspends a merchant or freezes its settlement account, and the reverse; setting it again is the same.
 * @throws {NotFoundError} there is no such merchant
 */
export const changeMerchant =
  ({ effects, people, ids }: TablePorts) =>
  async ({ path: { merchantId }, body, caller }: RequestOf<typeof peopleRoutes.changeMerchant>) => {
    await effects.commit({
      effect: { owner: merchantId, name: `change-${ids()}`, keepDays: 1 },
      changes: [merchantChanged(merchantId, body)],
      answer: merchantId,
    });
    logger().info('merchant changed', { merchantId, by: caller.subject, ...body });
    const { name, suspended, settlement } = await people.merchant(merchantId);
    return { status: 200, body: { id: merchantId, name, suspended, settlement } } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.changeMerchant,
  handle: changeMerchant,
  ports: tablePorts,
  messages,
});
