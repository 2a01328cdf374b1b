import { restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { ConsolePorts } from '../domain/ports.ts';
import { systemsPort } from '../store/systems.ts';

/** The systems that are deployed. */
export const listSystems =
  ({ systems }: Pick<ConsolePorts, 'systems'>) =>
  async () =>
    ({ status: 200, body: { items: await systems() } }) as const;

export const handler = restHandler({ route: routes.listSystems, handle: listSystems, ports: systemsPort });
