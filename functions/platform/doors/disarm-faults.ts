import { restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type Faults, faultsPort } from '../store/faults.ts';

/** Takes every fault back. */
export const disarmFaults =
  ({ disarm }: Pick<Faults, 'disarm'>) =>
  async () => {
    await disarm();
    return { status: 204 } as const;
  };

export const handler = restHandler({ route: routes.disarmFaults, handle: disarmFaults, ports: faultsPort });
