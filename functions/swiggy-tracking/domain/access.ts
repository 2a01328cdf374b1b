/** Who has to do with an order, and what of it they may see. */
import { ForbiddenError, NotFoundError } from '../../../shared/errors/index.ts';
import type { OrderId } from '../../zomato-ordering/contract.views.ts';
import type { FollowerRole } from '../contract.views.ts';
import { hasEnded, isPickedUp, type TrackedOrder } from './tracked.ts';

/** Whoever asks, as far as an order is concerned. */
export interface Follower {
  readonly subject: string;
  readonly role: FollowerRole;
}

/** As what somebody asks, by the roles of their connection or token. */
export const followerOf = (subject: string, role: string): Follower => {
  if (role !== 'customer' && role !== 'rider' && role !== 'kitchen') throw new ForbiddenError({ role });
  return { subject, role };
};

/** Whether an order is somebody's: who ordered it, who rides it now, whose kitchen cooks it. */
export const isOf = (order: TrackedOrder, { subject, role }: Follower): boolean =>
  ({ customer: order.customer, rider: order.rider, kitchen: order.restaurant })[role] === subject;

/**
 * The order, to whom it concerns.
 * @throws {NotFoundError} there is none, or it is somebody else's: a stranger cannot tell the two apart
 */
export const concerning = (
  order: TrackedOrder | undefined,
  id: OrderId,
  ...followers: readonly Follower[]
): TrackedOrder => {
  if (order && followers.some((one) => isOf(order, one))) return order;
  throw new NotFoundError({ what: 'order', id });
};

/**
 * Whether a follower sees where the rider is: the kitchen while they come to fetch, and who ordered while the food is on its
 * way. Where a rider is otherwise is nobody's business.
 */
export const seesRider = (order: TrackedOrder, { role }: Pick<Follower, 'role'>): boolean =>
  ({ customer: isPickedUp(order), kitchen: !isPickedUp(order) && !hasEnded(order), rider: true })[role];

/** Where the food goes is for who ordered it and who brings it. */
export const seesDelivery = ({ role }: Pick<Follower, 'role'>): boolean => role !== 'kitchen';
