/** Who brings an order. Runs beside the kitchen's work, so it is no state of the order. */
import { MoveNotAllowedError, OrderTakenError } from './errors.ts';
import type { Order } from './order.ts';

/** While it is cooked, or waits. */
const canBeTaken = ({ state }: Order): boolean =>
  state === 'ACCEPTED' || state === 'PREPARING' || state === 'READY';

/**
 * The order with this rider.
 * @throws {OrderTakenError} another one has it
 * @throws {MoveNotAllowedError} it does not look for one: not yet, or not any more
 */
export const taken = (order: Order, rider: string, at: string): Order => {
  if (!canBeTaken(order))
    throw new MoveNotAllowedError({ order: order.id, from: order.state, to: 'RIDER_ASSIGNED' });
  if (order.rider.state === 'RIDER_ASSIGNED') throw new OrderTakenError({ order: order.id });
  return {
    ...order,
    version: order.version + 1,
    rider: { state: 'RIDER_ASSIGNED', id: rider },
    moves: [...order.moves, { to: 'RIDER_ASSIGNED', by: 'rider', at }],
  };
};

/**
 * The order without a rider again.
 * @throws {MoveNotAllowedError} it is picked up: whoever has the food brings it
 */
export const givenUp = (order: Order, at: string): Order => {
  if (!canBeTaken(order))
    throw new MoveNotAllowedError({ order: order.id, from: order.state, to: 'RIDER_UNASSIGNED' });
  return {
    ...order,
    version: order.version + 1,
    rider: { state: 'RIDER_UNASSIGNED' },
    moves: [...order.moves, { to: 'RIDER_UNASSIGNED', by: 'rider', at }],
  };
};
