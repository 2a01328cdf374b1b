/** Test help: ordering on stores in memory, asked through the use cases of its doors and consumers. */
import { eventOf, houseIndexes, memoryStore, type Surroundings } from '../../shared/effects/index.ts';
import type { Caller } from '../../shared/http/index.ts';
import type { CloudEvent } from '../../shared/messaging/events.ts';
import { rupees } from '../../shared/money/index.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { hearPayment } from './consumers/hear-payment.ts';
import { payOrder } from './consumers/pay-order.ts';
import { refundOrder } from './consumers/refund-order.ts';
import { sweep } from './consumers/sweep.ts';
import {
  CustomerId,
  MenuItem,
  type Move,
  type OrderId,
  PlaceOrder,
  PublishRestaurant,
  RestaurantId,
} from './contract.ts';
import type { Cashier, OrderingPorts, Paying } from './domain/ports.ts';
import { cancelOrder } from './doors/cancel-order.ts';
import { getCancellation } from './doors/get-cancellation.ts';
import { getOrder } from './doors/get-order.ts';
import { giveBackDelivery } from './doors/give-back-delivery.ts';
import { moveOrder } from './doors/move-order.ts';
import { placeOrder } from './doors/place-order.ts';
import { takeDelivery } from './doors/take-delivery.ts';
import { SEED_DELIVERY, SEED_PACKING, seedItems, seedRestaurants } from './seed.ts';
import { accountsOn } from './store/account-ports.ts';
import { INDEXES } from './store/keys.ts';
import { orderingOn } from './store/ports.ts';

const uuid = (n: number) => `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
export const MERCHANT = `merchant_${uuid(90)}`;
export const LINK = `link_${uuid(91)}`;
export const PAYMENT = `payment_${uuid(92)}`;
export const asha = CustomerId.parse(`customer_${uuid(1)}`);
export const ravi = CustomerId.parse(`customer_${uuid(2)}`);
export const LEOPOLD = RestaurantId.parse('rest_004');

export const customer = (subject: string = asha): Caller => ({ subject, roles: ['customer'] });
export const kitchen = (subject: string = LEOPOLD): Caller => ({ subject, roles: ['kitchen'] });
export const rider = (subject = 'rider_1'): Caller => ({ subject, roles: ['rider'] });
export const operator: Caller = { subject: 'operator', roles: ['operator'] };

export const CALL = {
  correlationId: 'c1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  remainingMs: () => 60_000,
};

/** What the original's story orders: Rs 780. */
export const supper = (over: object = {}): PlaceOrder =>
  PlaceOrder.parse({
    restaurantId: LEOPOLD,
    items: [
      { item: 'item_009', quantity: 2 },
      { item: 'item_010', quantity: 1 },
    ],
    delivery: {
      address: '7, Colaba Causeway, Mumbai',
      phone: '+919876543000',
      position: { latitude: 18.9151, longitude: 72.8258 },
    },
    payment: { method: 'wallet' },
    ...over,
  }) as PlaceOrder;

export const seedMenu = (restaurant: string): MenuItem[] =>
  seedItems
    .filter((item) => item.restaurant === restaurant)
    .map(({ restaurant: _, rupees: price, ...item }) => MenuItem.parse({ ...item, price: rupees(price) }));

export const seedPlace = (id: string): PublishRestaurant => {
  const { id: _, ...place } = seedRestaurants.find((one) => one.id === id) ?? { id: '' };
  return PublishRestaurant.parse({
    ...place,
    ...{ paidTo: MERCHANT, packing: rupees(SEED_PACKING), deliveryFee: rupees(SEED_DELIVERY) },
  });
};

/** The payment saga as ordering sees it: what it says next, and what it was asked. */
export const memoryCashier = () => {
  const asked: { readonly what: 'pay' | 'refund'; readonly order: OrderId; readonly amount: number }[] = [];
  let says: Paying = { status: 'in_progress', payment: PAYMENT };
  let refunds: 'under_way' | 'completed' = 'under_way';
  let down = false;
  const later: Paying[] = [];
  const mustBeUp = () => {
    if (down) throw new Error('the payment saga does not answer');
  };
  const cashier: Cashier = {
    async pay(order) {
      asked.push({ what: 'pay', order: order.id, amount: order.bill.total });
      mustBeUp();
      return says;
    },
    async look() {
      mustBeUp();
      const next = later.shift();
      if (next) says = next;
      return says;
    },
    async refund(order) {
      asked.push({ what: 'refund', order: order.id, amount: order.cancellation?.refund ?? 0 });
      mustBeUp();
      return refunds;
    },
  };
  return {
    cashier,
    asked,
    say: (next: Paying) => {
      says = next;
    },
    /** What it says when it is looked at, one look after the other. */
    sayLater: (...next: readonly Paying[]) => later.push(...next),
    refunded: () => {
      refunds = 'completed';
    },
    isDown: (is: boolean) => {
      down = is;
    },
  };
};

/** Ordering with the restaurants of the seed, and two customers of whom one has linked a wallet. */
export const openOrdering = async () => {
  const clock = fixedClock('2026-11-29T13:00:00.000Z');
  const around: Surroundings = {
    ...{ now: clock.now, ids: sequenceIds(), chance: () => 0 },
    ...{ deadline: () => 5_000, pause: async () => undefined },
  };
  const store = memoryStore({ indexes: { ...houseIndexes, ...INDEXES } });
  const accountStore = memoryStore({ indexes: {} });
  const accounts = accountsOn(accountStore, around);
  const till = memoryCashier();
  const ports: OrderingPorts & { cashier: Cashier } = {
    ...orderingOn(store, around),
    ...{ people: accounts.people, cashier: till.cashier },
  };
  for (const { id } of seedRestaurants) {
    await ports.catalogue.publish(RestaurantId.parse(id), seedPlace(id));
    await ports.catalogue.publishMenu(RestaurantId.parse(id), seedMenu(id));
  }
  const person = { name: 'Asha', phone: '+919876543000', passwordHash: 'x' };
  await accounts.people.register({ ...person, id: asha, email: 'asha@example.in', link: LINK });
  await accounts.people.register({ ...person, id: ravi, email: 'ravi@example.in' });
  let keys = 0;
  const newKey = () => {
    keys += 1;
    return `key-${keys}`;
  };
  const place = async (body: PlaceOrder = supper(), caller = customer(), idempotencyKey = newKey()) =>
    (await placeOrder(ports)({ body, caller, idempotencyKey }, CALL)).body;
  const told = () =>
    store
      .all()
      .filter(({ pk }) => String(pk).startsWith('OUTBOX#'))
      .map((item) => eventOf(item) as CloudEvent & { data: { order?: OrderId } });
  return {
    ...{ ports, accounts, clock, till, store, place },
    /** What the city was told, in the order in which it happened to the order. */
    told: (order: OrderId) =>
      told()
        .filter(({ subject }) => subject === order)
        .sort((one, two) => (one.sequence ?? 0) - (two.sequence ?? 0) || (one.type < two.type ? -1 : 1)),
    order: async (orderId: OrderId, caller: Caller = customer()) =>
      (await getOrder(ports)({ path: { orderId }, caller })).body,
    move: async (
      orderId: OrderId,
      to: Move,
      caller: Caller = kitchen(),
      more: { reason?: string; ifMatch?: string } = {},
    ) => {
      const body = { to, ...(more.reason === undefined ? {} : { reason: more.reason }) };
      const headers = more.ifMatch === undefined ? {} : { 'if-match': more.ifMatch };
      return (await moveOrder(ports)({ path: { orderId }, headers, body, caller })).body;
    },
    take: async (orderId: OrderId, caller: Caller = rider()) =>
      (await takeDelivery(ports)({ path: { orderId }, caller })).body,
    giveBack: (orderId: OrderId, caller: Caller = rider()) =>
      giveBackDelivery(ports)({ path: { orderId }, caller }),
    cancel: async (orderId: OrderId, caller: Caller = customer(), ifMatch?: string) => {
      const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
      return (
        await cancelOrder(ports)({ path: { orderId }, headers, body: { reason: 'changed my mind' }, caller })
      ).body;
    },
    cancellation: async (orderId: OrderId, caller: Caller = customer()) =>
      (await getCancellation(ports)({ path: { orderId }, caller })).body,
    /** The events of an order come to their consumers. */
    deliver: async (orderId: OrderId) => {
      const data = { order: orderId };
      await payOrder({ ...ports, pause: around.pause })({ data } as never);
      await refundOrder(ports)({ data } as never);
    },
    /** The payment saga tells what became of the payment of an order. */
    hear: (
      orderId: OrderId,
      type: 'PaymentCompleted' | 'PaymentRefused' | 'PaymentCompensated' | 'RefundCompleted',
      more: object = {},
    ) =>
      hearPayment(ports)({
        id: `${type}.${orderId}`,
        type: `paytm-saga.${type}`,
        data: { payment: PAYMENT, reference: orderId, startedBy: 'service:zomato-ordering', ...more },
      } as never),
    sweep: (remainingMs = () => 30_000) => sweep(ports)({ sweep: 'orders' }, { remainingMs }),
  };
};
export type OpenOrdering = Awaited<ReturnType<typeof openOrdering>>;
