/** Reads how an order stands, and what is in its log after a sequence. */
import type { RiderName } from '../contract.views.ts';
import type { PositionRecord } from './positions.ts';
import type { KeptItem, TrackedOrder } from './tracked.ts';
import type { Places, Standing } from './views.ts';

export interface StandingPorts {
  readonly orders: {
    after(
      order: string,
      from: number,
    ): Promise<{ readonly items: readonly KeptItem[]; readonly more: boolean }>;
  };
  readonly positions: {
    find(order: string): Promise<PositionRecord | undefined>;
    placesOf(order: string): Promise<Places | undefined>;
  };
  readonly riders: { named(rider: string): Promise<RiderName> };
}

/** All reads are independent of each other, so they are made at once. */
export const standingOf = async (
  { orders, positions, riders }: StandingPorts,
  order: TrackedOrder,
  from: number,
): Promise<Standing> => {
  const [page, position, places, rider] = await Promise.all([
    orders.after(order.id, from),
    positions.find(order.id),
    positions.placesOf(order.id),
    order.rider === undefined ? undefined : riders.named(order.rider),
  ]);
  return { order, ...page, position, places, rider };
};
