/** Test help: tracking in memory, asked through the use cases of its doors, consumers and socket. */
import { eventOf, houseIndexes, memoryStore } from '../../shared/effects/index.ts';
import type { Caller } from '../../shared/http/index.ts';
import type { CallContext, Session } from '../../shared/lambda/index.ts';
import { houseMessages, say } from '../../shared/messages/index.ts';
import type { CloudEvent } from '../../shared/messaging/events.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { events as ordering } from '../zomato-ordering/contract.events.ts';
import {
  CustomerId,
  OrderId,
  type OrderState,
  RestaurantId,
  type RiderState,
} from '../zomato-ordering/contract.views.ts';
import { fanOut } from './consumers/fan-out.ts';
import { followOrders, OrderEvent } from './consumers/follow-orders.ts';
import { pushPosition } from './consumers/push-position.ts';
import { JUNCTIONS } from './contract.mumbai.ts';
import { events, type ListenerRole, LogPage, type PushFrame, socket } from './contract.ts';
import type { Pushed } from './domain/broadcast.ts';
import { ticketIn } from './domain/ticket.ts';
import type { Places } from './domain/views.ts';
import { chat } from './doors/chat.ts';
import { connect } from './doors/connect.ts';
import { issueTicket } from './doors/issue-ticket.ts';
import { position } from './doors/position.ts';
import { readLog } from './doors/read-log.ts';
import { subscribe } from './doors/subscribe.ts';
import { unsubscribe } from './doors/unsubscribe.ts';
import { messages } from './messages.ts';
import { connectionsOn } from './store/connection-ports.ts';
import { INDEXES } from './store/keys.ts';
import { logOn } from './store/ports.ts';

const uuid = (n: number) => `0193a5c0-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const orderId = (n: number) => OrderId.parse(`order_${uuid(n)}`);
export const ORDER = orderId(1);
export const RAHUL = CustomerId.parse(`customer_${uuid(11)}`);
export const PRIYA = CustomerId.parse(`customer_${uuid(12)}`);
export const BURGER_KING = RestaurantId.parse('rest_burger_king');
export const RAVI = 'rider_ravi';
export const SURESH = 'rider_suresh';

/** Bandra, where the food is cooked, to Colaba, where it is eaten. */
export const PLACES: Places = { restaurant: JUNCTIONS.bandraLinkingRoad, delivery: JUNCTIONS.colaba };

const about = { order: ORDER, customer: RAHUL, restaurant: BURGER_KING };
const at = '2026-11-24T11:00:00.000Z';
const told = { subject: ORDER, correlationId: 'c1' };
const made = (event: object, sequence: number) =>
  OrderEvent.parse({ id: `event-${sequence}`, time: at, ...event, sequence });

/** What ordering tells, each with the version of the order. */
export const tells = {
  placed: (sequence = 1, over: object = {}) =>
    made(
      ordering.placed.of({
        ...told,
        data: {
          ...about,
          total: 78_000,
          method: 'wallet',
          estimatedDelivery: '2026-11-24T11:45:00.000Z',
          ...over,
        },
      }),
      sequence,
    ),
  moved: (from: OrderState, to: OrderState, sequence: number) =>
    made(ordering.moved.of({ ...told, data: { ...about, from, to, by: 'kitchen', at } }), sequence),
  rider: (rider: string, sequence: number, state: RiderState = 'RIDER_ASSIGNED') =>
    made(ordering.riderChanged.of({ ...told, data: { ...about, state, rider, at } }), sequence),
};

/** An order from its beginning to the door, Ravi riding. */
export const wholeStory = () => [
  tells.placed(1),
  tells.moved('PLACED', 'PAYMENT_CONFIRMED', 2),
  tells.moved('PAYMENT_CONFIRMED', 'ACCEPTED', 3),
  tells.rider(RAVI, 4),
  tells.moved('ACCEPTED', 'PREPARING', 5),
  tells.moved('PREPARING', 'READY', 6),
  tells.moved('READY', 'PICKED_UP', 7),
  tells.moved('PICKED_UP', 'OUT_FOR_DELIVERY', 8),
  tells.moved('OUT_FOR_DELIVERY', 'DELIVERED', 9),
];

export const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const CALL: CallContext = { correlationId: 'c-chat', traceparent: TRACEPARENT, remainingMs: () => 5_000 };

export const trackingInMemory = () => {
  const clock = fixedClock();
  const pauses: number[] = [];
  const around = {
    now: clock.now,
    ids: sequenceIds(),
    chance: () => 0,
    deadline: () => 5_000,
    pause: async (ms: number) => {
      pauses.push(ms);
      clock.advance(ms);
    },
  };
  const logs = memoryStore({ indexes: { ...houseIndexes, ...INDEXES } });
  const connected = memoryStore();
  const sent: { connection: string; frame: PushFrame; at: number }[] = [];
  const asked: { order: OrderId; delaySeconds: number }[] = [];
  const outcomes = new Map<string, Pushed>();
  const ports = {
    ...logOn(logs, around),
    ...connectionsOn(connected, around),
    secret: async () => 'a secret',
    socketUrl: 'http://127.0.0.1:4566/_aws/execute-api/s/live',
    ask: async (order: OrderId, delaySeconds: number) => void asked.push({ order, delaySeconds }),
    push: async (connection: string, frame: PushFrame) => {
      const outcome = outcomes.get(connection) ?? 'sent';
      if (outcome === 'sent') sent.push({ connection, frame, at: clock.now().getTime() });
      return outcome;
    },
  };
  const texts = { ...houseMessages, ...messages };
  const command = <P>(session: Session, payload: P) => ({
    ...{ payload, id: 'm-1', session },
    say: (name: string, facts: object = {}) => say(texts, name, facts, session.language),
  });
  const request = { language: 'en', headers: undefined, idempotencyKey: undefined } as const;
  const call = <P>(caller: Caller, more: P) => ({
    ...{ ...request, body: undefined, client: '', caller },
    say: (name: string, facts: object = {}) => say(texts, name, facts, 'en'),
    ...more,
  });
  let connections = 0;
  return {
    ports,
    clock,
    pauses,
    sent,
    asked,
    /** A command of somebody, as its use case gets it. */
    command,
    /** A call of somebody, likewise. */
    call,
    logs,
    connected,
    /** What becomes of pushes to a connection. @default all are sent */
    pushing: (connection: string, outcome: Pushed) => outcomes.set(connection, outcome),
    /** Where the order begins and ends has become known. */
    learns: () => ports.positions.keepPlaces(ORDER, PLACES),
    hears: async (...heard: readonly CloudEvent[]) => {
      for (const event of heard) await followOrders(ports)(OrderEvent.parse(event));
    },
    ticket: async (caller: Caller, role: ListenerRole, language: 'en' | 'hi' = 'en') => {
      const { body } = await issueTicket(ports)({ ...request, body: { role }, caller, language } as never);
      return body;
    },
    /** A connection of somebody, through the door with a ticket. */
    async connects(subject: string, role: ListenerRole, language: 'en' | 'hi' = 'en'): Promise<Session> {
      connections += 1;
      const connection = `connection-${connections}=`;
      const { ticket } = await this.ticket({ subject, roles: [role] }, role, language);
      await connect(ports)({ connection, query: { ticket } });
      return (await ports.sessions.of(connection)) as Session;
    },
    opens: (connection: string, ticket: string) => connect(ports)({ connection, query: { ticket } }),
    ticketIn: (text: string) => ticketIn(text, 'a secret', clock.now()),
    subscribes: async (session: Session, order: OrderId = ORDER, from = 0) => {
      const page = await subscribe(ports)(command(session, { order, from }));
      // Nothing of the inside shows in it.
      return LogPage.parse(page);
    },
    unsubscribes: (session: Session, order: OrderId = ORDER) =>
      unsubscribe(ports)(command(session, { order })),
    chats: (session: Session, text: string, clientMessageId: string, order: OrderId = ORDER) =>
      chat(ports)(
        command(session, socket.commands.chat.payload.parse({ order, text, clientMessageId })),
        CALL,
      ),
    isAt: (
      session: Session,
      where: { latitude: number; longitude: number },
      order: OrderId = ORDER,
      when?: Date,
    ) => position(ports)(command(session, { order, ...where, at: (when ?? clock.now()).toISOString() })),
    reads: async (caller: Caller, query: { from?: number; wait?: number } = {}, orderId: OrderId = ORDER) => {
      const { body } = await readLog(ports)(
        call(caller, { path: { orderId }, query: { from: 0, wait: 0, ...query } }),
      );
      return LogPage.parse(body);
    },
    /** The outbox's events reach the queue, in the order in which they were committed. */
    fansOut: async () => {
      const rows = logs
        .all()
        .filter(({ pk, state }) => String(pk).startsWith('OUTBOX#') && state === 'unsent');
      const told = rows.map(eventOf).sort((one, two) => (one.sequence ?? 0) - (two.sequence ?? 0));
      for (const event of told) await fanOut(ports)(events.itemLogged.schema.parse(event));
      return told.length;
    },
    pushesPosition: (order: OrderId = ORDER) => pushPosition(ports)({ order }),
    /** What one connection was sent, oldest first. */
    got: ({ connection }: Session) =>
      sent.flatMap((one) => (one.connection === connection ? [one.frame] : [])),
  };
};

/** Tracking with an order that is being cooked, and all who have to do with it connected. */
export const beingCooked = async () => {
  const tracking = trackingInMemory();
  await tracking.hears(...wholeStory().slice(0, 5));
  await tracking.learns();
  const rahul = await tracking.connects(RAHUL, 'customer');
  const ravi = await tracking.connects(RAVI, 'rider');
  const kitchen = await tracking.connects(BURGER_KING, 'kitchen');
  return { tracking, rahul, ravi, kitchen };
};
