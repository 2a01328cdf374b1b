import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { api, routes } from '../contract.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { orderingPorts } from '../store/ports.ts';

/** Counting is reading; beyond this it is "many". */
const MOST = 1_000;
/** Whoever watches comes every few seconds, from many places. */
const KEEP_MS = 10_000;

/** That it answers, and what it knows: counted anew when what was counted is ten seconds old. */
export const health = ({ orders, catalogue, now }: Pick<OrderingPorts, 'orders' | 'catalogue' | 'now'>) => {
  let counted: { at: number; restaurants: number; activeOrders: number } | undefined;
  return async (_: Partial<RequestOf<typeof routes.health>>) => {
    const at = now();
    if (!counted || at.getTime() - counted.at >= KEEP_MS) {
      const [restaurants, activeOrders] = await Promise.all([
        catalogue.count(MOST),
        orders.countActive(MOST),
      ]);
      counted = { at: at.getTime(), restaurants, activeOrders };
    }
    const { restaurants, activeOrders } = counted;
    const body = {
      ...({ status: 'healthy', service: 'zomato-ordering', version: api.version } as const),
      ...{ timestamp: at.toISOString(), restaurants, activeOrders },
    };
    return { status: 200, body } as const;
  };
};

export const handler = restHandler({
  route: routes.health,
  handle: health,
  admit: limited({ allowance: ALLOWANCES.health }),
  ports: orderingPorts,
});
