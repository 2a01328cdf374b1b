/** Suppers that are ordered, cooked and brought in a bench, by people who did not look at them meanwhile. */
import { randomUUID } from 'node:crypto';
import { type Move, type OrderId, RestaurantId } from '../../functions/zomato-ordering/contract.ts';
import { orderingAs, publishSeed } from '../../localstack/story/kitchens.ts';
import type { Stage } from '../../localstack/story/stage.ts';
import { type Eater, eater } from '../../localstack/story/zomato-ordering.ts';
import { addressOf } from '../rest/plan.ts';
import { restaurantOf, supperAt } from '../supper.ts';

/** Somebody who orders, a kitchen that cooks, a rider who brings it. */
export interface Supper {
  readonly order: OrderId;
  readonly customer: string;
  readonly restaurant: string;
  readonly rider: string;
  /** Says how far it is. */
  readonly move: (to: Move) => Promise<unknown>;
  /** The rider takes it. */
  readonly take: () => Promise<unknown>;
}

const OF_THE_RIDER: ReadonlySet<Move> = new Set(['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED']);

/** So many people who order in turn, from one restaurant after the other, so that nobody does anything too often. */
export const suppersIn = async (stage: Stage, people: number): Promise<(nth: number) => Promise<Supper>> => {
  await publishSeed(stage);
  const run = randomUUID().slice(0, 8);
  const start = Number.parseInt(run.slice(0, 6), 16);
  const eaters: Eater[] = [];
  for (let nth = 0; nth < people; nth += 1)
    eaters.push(await eater(stage, { run: `${run}.${nth}`, name: 'asha', from: addressOf(start + nth) }));
  return async (nth) => {
    const who = eaters[nth % people];
    if (!who) throw new RangeError(`there is nobody who orders the ${nth}th`);
    const restaurant = restaurantOf(nth);
    const { body } = await who.doors.placeOrder({
      idempotencyKey: randomUUID(),
      body: supperAt(RestaurantId.parse(restaurant)),
    });
    const rider = `rider_${run}_${nth}`;
    const path = { orderId: body.id };
    const kitchen = orderingAs(stage, stage.subject(restaurant, 'kitchen'));
    const bringer = orderingAs(stage, stage.subject(rider, 'rider'));
    return {
      ...{ order: body.id, customer: who.id, restaurant, rider },
      move: (to) => (OF_THE_RIDER.has(to) ? bringer : kitchen).moveOrder({ path, body: { to } }),
      take: () => bringer.takeDelivery({ path }),
    };
  };
};
