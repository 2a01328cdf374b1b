/** Who has to do with an order or a booking, and what of it they may see. */
import { ForbiddenError, NotFoundError } from '../../../shared/errors/index.ts';
import { FollowerRole, ListenerRole } from '../contract.views.ts';
import { type FollowedId, isBooking, kindOf, type Tracked } from './followed.ts';
import { hasEnded, isPickedUp, type TrackedOrder } from './tracked.ts';

/** Whoever looks at an order or a booking. */
export interface Reader {
  readonly subject: string;
  readonly role: ListenerRole;
}

/** Whoever takes part in an order. */
export interface Follower extends Reader {
  readonly role: FollowerRole;
}

/**
 * As what somebody takes part, by the role of their connection.
 * @throws {ForbiddenError} they take no part: they look, or have no role here
 */
export const followerOf = (subject: string, role: string): Follower => {
  const known = FollowerRole.safeParse(role);
  if (!known.success) throw new ForbiddenError({ role });
  return { subject, role: known.data };
};

/**
 * As what somebody looks, by the role of their connection.
 * @throws {ForbiddenError} they have no role here
 */
export const readerOf = (subject: string, role: string): Reader => {
  const known = ListenerRole.safeParse(role);
  if (!known.success) throw new ForbiddenError({ role });
  return { subject, role: known.data };
};

/**
 * Whether an order is somebody's: who ordered it, who rides it now, whose kitchen cooks it; and a booking: whoever made it.
 * Operators look at each.
 */
export const isOf = (tracked: Tracked, { subject, role }: Reader): boolean => {
  if (role === 'operator') return true;
  if (isBooking(tracked)) return role === 'customer' && tracked.customer === subject;
  return { customer: tracked.customer, rider: tracked.rider, kitchen: tracked.restaurant }[role] === subject;
};

/**
 * The order or booking, to whom it concerns.
 * @throws {NotFoundError} there is none, or it is somebody else's: a stranger cannot tell the two apart
 */
export const concerning = <T extends Tracked>(tracked: T | undefined, id: FollowedId, reader: Reader): T => {
  if (tracked && isOf(tracked, reader)) return tracked;
  throw new NotFoundError({ what: kindOf(id), id });
};

/**
 * Whether somebody sees where the rider is: the kitchen while they come to fetch, and who ordered while the food is on its
 * way. Where a rider is otherwise is nobody's business but the operators'.
 */
export const seesRider = (order: TrackedOrder, { role }: Pick<Reader, 'role'>): boolean => {
  if (role === 'customer') return isPickedUp(order);
  return role !== 'kitchen' || (!isPickedUp(order) && !hasEnded(order));
};

/** Where the food goes is no matter of the kitchen's. */
export const seesDelivery = ({ role }: Pick<Reader, 'role'>): boolean => role !== 'kitchen';
