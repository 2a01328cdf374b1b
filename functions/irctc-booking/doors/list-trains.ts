import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { trainRoutes } from '../contract.trains.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { RailPorts } from '../domain/ports.ts';
import { trainView } from '../domain/view.ts';
import { railPorts } from '../store/ports.ts';

/** The trains that can be booked, by their numbers. */
export const listTrains =
  ({ trains }: Pick<RailPorts, 'trains'>) =>
  async ({ query }: Pick<RequestOf<typeof trainRoutes.listTrains>, 'query'>) => {
    const { items, ...rest } = await trains.list(query);
    return { status: 200, body: { items: items.map(trainView), ...rest } } as const;
  };

export const handler = restHandler({
  route: trainRoutes.listTrains,
  handle: listTrains,
  admit: limited({ allowance: ALLOWANCES.listTrains }),
  ports: railPorts,
});
