/** Facts that ordering tells the city. Ids, states and amounts: who wants more asks a door. */
import * as z from 'zod';
import { defineEvent } from '../../shared/messaging/events.ts';
import { Paise } from '../../shared/money/index.ts';
import {
  CustomerId,
  Mover,
  OrderId,
  OrderState,
  PaymentMethod,
  RestaurantId,
  RiderState,
} from './contract.views.ts';

const Order = z.object({ order: OrderId, customer: CustomerId, restaurant: RestaurantId });

export const events = {
  /** `sequence` is the order's version, as of every event of an order. */
  placed: defineEvent({
    type: 'zomato-ordering.OrderPlaced',
    version: 1,
    data: Order.extend({ total: Paise, method: PaymentMethod, estimatedDelivery: z.iso.datetime() }),
  }),
  /** It has gone on, or out. */
  moved: defineEvent({
    type: 'zomato-ordering.OrderMoved',
    version: 1,
    data: Order.extend({
      from: OrderState,
      to: OrderState,
      by: Mover,
      at: z.iso.datetime(),
      /** The rider who has it. */
      rider: z.string().optional(),
      /** The name of the error by which it was not paid. */
      reason: z.string().optional(),
      /** What is given back of a cancelled one. */
      refund: Paise.optional(),
    }),
  }),
  /** A rider has taken it, or has given it back. */
  riderChanged: defineEvent({
    type: 'zomato-ordering.RiderChanged',
    version: 1,
    data: Order.extend({
      state: RiderState,
      /** Who has it now, or who gave it back. */
      rider: z.string(),
      at: z.iso.datetime(),
    }),
  }),
  /** For ordering itself: an order wants to be paid. */
  paymentWanted: defineEvent({
    type: 'zomato-ordering.PaymentWanted',
    version: 1,
    data: z.object({ order: OrderId }),
  }),
  /** For ordering itself: what was paid is to be given back, or a part of it. */
  refundWanted: defineEvent({
    type: 'zomato-ordering.RefundWanted',
    version: 1,
    data: z.object({ order: OrderId }),
  }),
} as const;
