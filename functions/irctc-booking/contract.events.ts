/** Facts that railway booking tells, and the messages that its own queues bring. Ids, states and numbers: no names, no phones. */
import * as z from 'zod';
import { defineEvent } from '../../shared/messaging/events.ts';
import { JourneyDate, TrainNumber } from './contract.codes.ts';
import { BookingId, Mover, PoolId, Standing } from './contract.views.ts';

/** What people are told of. */
export const NoticeKind = z.enum([
  'ticket',
  'promoted',
  'not_booked',
  'cancelled',
  'charted',
  'paid_too_late',
  'refunded',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

const Booking = z.object({ booking: BookingId, pool: PoolId });

export const events = {
  /** `partitionkey` is train, date and class: who asks first is allocated first, within it. */
  requested: defineEvent({ type: 'irctc-booking.BookingRequested', version: 1, data: Booking }),
  /**
   * It stands otherwise than before. `sequence` is the booking's version, as of every event of a booking; not every version
   * is told, so whoever hears late or in another order goes on by `follows`.
   */
  moved: defineEvent({
    type: 'irctc-booking.BookingMoved',
    version: 2,
    data: Booking.extend({
      customer: z.string(),
      departure: z.iso.datetime(),
      ...Standing.shape,
      /** What this standing is known by: no other one of the booking has it. */
      mark: z.string(),
      /** The mark of the one before; missing in the first, which tells that somebody has asked for it. */
      follows: z.string().optional(),
      /** Missing where its state stays, and in the first. */
      by: Mover.optional(),
      /** The name of the error by which it came to nothing. */
      reason: z.string().optional(),
    }),
  }),
  paymentWanted: defineEvent({
    type: 'irctc-booking.PaymentWanted',
    version: 1,
    data: z.object({ booking: BookingId }),
  }),
  refundWanted: defineEvent({
    type: 'irctc-booking.RefundWanted',
    version: 1,
    data: z.object({ booking: BookingId, refund: z.int().min(1) }),
  }),
  /** A place is free, and somebody waits for it; or a chart has a step to go. */
  promotionDue: defineEvent({
    type: 'irctc-booking.PromotionDue',
    version: 1,
    data: z.object({ pool: PoolId, since: z.iso.datetime() }),
  }),
  chartDue: defineEvent({
    type: 'irctc-booking.ChartDue',
    version: 1,
    data: z.object({ train: TrainNumber, date: JourneyDate }),
  }),
  /** By SMS and by e-mail, each from a queue of its own. */
  noticeWanted: defineEvent({
    type: 'irctc-booking.NoticeWanted',
    version: 1,
    data: z.object({ booking: BookingId, kind: NoticeKind }),
  }),
} as const;
