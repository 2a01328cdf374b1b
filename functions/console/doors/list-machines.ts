import { restHandler } from '../../../shared/lambda/index.ts';
import { type MachineView, routes, STATUSES } from '../contract.ts';
import type { ConsolePorts } from '../domain/ports.ts';
import { consolePorts } from '../store/ports.ts';

/** The machines of the city, with how many executions have which status. */
export const listMachines =
  ({ systems, machines }: ConsolePorts) =>
  async () => {
    const owned = (await systems()).flatMap((system) =>
      system.machines.map((name) => ({ name, system: system.name })),
    );
    const items: MachineView[] = await Promise.all(
      owned.map(async (machine) => ({
        ...machine,
        runs: await Promise.all(
          STATUSES.map(async (status) => ({ status, ...(await machines.count(machine.name, status)) })),
        ),
      })),
    );
    return { status: 200, body: { items } } as const;
  };

export const handler = restHandler({ route: routes.listMachines, handle: listMachines, ports: consolePorts });
