/** What the page of Mumbai asks of ordering and tracking. Operators alone are told. */
import { queryOptions } from '@tanstack/react-query';
import { routes as tracking } from '../../functions/swiggy-tracking/contract.ts';
import { catalogueRoutes } from '../../functions/zomato-ordering/contract.catalogue.ts';
import { orderRoutes } from '../../functions/zomato-ordering/contract.orders.ts';
import type { OrderId, RestaurantView } from '../../functions/zomato-ordering/contract.views.ts';
import { ask } from './ask.ts';
import type { FollowPorts } from './follow.ts';
import { CALM_MS, every, LIVE_MS } from './live.ts';

/** As many as the doors tell at once. */
const MOST = 100;

export const ordersUnderWayQuery = () =>
  queryOptions({
    queryKey: ['orders-under-way'],
    queryFn: ({ signal }) =>
      ask('zomato-ordering', orderRoutes.listOrdersUnderWay, { query: { limit: MOST } }, { signal }),
    refetchInterval: every(LIVE_MS),
  });

export const ridersQuery = () =>
  queryOptions({
    queryKey: ['riders'],
    queryFn: ({ signal }) =>
      ask('swiggy-tracking', tracking.listRiders, { query: { limit: MOST } }, { signal }),
    refetchInterval: every(LIVE_MS),
  });

const MOST_PAGES = 4;

/** The kitchens of the whole catalogue that take orders, two hundred at most. */
export const restaurantsQuery = () =>
  queryOptions({
    queryKey: ['restaurants'],
    queryFn: async ({ signal }): Promise<readonly RestaurantView[]> => {
      const restaurants: RestaurantView[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < MOST_PAGES; pages++) {
        const query = { limit: 50, sort: 'name' as const, cursor };
        const page = await ask('zomato-ordering', catalogueRoutes.listRestaurants, { query }, { signal });
        restaurants.push(...page.items);
        if (page.next === undefined) break;
        cursor = page.next;
      }
      return restaurants;
    },
    refetchInterval: every(CALM_MS * 4),
  });

/** An order with its bill. */
export const orderQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => ask('zomato-ordering', orderRoutes.getOrder, { path: { orderId } }, { signal }),
    refetchInterval: every(CALM_MS),
  });

/** How an order is followed as whoever is signed in: an operator looks and says nothing. */
export const followPorts = (orderId: OrderId): FollowPorts => ({
  ticket: async () =>
    (await ask('swiggy-tracking', tracking.issueTicket, { body: { role: 'operator' } })).url,
  open: (url) => new WebSocket(url),
  readLog: (from, wait) =>
    ask('swiggy-tracking', tracking.readLog, { path: { orderId }, query: { from, wait } }),
});
