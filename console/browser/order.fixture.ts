/** An order of the city under test that people cook, bring and write in: for tests and pictures of the live map. */
import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { trackingClient } from '../../functions/swiggy-tracking/contract.client.ts';
import { type FollowerRole, routes } from '../../functions/swiggy-tracking/contract.ts';
import { ItemId, type Move, RestaurantId } from '../../functions/zomato-ordering/contract.ts';
import { orderingAs, publish } from '../../localstack/story/kitchens.ts';
import type { Stage, Who } from '../../localstack/story/stage.ts';
import { eater } from '../../localstack/story/zomato-ordering.ts';
import { waitFor } from '../../shared/testing/index.ts';

const BURGERS = {
  ...{ id: 'rest_burger_king', name: 'Burger King', cuisine: 'Burgers', location: 'Linking Road, Bandra' },
  ...{ rating: 4, deliveryMinutes: 25, phone: '+91-9876543214' },
  position: { latitude: 19.0621, longitude: 72.8347 },
};
const WHOPPER = {
  ...{ id: 'item_whopper', restaurant: BURGERS.id, name: 'Veg Whopper', rupees: 179, category: 'Burgers' },
  ...{ vegetarian: true, preparationMinutes: 10 },
};

/** Along the roads from Bandra to Colaba. */
export const WAY = [
  { latitude: 19.0544, longitude: 72.8402 },
  { latitude: 19.041, longitude: 72.841 },
  { latitude: 19.027, longitude: 72.8382 },
  { latitude: 19.0169, longitude: 72.8302 },
  { latitude: 18.9986, longitude: 72.817 },
  { latitude: 18.9787, longitude: 72.814 },
] as const;
const COLABA = { latitude: 18.9067, longitude: 72.8147 };

/**
 * Somebody orders two burgers at Bandra to Colaba, paid at the door.
 * @param from an IPv4 address of theirs alone: sign-ups are counted by it
 */
export const burgersIn = async (stage: Stage, run: string, from: string) => {
  const saga = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const { body: platform } = await saga.createMerchant({
    idempotencyKey: 'zomato-ordering.seed',
    body: { reference: 'zomato', name: 'Zomato' },
  });
  await publish(stage, BURGERS, [WHOPPER], platform.id);
  const riderId = `rider_${run}`;
  const operator = stage.as(stage.operator, 'swiggy-tracking', routes);
  await operator.registerRider({
    path: { riderId },
    body: { name: 'Ravi Kumar', phone: '+919876543001', vehicle: 'bike' },
  });
  const rahul = await eater(stage, { run, name: 'rahul', from });
  const restaurantId = RestaurantId.parse(BURGERS.id);
  const { body: order } = await rahul.doors.placeOrder({
    idempotencyKey: run,
    body: {
      restaurantId,
      items: [{ item: ItemId.parse(WHOPPER.id), quantity: 2 }],
      delivery: { address: 'Colaba Market, Mumbai', phone: '+919876543000', position: COLABA },
      payment: { method: 'cash_on_delivery' },
    },
  });
  const path = { orderId: order.id };
  /** Until tracking has heard of it. */
  const hasHeard = (kind: 'placed' | 'rider') =>
    waitFor(
      async () => (await operator.readLog({ path, query: {} })).body.items.some((item) => item.kind === kind),
      { what: `the log of the order to say ${kind}`, timeoutMs: 60_000 },
    );
  await hasHeard('placed');
  const speaks = (who: Who, role: FollowerRole) => {
    const doors = stage.as(who, 'swiggy-tracking', routes);
    return trackingClient({
      ticket: async () => (await doors.issueTicket({ body: { role } })).body.url,
      open: (url) => new WebSocket(url),
    });
  };
  const [asCustomer, asRider] = [stage.subject(rahul.id, 'customer'), stage.subject(riderId, 'rider')];
  const [customer, rider] = [speaks(asCustomer, 'customer'), speaks(asRider, 'rider')];
  const kitchen = orderingAs(stage, stage.subject(restaurantId, 'kitchen'));
  const bringer = orderingAs(stage, asRider);
  return {
    order,
    riderId,
    kitchen: (to: Move) => kitchen.moveOrder({ path, body: { to } }),
    rider: (to: Move) => bringer.moveOrder({ path, body: { to } }),
    takes: async () => {
      await bringer.takeDelivery({ path });
      await hasHeard('rider');
    },
    customerWrites: (text: string) =>
      customer.chat({ order: order.id, text, clientMessageId: crypto.randomUUID() }),
    riderWrites: (text: string) =>
      rider.chat({ order: order.id, text, clientMessageId: crypto.randomUUID() }),
    isAt: (place: { readonly latitude: number; readonly longitude: number }) =>
      rider.position({ order: order.id, ...place, at: new Date().toISOString() }),
    close: () => {
      for (const one of [customer, rider]) one.close();
    },
  };
};
