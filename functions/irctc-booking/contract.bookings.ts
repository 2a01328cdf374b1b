/** The doors of bookings: of whoever travels. */
import * as z from 'zod';
import { defineRoute, type ParsedPart, page, pagingOf } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise } from '../../shared/money/index.ts';
import {
  ClassCode,
  JourneyDate,
  KnownDate,
  PassengerIn,
  PnrNumber,
  Quota,
  TrainNumber,
} from './contract.codes.ts';
import { BookingId, BookingState, BookingView, PassengerView, PaymentMethod } from './contract.views.ts';

export const Phone = z
  .string()
  .regex(/^\+91[6-9]\d{9}$/, {
    error: phrase({
      en: 'an Indian mobile number: +91 and ten digits, the first 6 to 9',
      hi: 'भारतीय मोबाइल नंबर: +91 और दस अंक, पहला 6 से 9',
    }),
  })
  .brand('Phone');

export const RequestBooking = z.strictObject({
  train: TrainNumber,
  date: KnownDate,
  class: ClassCode,
  quota: Quota.default('GN'),
  passengers: z.array(PassengerIn).min(1).max(6),
  /** Where the SMS goes, and with which whoever has the PNR may ask. */
  phone: Phone,
  email: z.email().max(254).optional(),
  payment: z.strictObject({
    method: PaymentMethod,
    /** The payer’s consent, without which nobody is charged: `POST /links` of the payment saga, for this caller of this system. */
    link: z.string().max(80).optional(),
  }),
});

const one = { path: z.object({ bookingId: BookingId }) };

/** What anybody may know who has the number and the phone: no names, no ages. */
export const PnrView = z.object({
  pnr: PnrNumber,
  state: BookingState,
  train: TrainNumber,
  date: JourneyDate,
  departure: z.iso.datetime(),
  class: ClassCode,
  quota: Quota,
  charted: z.boolean(),
  passengers: z.array(
    PassengerView.pick({ number: true, booked: true, now: true, coach: true, berth: true, kind: true }),
  ),
});

export type PnrView = z.infer<typeof PnrView>;

/** A line of a list. */
export const BookingSummary = z.object({
  id: BookingId,
  state: BookingState,
  pnr: PnrNumber.optional(),
  train: TrainNumber,
  date: JourneyDate,
  departure: z.iso.datetime(),
  class: ClassCode,
  quota: Quota,
  passengers: z.int(),
  total: Paise,
  requestedAt: z.iso.datetime(),
});
export type BookingSummary = z.infer<typeof BookingSummary>;

export const CancellationView = z.object({
  booking: BookingId,
  state: BookingState,
  passengers: z.array(z.int()),
  /** What goes back, and what the railway keeps of it. */
  refund: Paise,
  kept: Paise,
});
export type CancellationView = z.infer<typeof CancellationView>;

export const bookingRoutes = {
  requestBooking: defineRoute({
    name: 'request-booking',
    method: 'POST',
    path: '/bookings',
    summary:
      'Asks for places on a train. Who asks first is allocated first, within a train, day and class; the answer is that it is under way. The fare is the system’s to say.',
    access: { roles: ['customer'] },
    idempotent: 'key',
    request: { body: RequestBooking },
    answers: { 202: BookingView },
    errors: [
      'NotFoundError',
      'TrainNotRunningError',
      'BookingWindowError',
      'TooManyInFlightError',
      'LinkNeededError',
      'PartyTooLargeError',
      'PartyWithoutBerthError',
      'QuotaNotAllowedError',
    ],
  }),
  listBookings: defineRoute({
    name: 'list-bookings',
    method: 'GET',
    path: '/bookings',
    summary: 'The caller’s own bookings, newest first.',
    access: { roles: ['customer'] },
    request: { query: z.object(pagingOf({ most: 50, usual: 20 })) },
    answers: { 200: page(BookingSummary) },
    errors: [],
  }),
  getBooking: defineRoute({
    name: 'get-booking',
    method: 'GET',
    path: '/bookings/{bookingId}',
    summary: 'A booking, for whoever made it. Somebody else’s is 404, as if it did not exist.',
    access: { roles: ['customer', 'operator'] },
    request: one,
    answers: { 200: BookingView },
    errors: [],
  }),
  cancelBooking: defineRoute({
    name: 'cancel-booking',
    method: 'POST',
    path: '/bookings/{bookingId}/cancellations',
    summary:
      'Takes passengers off a booking, or all. What is given back depends on when, and on what each has; the freed place goes to the first who fits.',
    access: { roles: ['customer'] },
    idempotent: 'key',
    request: {
      ...one,
      body: z.strictObject({
        /** Their numbers. @default all who are still on it */
        passengers: z
          .array(z.int().min(1).max(6))
          .min(1)
          .max(6)
          .refine((numbers) => new Set(numbers).size === numbers.length, {
            error: phrase({ en: 'each passenger once', hi: 'हर यात्री एक बार' }),
          })
          .optional(),
      }),
    },
    answers: {
      201: CancellationView,
    },
    errors: ['BookingNotCancellableError', 'ChartPreparedError'],
  }),
  getPnr: defineRoute({
    name: 'get-pnr',
    method: 'GET',
    path: '/pnr/{pnr}',
    summary:
      'How a PNR stands: for whoever booked, and for whoever names the phone number that it was booked with. Others get 404.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ pnr: PnrNumber }), query: z.object({ phone: Phone.optional() }) },
    answers: { 200: PnrView },
    errors: [],
  }),
} as const;

export type RequestBooking = ParsedPart<typeof bookingRoutes.requestBooking, 'body'>;
