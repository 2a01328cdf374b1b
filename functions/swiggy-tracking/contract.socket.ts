/** What can be asked over the WebSocket: `{ type, id, payload }`, answered by `ack` or `error` with the same id. */
import * as z from 'zod';
import { phrase } from '../../shared/messages/index.ts';
import { defineSocket } from '../../shared/socket/index.ts';
import { BookingId } from '../irctc-booking/contract.views.ts';
import { OrderId, Position } from '../zomato-ordering/contract.views.ts';
import { Arrival, BookingLogPage, ChatText, ClientMessageId, LogPage } from './contract.views.ts';

const followers = ['customer', 'rider', 'kitchen'] as const;
/** Operators look: they follow anything, and say and move nothing. */
const listeners = [...followers, 'operator'] as const;

/** Which is followed: an order, or a booking. */
const WHICH = { order: OrderId.optional(), booking: BookingId.optional() };
const isOne = ({ order, booking }: { readonly order?: unknown; readonly booking?: unknown }) =>
  (order === undefined) !== (booking === undefined);
const ONE = {
  path: ['order'],
  error: phrase({ en: 'an order or a booking, one of them', hi: 'ऑर्डर या बुकिंग, दोनों में से एक' }),
};

export const socket = defineSocket({
  connect: {
    route: '$connect',
    name: 'connect',
    summary: 'Opens a connection with a ticket, which is used up by it.',
    query: z.object({ ticket: z.string().min(1).max(1024) }),
  },
  disconnect: {
    route: '$disconnect',
    name: 'disconnect',
    summary: 'Forgets a connection and what it followed.',
  },
  commands: {
    subscribe: {
      route: 'subscribe',
      name: 'subscribe',
      summary:
        'Follows an order or a booking from now on, and answers what stands in its log after `from`. Asked again, it answers the next page, or what was missed.',
      roles: listeners,
      payload: z.strictObject({ ...WHICH, from: z.int().min(0).default(0) }).refine(isOne, ONE),
      answer: z.union([LogPage, BookingLogPage]),
      errors: ['SubscriptionLimitError'],
    },
    unsubscribe: {
      route: 'unsubscribe',
      name: 'unsubscribe',
      summary: 'Follows an order or a booking no longer; one that was not followed is not followed either.',
      roles: listeners,
      payload: z.strictObject(WHICH).refine(isOne, ONE),
      answer: z.union([z.object({ order: OrderId }), z.object({ booking: BookingId })]),
      errors: [],
    },
    chat: {
      route: 'chat',
      name: 'chat',
      summary:
        'Writes to all who follow the order. Sent again under the same clientMessageId, it is one message.',
      roles: followers,
      payload: z.strictObject({ order: OrderId, text: ChatText, clientMessageId: ClientMessageId }),
      answer: z.object({ order: OrderId, sequence: z.int(), at: z.iso.datetime() }),
      errors: ['OrderEndedError'],
    },
    position: {
      route: 'position',
      name: 'position',
      summary:
        'The rider of an order says where they are. An older position than the known one changes nothing.',
      roles: ['rider'],
      payload: z.strictObject({ order: OrderId, ...Position.shape, at: z.iso.datetime() }),
      answer: z.object({
        order: OrderId,
        /** False of a position that is older than the one that is known. */
        taken: z.boolean(),
        arrival: Arrival.optional(),
      }),
      errors: ['OrderEndedError'],
    },
    heartbeat: {
      route: 'heartbeat',
      name: 'heartbeat',
      summary:
        'Keeps a connection open over which nothing else goes: API Gateway closes one that is idle for ten minutes.',
      roles: listeners,
      payload: z.strictObject({}),
      answer: z.object({ serverTime: z.iso.datetime() }),
      errors: [],
    },
    other: {
      route: '$default',
      name: 'refuse-frame',
      summary: 'What is none of these, or no JSON, is answered by an error.',
      roles: listeners,
      payload: z.unknown(),
      answer: z.object({}),
      errors: [],
    },
  },
});
