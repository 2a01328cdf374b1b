import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/**
 * A rider, with their phone.
 * @throws {NotFoundError} there is none, or it is somebody else: a stranger cannot tell the two apart
 */
export const getRider =
  ({ riders }: Pick<LogPorts, 'riders'>) =>
  async ({ path: { riderId }, caller }: RequestOf<typeof routes.getRider>) => {
    if (!caller.roles.includes('operator') && caller.subject !== riderId) {
      throw new NotFoundError({ what: 'rider', id: riderId });
    }
    return { status: 200, body: await riders.load(riderId) } as const;
  };

export const handler = restHandler({ route: routes.getRider, handle: getRider, ports: logPorts });
