/** The orders that the original of live tracking begins with, as orders of this city: placed, and taken as far as they are. */
import type { MerchantId } from '../../functions/paytm-saga/contract.ts';
import type { SeededOrder } from '../../functions/swiggy-tracking/contract.seed.ts';
import { routes } from '../../functions/swiggy-tracking/contract.ts';
import { ItemId, RestaurantId } from '../../functions/zomato-ordering/contract.ts';
import { newId, uuidV7 } from '../../shared/ids/index.ts';
import { orderingAs, publish } from './kitchens.ts';
import type { Stage } from './stage.ts';

/** The way of an order that nobody cancels; the rider takes it when the kitchen has. */
const WAY = ['ACCEPTED', 'PREPARING', 'READY', 'PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const;
const OF_THE_KITCHEN: readonly string[] = ['ACCEPTED', 'PREPARING', 'READY'];

/** Has somebody order, at a restaurant that is published, with a rider who is registered. Who pays in cash needs no account. */
export const placed = async (
  stage: Stage,
  { run, seeded, paidTo }: { run: string; seeded: SeededOrder; paidTo: MerchantId },
) => {
  const { kitchen, rider, to } = seeded;
  const restaurantId = RestaurantId.parse(kitchen.restaurant.id);
  const riderId = `${rider.id}_${run}`;
  const { name, phone, vehicle } = rider;
  await Promise.all([
    publish(stage, kitchen.restaurant, [{ ...kitchen.dish, restaurant: restaurantId }], paidTo),
    stage
      .as(stage.operator, 'swiggy-tracking', routes)
      .registerRider({ path: { riderId }, body: { name, phone, vehicle } }),
  ]);
  const { address, ...position } = to;
  const who = {
    customer: stage.subject(newId('customer', uuidV7), 'customer'),
    kitchen: stage.subject(restaurantId, 'kitchen'),
    rider: stage.subject(riderId, 'rider'),
  };
  const { body: order } = await orderingAs(stage, who.customer).placeOrder({
    idempotencyKey: `${run}.${seeded.alias}`,
    body: {
      restaurantId,
      items: [{ item: ItemId.parse(kitchen.dish.id), quantity: 2 }],
      delivery: { address: `${address}, Mumbai`, phone: '+919876543000', position },
      payment: { method: 'cash_on_delivery' },
    },
  });
  const [cook, bringer] = [orderingAs(stage, who.kitchen), orderingAs(stage, who.rider)];
  const path = { orderId: order.id };
  let taken = 0;
  return {
    ...{ seeded, path, who },
    /** Kitchen and rider take it on, as far as it is to be. */
    async bring(until: (typeof WAY)[number]): Promise<void> {
      for (; taken <= WAY.indexOf(until); taken += 1) {
        const to = WAY[taken] as (typeof WAY)[number];
        await (OF_THE_KITCHEN.includes(to) ? cook : bringer).moveOrder({ path, body: { to } });
        if (to === 'ACCEPTED') await bringer.takeDelivery({ path });
      }
    },
  };
};
