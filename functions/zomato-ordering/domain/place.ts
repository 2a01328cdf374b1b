import { paise } from '../../../shared/money/index.ts';
import type { PlaceOrder } from '../contract.orders.ts';
import type { CustomerId, OrderId } from '../contract.views.ts';
import { billOf } from './bill.ts';
import { chosen, estimatedDelivery, mustBeOpen } from './catalogue.ts';
import { couponOf } from './coupons.ts';
import { WalletNotLinkedError } from './errors.ts';
import type { Order } from './order.ts';
import type { Kitchen } from './ports.ts';

interface Around {
  readonly id: OrderId;
  readonly customer: CustomerId;
  /** The consent of whoever pays; undefined where none is linked. */
  readonly link: string | undefined;
  readonly now: Date;
  readonly correlationId: string;
  readonly traceparent: string;
}

/**
 * The order as it is when it is placed, at the prices of the menu.
 * @throws {RestaurantClosedError} @throws {ItemUnavailableError} @throws {CouponNotValidError}
 * @throws {WalletNotLinkedError} it is to be paid from a wallet, or by a payer, that nobody has linked
 */
export const orderOf = (asked: PlaceOrder, { restaurant, menu }: Kitchen, around: Around): Order => {
  const { id, customer, link, now, correlationId, traceparent } = around;
  mustBeOpen(restaurant, now);
  const choice = chosen(menu, asked.items);
  const { method } = asked.payment;
  const charges = {
    ...{ packing: restaurant.packing, deliveryFee: restaurant.deliveryFee, tip: asked.tip ?? paise(0) },
    coupon: asked.coupon === undefined ? undefined : couponOf(asked.coupon),
  };
  const bill = billOf(choice, charges, now);
  const isCash = method === 'cash_on_delivery';
  if (!isCash && link === undefined) throw new WalletNotLinkedError({ customer });
  const at = now.toISOString();
  const { id: restaurantId, name, location, phone, position, paidTo } = restaurant;
  return {
    ...{ id, version: 1, state: 'PLACED', customer, bill },
    restaurant: { id: restaurantId, name, location, phone, position, paidTo },
    lines: choice.map(({ line }) => line),
    payment: isCash
      ? { method, state: 'on_delivery' }
      : { method, state: 'pending', ...(link === undefined ? {} : { link }) },
    rider: { state: 'SEARCHING' },
    delivery: asked.delivery,
    placedAt: at,
    estimatedDelivery: estimatedDelivery(choice, restaurant, now).toISOString(),
    moves: [{ to: 'PLACED', by: 'customer', at }],
    ...{ correlationId, traceparent },
  };
};
