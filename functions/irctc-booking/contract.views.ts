/** What railway booking shows of its things. */
import * as z from 'zod';
import { phrase } from '../../shared/messages/index.ts';
import { Paise } from '../../shared/money/index.ts';
import {
  BerthCode,
  BerthKind,
  BerthWish,
  ClassCode,
  Gender,
  JourneyDate,
  PnrNumber,
  Quota,
  StationCode,
  TrainNumber,
} from './contract.codes.ts';

export const BookingId = z
  .string()
  .startsWith('booking_', {
    error: phrase({ en: 'an id that begins with booking_', hi: 'booking_ से शुरू होने वाली आईडी' }),
  })
  .max(80)
  .brand('BookingId');
export type BookingId = z.infer<typeof BookingId>;

/** `12951.2026-12-05.3A.GN`: the places of a train, date, class and quota. */
export const PoolId = z
  .string()
  .regex(/^\d{5}\.\d{4}-\d{2}-\d{2}\.(1A|2A|3A|SL|CC)\.(GN|TQ|LD|SS)$/)
  .brand('PoolId');
export type PoolId = z.infer<typeof PoolId>;

/** Half of a side-lower berth: `B1-7a`. */
export const RacSeat = z
  .string()
  .regex(/^[A-Z]+\d*-\d+[ab]$/)
  .brand('RacSeat');
export type RacSeat = z.infer<typeof RacSeat>;

/** What a passenger has: a berth, half of one (reservation against cancellation), or a place on the waiting list. */
export const Seat = z.discriminatedUnion('status', [
  z.object({ status: z.literal('CNF'), berth: BerthCode }),
  z.object({ status: z.literal('RAC'), seat: RacSeat, number: z.int().min(1) }),
  z.object({ status: z.literal('WL'), number: z.int().min(1) }),
]);
export type Seat = z.infer<typeof Seat>;

/**
 * The original's states, and two that it lacked: FAILED says why a booking came to nothing, EXPIRED that nobody paid in time.
 * A booking is what the least of its passengers has.
 */
export const BookingState = z.enum([
  'INITIATED',
  'PAYMENT_PENDING',
  'CONFIRMED',
  'RAC',
  'WAITLISTED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
]);
export type BookingState = z.infer<typeof BookingState>;

/** How a booking stands. Whoever has no place is `NB` on a ticket, and not named before it is one. */
export const Standing = z.object({
  state: BookingState,
  passengers: z.array(
    z.object({
      passenger: z.int().min(1),
      /** As the railways print it: `CNF`, `RAC 3`, `GNWL 23`, by the place on the list when it is told; `CAN`, `NB`. */
      status: z.string(),
      /** `B1-23`, shared in RAC. */
      berth: z.string().optional(),
    }),
  ),
});
export type Standing = z.infer<typeof Standing>;

export const PaymentMethod = z.enum(['wallet', 'upi_qr']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

export const PaymentState = z.enum(['none', 'pending', 'paid', 'failed']);
export type PaymentState = z.infer<typeof PaymentState>;

/** Why money goes back. */
export const RefundReason = z.enum(['cancelled', 'charted', 'paid_too_late']);
export type RefundReason = z.infer<typeof RefundReason>;

export const RefundView = z.object({
  number: z.int().min(1),
  amount: Paise,
  reason: RefundReason,
  state: z.enum(['due', 'done']),
  at: z.iso.datetime(),
});

/** Who moves a booking. */
export const Mover = z.enum(['customer', 'allocation', 'payment', 'clock', 'promotion', 'chart']);
export type Mover = z.infer<typeof Mover>;

/** What a ticket costs; each part of it stands by itself. */
export const Fare = z.object({
  /** In the order of the party. */
  passengers: z.array(
    z.object({
      base: Paise,
      /** Off the base. */
      concession: Paise,
      reservation: Paise,
      superfast: Paise,
      tatkal: Paise,
      gst: Paise,
      total: Paise,
    }),
  ),
  /** For the whole ticket; it never comes back. */
  convenience: Paise,
  gstOnConvenience: Paise,
  total: Paise,
});
export type Fare = z.infer<typeof Fare>;

export const PassengerView = z.object({
  number: z.int().min(1),
  name: z.string(),
  age: z.int(),
  gender: Gender,
  wish: BerthWish.optional(),
  /** What was sold: `GNWL 23`. Missing as long as nothing was. */
  booked: z.string().optional(),
  /** What it has become: `GNWL 16`, `RAC 3`, `CNF`, `CAN`; `NB` is a child without a berth. */
  now: z.string(),
  coach: z.string().optional(),
  berth: z.int().optional(),
  kind: BerthKind.optional(),
});
export type PassengerView = z.infer<typeof PassengerView>;

export const BookingView = z.object({
  id: BookingId,
  version: z.int(),
  state: BookingState,
  pnr: PnrNumber.optional(),
  train: TrainNumber,
  from: StationCode,
  to: StationCode,
  date: JourneyDate,
  departure: z.iso.datetime(),
  class: ClassCode,
  quota: Quota,
  passengers: z.array(PassengerView),
  fare: Fare,
  payment: z.object({
    method: PaymentMethod,
    state: PaymentState,
    id: z.string().optional(),
    approval: z.object({ link: z.string(), expiresAt: z.iso.datetime() }).optional(),
    /** The name of the error by which it was not paid. */
    reason: z.string().optional(),
    /** Until when the berths are held for whoever pays. */
    holdUntil: z.iso.datetime().optional(),
  }),
  /** The name of the error by which it came to nothing. */
  reason: z.string().optional(),
  refunds: z.array(RefundView),
  /** How often its allocation was tried. */
  attempts: z.int(),
  moves: z.array(z.object({ to: z.string(), by: Mover, at: z.iso.datetime() })),
  requestedAt: z.iso.datetime(),
});
export type BookingView = z.infer<typeof BookingView>;
