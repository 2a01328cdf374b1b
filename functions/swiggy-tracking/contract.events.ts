/** Facts that tracking tells the city. */
import * as z from 'zod';
import { defineEvent } from '../../shared/messaging/events.ts';
import { BookingId } from '../irctc-booking/contract.views.ts';
import { OrderId } from '../zomato-ordering/contract.views.ts';
import { LogKind } from './contract.views.ts';

export const events = {
  /** Something new stands in the log of an order, or of a booking; what it is, the log says. `sequence` is the item's. */
  itemLogged: defineEvent({
    type: 'swiggy-tracking.ItemLogged',
    version: 1,
    data: z.union([
      z.object({ order: OrderId, sequence: z.int().min(1), kind: LogKind }),
      z.object({ booking: BookingId, sequence: z.int().min(1), kind: z.literal('booking') }),
    ]),
  }),
} as const;

/** What the queue of positions holds: the newest position of this order is to be sent. */
export const PositionDue = z.strictObject({ order: OrderId });
export type PositionDue = z.infer<typeof PositionDue>;
