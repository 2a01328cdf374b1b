/** What whoever has to do with an order sees of it while it is on its way; and of a booking of berths, whoever made it. */
import * as z from 'zod';
import { referenceSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { BookingId, Mover as BookingMover, Standing } from '../irctc-booking/contract.views.ts';
import { Mover, OrderId, OrderState, Position, RiderState } from '../zomato-ordering/contract.views.ts';

const Timestamp = z.iso.datetime();

/** Who may follow an order: whoever ordered it, rides it, or cooks it. */
export const FollowerRole = z.enum(['customer', 'rider', 'kitchen']);
export type FollowerRole = z.infer<typeof FollowerRole>;

/** As what somebody may listen: operators too, who see every order and say nothing in any. */
export const ListenerRole = z.enum(['operator', ...FollowerRole.options]);
export type ListenerRole = z.infer<typeof ListenerRole>;

/** A rider, as tokens and orders name one. */
export const RiderId = z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/, {
  error: phrase({
    en: '1 to 80 English letters, digits or _.-',
    hi: '1 से 80 अंग्रेज़ी अक्षर, अंक या _.-',
  }),
});

export const Vehicle = z.enum(['bike', 'scooter', 'bicycle']);
export type Vehicle = z.infer<typeof Vehicle>;

/** What others read of a rider; the phone is for the operator and for themselves. */
export const RiderName = z.object({ id: RiderId, name: z.string().optional(), vehicle: Vehicle.optional() });
export type RiderName = z.infer<typeof RiderName>;

/** At most so long a message of a chat is. */
export const MOST_LETTERS = 500;

/** What somebody writes: letters of any script, and line ends; no other control characters, which JSON blows up. */
export const ChatText = z
  .string()
  .trim()
  .min(1)
  .max(MOST_LETTERS)
  .regex(/^[^\p{Cc}\u2028\u2029]*(?:\n[^\p{Cc}\u2028\u2029]*)*$/u, {
    error: phrase({ en: 'text without control characters', hi: 'नियंत्रण-वर्णों के बिना पाठ' }),
  });

/** What the sender calls a message: sent again under the same name, it is the same message. */
export const ClientMessageId = referenceSchema();

const logged = {
  /** 1, 2, 3, …: none is missing, and none comes twice. */
  sequence: z.int().min(1),
  at: Timestamp,
  /** What a person reads, in the reader's language; of a chat, what was written. */
  text: z.string(),
};

/** One line of what has happened to an order. */
export const LogItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('placed'), ...logged, estimatedDelivery: Timestamp }),
  z.object({
    kind: z.literal('moved'),
    ...logged,
    from: OrderState,
    to: OrderState,
    by: Mover,
    reason: z.string().optional(),
  }),
  z.object({ kind: z.literal('rider'), ...logged, state: RiderState, rider: RiderName }),
  z.object({
    kind: z.literal('chat'),
    ...logged,
    /** As what the sender takes part in the order. */
    from: FollowerRole,
    clientMessageId: ClientMessageId,
  }),
]);
export type LogItem = z.infer<typeof LogItem>;
export const LogKind = z.enum(['placed', 'moved', 'rider', 'chat']);
export type LogKind = z.infer<typeof LogKind>;

/** One line of what has happened to a booking: how it stands from then on. No names, ages or phones. */
export const BookingItem = z.object({
  kind: z.literal('booking'),
  ...logged,
  /** Of the booking, as its own door has it; not every version is a line. */
  version: z.int().min(1),
  ...Standing.shape,
  by: BookingMover.optional(),
  /** The name of the error by which it came to nothing. */
  reason: z.string().optional(),
});
export type BookingItem = z.infer<typeof BookingItem>;

/** How far it is along the roads to where the rider goes next, and when they are there at their speed. */
export const Arrival = z.object({ meters: z.int().min(0), at: Timestamp });
export type Arrival = z.infer<typeof Arrival>;

/** Where the rider is. The newest counts; there is no history of it. */
export const PositionView = Position.extend({
  at: Timestamp,
  rider: RiderId,
  /** Absent as long as it is not known where the order goes. */
  arrival: Arrival.optional(),
});
export type PositionView = z.infer<typeof PositionView>;

/** Somebody who brings an order at the moment. Their name stands in its log. */
export const Riding = z.object({
  rider: RiderId,
  order: OrderId,
  state: OrderState,
  /** Absent as long as they have sent none. */
  position: PositionView.optional(),
});
export type Riding = z.infer<typeof Riding>;

/** So many items a page has at most: a page is one message, and API Gateway carries 128 kB. */
export const MOST_ITEMS = 50;

/** Of a part of a log, whatever it is the log of. */
const part = {
  /** Of the newest item that there is. */
  head: z.int(),
  /** Whoever has read the page has everything up to here. */
  upTo: z.int(),
  /** Whether there is more behind it: ask from `upTo`. */
  more: z.boolean(),
};

/** A part of an order's log, and how the order stands. */
export const LogPage = z.object({
  order: OrderId,
  state: OrderState,
  ...part,
  /** In order, after the sequence that was asked for. */
  items: z.array(LogItem),
  estimatedDelivery: Timestamp,
  rider: RiderName.optional(),
  /** Where things are, as far as this reader may know and it is known. */
  restaurant: Position.optional(),
  delivery: Position.optional(),
  position: PositionView.optional(),
});
export type LogPage = z.infer<typeof LogPage>;

/** A part of a booking's log, and how the booking stands. */
export const BookingLogPage = z.object({
  booking: BookingId,
  ...Standing.shape,
  ...part,
  /** In order, after the sequence that was asked for. */
  items: z.array(BookingItem),
});
export type BookingLogPage = z.infer<typeof BookingLogPage>;

/** What is sent to followers by itself. */
export const ItemFrame = z.object({ type: z.literal('item'), order: OrderId, item: LogItem });
export const PositionFrame = z.object({
  type: z.literal('position'),
  order: OrderId,
  position: PositionView,
});
export const BookingItemFrame = z.object({
  type: z.literal('item'),
  booking: BookingId,
  item: BookingItem,
});
export const PushFrame = z.union([ItemFrame, BookingItemFrame, PositionFrame]);
export type PushFrame = z.infer<typeof PushFrame>;
