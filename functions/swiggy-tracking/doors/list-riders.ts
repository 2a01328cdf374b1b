import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { Riding } from '../contract.views.ts';
import { positionView } from '../domain/positions.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/** Who brings an order now, and where they were last, for operators. */
export const listRiders =
  ({ orders, positions }: Pick<LogPorts, 'orders' | 'positions'>) =>
  async ({ query }: Pick<RequestOf<typeof routes.listRiders>, 'query'>) => {
    const { items: ridden, more } = await orders.ridden(query.limit);
    const items = await Promise.all(
      ridden.map(async ({ id, state, rider }): Promise<Riding> => {
        const position = await positions.find(id);
        // What a rider sent who gave the order back is not where this one is.
        const isTheirs = position?.rider === rider;
        return { rider, order: id, state, ...(isTheirs ? { position: positionView(position) } : {}) };
      }),
    );
    return { status: 200, body: { items, more } } as const;
  };

export const handler = restHandler({ route: routes.listRiders, handle: listRiders, ports: logPorts });
