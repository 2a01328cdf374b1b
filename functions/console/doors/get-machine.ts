import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { systemOf } from '../domain/machine.ts';
import type { ConsolePorts } from '../domain/ports.ts';
import { consolePorts } from '../store/ports.ts';

/**
 * A machine as it is deployed.
 * @throws {NotFoundError} the city has no such machine
 */
export const getMachine =
  ({ systems, machines }: ConsolePorts) =>
  async ({ path: { machine } }: RequestOf<typeof routes.getMachine>) => {
    const system = await systemOf(systems, machine);
    const found = await machines.definition(machine);
    if (!found) throw new NotFoundError({ what: 'machine', id: machine });
    return { status: 200, body: { name: machine, system, ...found } } as const;
  };

export const handler = restHandler({ route: routes.getMachine, handle: getMachine, ports: consolePorts });
