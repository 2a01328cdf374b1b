/** Facts that tracking tells the city. */
import * as z from 'zod';
import { defineEvent } from '../../shared/messaging/events.ts';
import { OrderId } from '../zomato-ordering/contract.views.ts';
import { LogKind } from './contract.views.ts';

export const events = {
  /** Something new stands in the log of an order; what it is, the log says. `sequence` is the item's. */
  itemLogged: defineEvent({
    type: 'swiggy-tracking.ItemLogged',
    version: 1,
    data: z.object({ order: OrderId, sequence: z.int().min(1), kind: LogKind }),
  }),
} as const;

/** What the queue of positions holds: the newest position of this order is to be sent. */
export const PositionDue = z.strictObject({ order: OrderId });
export type PositionDue = z.infer<typeof PositionDue>;
