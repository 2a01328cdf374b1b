/**
 * What may come in and go out of tracking: the WebSocket (`contract.socket.ts`), and by REST a ticket to it, the same log for
 * whoever has no WebSocket, and the riders.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { BookingId } from '../irctc-booking/contract.views.ts';
import { OrderId } from '../zomato-ordering/contract.views.ts';
import { BookingLogPage, ListenerRole, LogPage, RiderId, Riding, Vehicle } from './contract.views.ts';

export * from './contract.events.ts';
export * from './contract.socket.ts';
export * from './contract.views.ts';

/** A ticket is worth this long, and once. */
export const TICKET_SECONDS = 60;
/** At most so long somebody waits for news: API Gateway waits 29 s for a door. */
export const MOST_WAIT_SECONDS = 20;

/** So many riders are listed at most: for each, two items are read. */
const MOST_RIDERS = 100;

export const TicketRequest = z.strictObject({
  /** As what the caller takes part, or looks; one of the roles of the token. */
  role: ListenerRole,
});
export type TicketRequest = z.infer<typeof TicketRequest>;

export const TicketView = z.object({
  ticket: z.string(),
  /** Where to connect, with the ticket in it. */
  url: z.string(),
  expiresAt: z.iso.datetime(),
});
export type TicketView = z.infer<typeof TicketView>;

export const RiderProfile = z.strictObject({
  name: z.string().trim().min(1).max(80),
  phone: z.string().regex(/^\+91[6-9][0-9]{9}$/, {
    error: phrase({ en: '+91 and ten digits of a mobile number', hi: '+91 और मोबाइल नंबर के दस अंक' }),
  }),
  vehicle: Vehicle,
});
export type RiderProfile = z.infer<typeof RiderProfile>;

export const RiderView = RiderProfile.extend({ id: RiderId });
export type RiderView = z.infer<typeof RiderView>;

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.2.0',
  summary:
    'Live tracking of orders, and of bookings of berths: tickets to the WebSocket, the log by long poll, riders.',
};

/** Where somebody has read to, and how long they wait for more. */
const reading = z.object({
  from: z.coerce.number().int().min(0).default(0),
  wait: z.coerce.number().int().min(0).max(MOST_WAIT_SECONDS).default(0),
});
const rider = { path: z.object({ riderId: RiderId }) };

export const routes = {
  issueTicket: defineRoute({
    name: 'issue-ticket',
    method: 'POST',
    path: '/tickets',
    summary:
      'A ticket to the WebSocket: for a minute, and for one connection. Its language is that of the call.',
    access: { roles: ['customer', 'rider', 'kitchen', 'operator'] },
    request: { body: TicketRequest },
    answers: { 201: TicketView },
    errors: [],
  }),
  readLog: defineRoute({
    name: 'read-log',
    method: 'GET',
    path: '/orders/{orderId}/log',
    summary:
      'What stands in the log of an order after `from`; with `wait` it is waited for so many seconds where nothing does. The same pages as over the WebSocket.',
    access: { roles: ['customer', 'rider', 'kitchen', 'operator'] },
    request: {
      path: z.object({ orderId: OrderId }),
      query: reading,
    },
    answers: { 200: LogPage },
    errors: [],
  }),
  readBookingLog: defineRoute({
    name: 'read-booking-log',
    method: 'GET',
    path: '/bookings/{bookingId}/log',
    summary: 'What stands in the log of a booking after `from`, as of an order.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ bookingId: BookingId }), query: reading },
    answers: { 200: BookingLogPage },
    errors: [],
  }),
  listRiders: defineRoute({
    name: 'list-riders',
    method: 'GET',
    path: '/riders',
    summary:
      'Who brings an order now: which one, how it stands, and where they were last. Those of the newest orders first; `more`: there are others.',
    access: { roles: ['operator'] },
    request: { query: z.object({ limit: z.coerce.number().int().min(1).max(MOST_RIDERS).default(50) }) },
    answers: { 200: z.object({ items: z.array(Riding), more: z.boolean() }) },
    errors: [],
  }),
  registerRider: defineRoute({
    name: 'register-rider',
    method: 'PUT',
    path: '/riders/{riderId}',
    summary: 'Registers a rider, or changes one: what is said last counts.',
    access: { roles: ['operator'] },
    request: { ...rider, body: RiderProfile },
    answers: { 200: RiderView },
    errors: [],
  }),
  getRider: defineRoute({
    name: 'get-rider',
    method: 'GET',
    path: '/riders/{riderId}',
    summary: 'A rider, for the operator and for themselves.',
    access: { roles: ['rider', 'operator'] },
    request: rider,
    answers: { 200: RiderView },
    errors: [],
  }),
} as const;
