import { limited } from '../../../shared/allowances/index.ts';
import type { Effect } from '../../../shared/effects/index.ts';
import { command } from '../../../shared/effects/of-command.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { orderRoutes, type PlaceOrder } from '../contract.orders.ts';
import { type CustomerId, OrderId } from '../contract.views.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { customerOf } from '../domain/caller.ts';
import { notOn } from '../domain/catalogue.ts';
import { ItemOfOtherRestaurantError } from '../domain/errors.ts';
import { etagOf } from '../domain/etag.ts';
import type { Order } from '../domain/order.ts';
import { orderOf } from '../domain/place.ts';
import type { Kitchen, OrderingPorts } from '../domain/ports.ts';
import { toldPlaced } from '../domain/telling.ts';
import { orderView } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { accountPorts } from '../store/account-ports.ts';
import { placed } from '../store/orders.ts';
import { orderingPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof orderRoutes.placeOrder>, 'body' | 'caller' | 'idempotencyKey'>;
type Context = Pick<CallContext, 'correlationId' | 'traceparent'>;

/**
 * Places an order, as long as restaurant and menu are what it was made of. The same key answers the same order, however the
 * menu has changed since.
 * @throws {NotFoundError} there is no such restaurant, or no such item
 * @throws {RestaurantClosedError} @throws {ItemOfOtherRestaurantError} @throws {ItemUnavailableError}
 * @throws {CouponNotValidError} @throws {WalletNotLinkedError}
 * @throws {TransientError} the menu changed again and again; a retry helps
 */
export const placeOrder =
  (ports: OrderingPorts) =>
  async ({ body, caller, idempotencyKey }: Request, context: Context) => {
    const customer = customerOf(caller);
    const effect = await command(orderRoutes.placeOrder, { caller, idempotencyKey, body });
    const order = await accept(ports, { body, customer, effect }, context).catch(async (error: unknown) => {
      // It may be refused today what was placed yesterday: who asks again is answered as then.
      const known = await ports.effects.answerOf<OrderId>(effect);
      if (known === undefined) throw error;
      return ports.orders.load((await ports.effects.commit({ effect, answer: known })).answer);
    });
    return {
      status: 201,
      // Relative to the request's own address (RFC 9110, 10.2.2), whose stage and host are the gateway's to know.
      headers: { Location: `orders/${order.id}`, ETag: etagOf(order.version) },
      body: orderView(order),
    } as const;
  };

interface Wish {
  readonly body: PlaceOrder;
  readonly customer: CustomerId;
  readonly effect: Effect;
}

const accept = async (
  { orders, catalogue, people, effects, insist, now, ids }: OrderingPorts,
  { body, customer, effect }: Wish,
  context: Context,
): Promise<Order> => {
  const id = OrderId.parse(newId('order', ids));
  const isCash = body.payment.method === 'cash_on_delivery';
  const link = isCash ? undefined : (await people.user(customer)).link;
  return insist(async () => {
    const kitchen = await catalogue.kitchen(body.restaurantId);
    await mustAllBeOn(catalogue, kitchen, body);
    const order = orderOf(body, kitchen, { id, customer, link, now: now(), ...context });
    const { answer, repeated } = await effects.commit({
      effect,
      changes: placed(order, kitchen),
      events: toldPlaced(order),
      answer: id,
    });
    return repeated ? orders.load(answer) : order;
  });
};

/** @throws {ItemOfOtherRestaurantError} @throws {NotFoundError} nobody has such an item */
const mustAllBeOn = async (
  catalogue: OrderingPorts['catalogue'],
  { restaurant, menu }: Kitchen,
  { items }: PlaceOrder,
): Promise<void> => {
  for (const item of notOn(menu, items)) {
    const owner = await catalogue.ownerOf(item);
    if (owner !== undefined && owner !== restaurant.id)
      throw new ItemOfOtherRestaurantError({ item, restaurant: restaurant.id });
    throw new NotFoundError({ what: 'item', id: item });
  }
};

export const handler = restHandler({
  route: orderRoutes.placeOrder,
  handle: placeOrder,
  admit: limited({ allowance: ALLOWANCES.placeOrder }),
  ports: () => ({ ...orderingPorts(), people: accountPorts().people }),
  messages,
});
