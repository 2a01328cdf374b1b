import { restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { SystemsPorts } from '../domain/ports.ts';
import { systemsPort } from '../store/systems.ts';

/** The systems that are deployed, and where each answers. */
export const listSystems =
  ({ systems, addresses }: SystemsPorts) =>
  async () => {
    const [known, urls] = await Promise.all([systems(), addresses()]);
    const items = known.map((system) => {
      const url = urls.get(system.name);
      return { ...system, ...(url === undefined ? {} : { url }) };
    });
    return { status: 200, body: { items } } as const;
  };

export const handler = restHandler({ route: routes.listSystems, handle: listSystems, ports: systemsPort });
