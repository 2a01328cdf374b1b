import { restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type Faults, faultsPort } from '../store/faults.ts';

/** What is armed now. */
export const listFaults =
  ({ list }: Pick<Faults, 'list'>) =>
  async () =>
    ({ status: 200, body: { items: await list() } }) as const;

export const handler = restHandler({ route: routes.listFaults, handle: listFaults, ports: faultsPort });
