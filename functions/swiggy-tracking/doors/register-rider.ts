import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/** Registers a rider, or changes one. */
export const registerRider =
  ({ riders }: Pick<LogPorts, 'riders'>) =>
  async ({ path: { riderId }, body }: RequestOf<typeof routes.registerRider>) =>
    ({ status: 200, body: await riders.register(riderId, body) }) as const;

export const handler = restHandler({ route: routes.registerRider, handle: registerRider, ports: logPorts });
