import { ForbiddenError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import { CustomerId } from '../contract.views.ts';
import type { Order } from './order.ts';

/**
 * The customer that a caller speaks for.
 * @throws {ForbiddenError} the token is for somebody who is no customer here; a retry cannot help
 */
export const customerOf = ({ subject }: Caller): CustomerId => {
  const customer = CustomerId.safeParse(subject);
  if (!customer.success) throw new ForbiddenError({ what: 'customer' });
  return customer.data;
};

/** Whether somebody has to do with an order: who eats, cooks or rides it, those who look after the city, its systems. */
export const concerns = (order: Order, { subject, roles }: Caller): boolean =>
  (roles.includes('customer') && subject === order.customer) ||
  (roles.includes('kitchen') && subject === order.restaurant.id) ||
  (roles.includes('rider') && subject === order.rider.id) ||
  roles.includes('operator') ||
  roles.includes('service');

/**
 * A kitchen speaks for its own restaurant; an operator for all.
 * @throws {ForbiddenError} it is another kitchen's
 */
export const mustBeKitchenOf = (restaurant: string, { subject, roles }: Caller): void => {
  if (roles.includes('operator') || (roles.includes('kitchen') && subject === restaurant)) return;
  throw new ForbiddenError({ what: 'restaurant' });
};
