/** What people order in a bench: two of the first dish of a restaurant of the seed and one of the second, paid at the door. */
import { ItemId, PlaceOrder, RestaurantId } from '../functions/zomato-ordering/contract.ts';
import { seedItems, seedRestaurants } from '../functions/zomato-ordering/seed.ts';

/** The nth of them, in turn. */
export const restaurantOf = (nth: number): RestaurantId =>
  RestaurantId.parse(seedRestaurants[nth % seedRestaurants.length]?.id);

/** Cash on delivery: no payment begins. */
export const supperAt = (restaurantId: RestaurantId) =>
  PlaceOrder.parse({
    restaurantId,
    items: seedItems
      .filter(({ restaurant }) => restaurant === restaurantId)
      .slice(0, 2)
      .map(({ id }, nth) => ({ item: ItemId.parse(id), quantity: 2 - nth })),
    delivery: {
      address: '7, Colaba Causeway, Mumbai',
      phone: '+91-9876543000',
      position: { latitude: 18.9151, longitude: 72.8258 },
    },
    payment: { method: 'cash_on_delivery' },
  });
