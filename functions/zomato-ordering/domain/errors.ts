import { HouseError } from '../../../shared/errors/index.ts';
import type { CustomerId, ItemId, OrderId, OrderState, RestaurantId } from '../contract.views.ts';

// Literal names: class names do not survive minifying, and a name is what problem type and texts go by.

/** Somebody has an account with this address. A retry cannot help; logging in may. */
export class EmailTakenError extends HouseError<object> {
  override readonly name = 'EmailTakenError';
  override readonly status = 409;
}

/** The restaurant takes no orders now. A retry after it has opened helps. */
export class RestaurantClosedError extends HouseError<{ restaurant: RestaurantId; opensAt?: string }> {
  override readonly name = 'RestaurantClosedError';
  override readonly status = 503;
  override readonly retryable = true;
  override readonly retryAfterSeconds: number;

  /** @param retryAfterSeconds until it opens. @default a quarter of an hour, where nobody has said when */
  constructor(
    facts: { restaurant: RestaurantId; opensAt?: string },
    options: ErrorOptions & { retryAfterSeconds?: number } = {},
  ) {
    super(facts, options);
    this.retryAfterSeconds = Math.max(1, Math.ceil(options.retryAfterSeconds ?? 900));
  }
}

/** The item is on another restaurant's menu: one order is of one kitchen. A retry cannot help. */
export class ItemOfOtherRestaurantError extends HouseError<{ item: ItemId; restaurant: RestaurantId }> {
  override readonly name = 'ItemOfOtherRestaurantError';
  override readonly status = 400;
}

/** It is on the menu and sold out. Another order without it helps. */
export class ItemUnavailableError extends HouseError<{ item: ItemId }> {
  override readonly name = 'ItemUnavailableError';
  override readonly status = 409;
}

/** There is no such coupon, its time is over, or the order is too small for it. A retry cannot help. */
export class CouponNotValidError extends HouseError<{
  coupon: string;
  why: 'unknown' | 'expired' | 'order_too_small';
  /** In paise: from which items' total on it counts. */
  from?: number;
}> {
  override readonly name = 'CouponNotValidError';
  override readonly status = 409;
}

/** Paying so needs the consent of a payer, and this customer has linked none. It helps to link one. */
export class WalletNotLinkedError extends HouseError<{ customer: CustomerId }> {
  override readonly name = 'WalletNotLinkedError';
  override readonly status = 409;
}

/** From where the order is there is no such way, or not for who asked. A retry cannot help. */
export class MoveNotAllowedError extends HouseError<{ order: OrderId; from: string; to: string }> {
  override readonly name = 'MoveNotAllowedError';
  override readonly status = 409;
}

/** Too late: it is cooked, on its way, or has ended. A retry cannot help. */
export class OrderNotCancellableError extends HouseError<{ order: OrderId; state: OrderState }> {
  override readonly name = 'OrderNotCancellableError';
  override readonly status = 409;
}

/** Another rider has it. A retry cannot help, unless that one gives it back. */
export class OrderTakenError extends HouseError<{ order: OrderId }> {
  override readonly name = 'OrderTakenError';
  override readonly status = 409;
}

/** It is not any more what the caller has seen (RFC 9110, section 15.5.13). Looking again, and deciding anew, helps. */
export class PreconditionFailedError extends HouseError<{ expected: string; found: string }> {
  override readonly name = 'PreconditionFailedError';
  override readonly status = 412;
}
