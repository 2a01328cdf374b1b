import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { routes } from '../contract.ts';
import { type Faults, faultsPort } from '../store/faults.ts';

/** Arms a fault. */
export const armFault =
  ({ arm }: Pick<Faults, 'arm'>) =>
  async ({ body, caller }: RequestOf<typeof routes.armFault>) => {
    const fault = await arm(body);
    logger().info('fault armed', { fault, by: caller.subject });
    return { status: 201, body: fault } as const;
  };

export const handler = restHandler({ route: routes.armFault, handle: armFault, ports: faultsPort });
