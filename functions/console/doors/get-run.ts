import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { systemOf } from '../domain/machine.ts';
import type { ConsolePorts } from '../domain/ports.ts';
import { runDetail } from '../domain/runs.ts';
import { consolePorts } from '../store/ports.ts';

/**
 * One execution.
 * @throws {NotFoundError} the city has no such machine, or the machine no such execution
 */
export const getRun =
  ({ systems, machines }: ConsolePorts) =>
  async ({ path: { machine, run } }: RequestOf<typeof routes.getRun>) => {
    await systemOf(systems, machine);
    const found = await machines.run(machine, run);
    if (!found) throw new NotFoundError({ what: 'run', id: run });
    return { status: 200, body: runDetail(machine, found) } as const;
  };

export const handler = restHandler({ route: routes.getRun, handle: getRun, ports: consolePorts });
