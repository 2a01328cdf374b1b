import { peer, serviceToken } from '../../shared/aws/index.ts';
import { type Client, client } from '../../shared/http/index.ts';
import { orderRoutes } from '../zomato-ordering/contract.orders.ts';
import type { OrderId } from '../zomato-ordering/contract.views.ts';
import type { Places } from './domain/views.ts';

const routes = { getOrder: orderRoutes.getOrder };

/** Orders, as ordering has them. */
export interface OrdersOfOrdering {
  /**
   * Where an order begins and ends.
   * @throws {RemoteProblem} named NotFoundError: ordering has no such order
   * @throws {PeerMissingError} there is no ordering in this city
   * @throws {PeerUnavailableError} it does not answer; a retry can help
   */
  placesOf(order: OrderId): Promise<Places>;
}

/** Ordering over HTTP. */
export const ordersOver = (doors: Client<typeof routes>): OrdersOfOrdering => ({
  async placesOf(orderId) {
    const { body } = await doors.getOrder({ path: { orderId } });
    return { restaurant: body.restaurant.position, delivery: body.delivery.position };
  },
});

/** Asked with our own service token. */
export const ordering = (): OrdersOfOrdering =>
  ordersOver(
    client(
      {
        baseUrl: () => peer('zomato-ordering'),
        token: (refused) => serviceToken('zomato-ordering', refused),
        peer: 'zomato-ordering',
      },
      routes,
    ),
  );
