/** Restaurants for stories and tests: those of the seed, published through operator doors as often as it is asked. */
import { type MerchantId, routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import {
  MenuItem,
  PublishRestaurant,
  RestaurantId,
  routes,
} from '../../functions/zomato-ordering/contract.ts';
import {
  SEED_DELIVERY,
  SEED_PACKING,
  type SeedItem,
  type SeedRestaurant,
  seedItems,
  seedRestaurants,
} from '../../functions/zomato-ordering/seed.ts';
import { rupees } from '../../shared/money/index.ts';
import type { Stage } from './stage.ts';

/** Ordering's doors for somebody. */
export const orderingAs = (stage: Stage, who: Stage['operator']) => stage.as(who, 'zomato-ordering', routes);

const { publishRestaurant, publishMenu } = routes;

/** Puts a restaurant and its menu into the catalogue. */
export const publish = async (
  stage: Stage,
  { id, ...said }: SeedRestaurant,
  items: readonly SeedItem[],
  paidTo: MerchantId,
): Promise<void> => {
  const operator = stage.as(stage.operator, 'zomato-ordering', { publishRestaurant, publishMenu });
  const path = { restaurantId: RestaurantId.parse(id) };
  const charges = { packing: rupees(SEED_PACKING), deliveryFee: rupees(SEED_DELIVERY) };
  await operator.publishRestaurant({ path, body: PublishRestaurant.parse({ ...said, ...charges, paidTo }) });
  const menu = items.map(({ restaurant: _, rupees: price, ...item }) =>
    MenuItem.parse({ ...item, price: rupees(price) }),
  );
  await operator.publishMenu({ path, body: { items: menu } });
};

/** The merchant through which all restaurants are paid, the platform itself. */
export const platformIn = async (stage: Stage): Promise<MerchantId> => {
  const { body } = await stage.as(stage.operator, 'paytm-saga', sagaRoutes).createMerchant({
    // The same for a day, so that two who do this at once have one merchant.
    idempotencyKey: 'zomato-ordering.seed',
    body: { reference: 'zomato', name: 'Zomato' },
  });
  return body.id;
};

/** The four restaurants of the original. */
export const publishSeed = async (stage: Stage): Promise<void> => {
  const paidTo = await platformIn(stage);
  await Promise.all(
    seedRestaurants.map((restaurant) =>
      publish(
        stage,
        restaurant,
        seedItems.filter((item) => item.restaurant === restaurant.id),
        paidTo,
      ),
    ),
  );
};
