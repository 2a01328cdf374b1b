import type { Construct } from 'constructs';
import { events as railEvents } from '../functions/irctc-booking/contract.events.ts';
import { events, routes, socket } from '../functions/swiggy-tracking/contract.ts';
import { works } from '../functions/swiggy-tracking/contract.works.ts';
import { events as orderingEvents } from '../functions/zomato-ordering/contract.events.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { EFFECT_INDEXES, HouseTable } from './constructs/house-table.ts';
import { Outbox } from './constructs/outbox.ts';
import { Parking } from './constructs/parking.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { SocketApi } from './constructs/socket-api.ts';
import { clientSecretName, SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';

const TICKETS = 'dabbawala/swiggy-tracking/tickets';

/** Pattern: a long-lived two-way connection. Live orders and bookings over WebSocket, on a log that nobody misses a line of. */
export class SwiggyTrackingStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'swiggy-tracking' });

    // 1. State: the logs of orders and bookings with their outbox; and who is connected, which is another matter every minute.
    const logs = new HouseTable(this, 'Logs', this, {
      stream: true,
      indexes: [...EFFECT_INDEXES, { name: 'ridden', partition: 'riddenPk', sort: 'riddenSk' }],
    });
    const connections = new HouseTable(this, 'Connections', this, {});
    const tickets = this.generatedSecret('TicketSecret', {
      secretName: TICKETS,
      description: 'By which tickets to the socket are signed',
    });
    const client = this.clientSecret();
    const parking = new Parking(this, this);
    const ofLogs = { TABLE: logs.tableName };
    const ofConnections = { CONNECTIONS_TABLE: connections.tableName };
    const fn = (file: string, environment: { readonly [name: string]: string }, timeoutSeconds = 10) =>
      new HouseFunction(this, this, { file, environment, timeoutSeconds });

    // 2. The socket: one function a command.
    const connect = fn('connect', { ...ofConnections, TICKET_SECRET_ARN: tickets.secretArn });
    const disconnect = fn('disconnect', ofConnections);
    const subscribe = fn('subscribe', { ...ofLogs, ...ofConnections });
    const unsubscribe = fn('unsubscribe', ofConnections);
    const chat = fn('chat', { ...ofLogs, ...ofConnections });
    const position = fn('position', { ...ofLogs, ...ofConnections });
    const heartbeat = fn('heartbeat', ofConnections);
    const refuseFrame = fn('refuse-frame', ofConnections);
    connections
      .committedBy(disconnect, subscribe, unsubscribe)
      .appendedBy(connect)
      .readBy(chat, position, heartbeat, refuseFrame);
    logs.readBy(subscribe).pagedBy(subscribe).committedBy(chat).appendedBy(position);
    const live = new SocketApi(this, this, {
      socket,
      doors: {
        ...{ connect, disconnect, subscribe, unsubscribe, chat, position, heartbeat },
        'refuse-frame': refuseFrame,
      },
    });

    // 3. Doors.
    const issueTicket = fn('issue-ticket', { TICKET_SECRET_ARN: tickets.secretArn, SOCKET_URL: live.url });
    for (const one of [connect, issueTicket]) {
      one.may(['secretsmanager:GetSecretValue'], this.secretArn(TICKETS));
    }
    // Whoever waits for news waits up to 20 s of the 29 that the gateway waits for a door.
    const readLog = fn('read-log', ofLogs, 25);
    const readBookingLog = fn('read-booking-log', ofLogs, 25);
    const listRiders = fn('list-riders', ofLogs);
    const registerRider = fn('register-rider', ofLogs);
    const getRider = fn('get-rider', ofLogs);
    logs
      .readBy(readLog, readBookingLog, listRiders, getRider)
      .pagedBy(readLog, readBookingLog)
      .queriedBy('ridden', listRiders)
      .appendedBy(registerRider);
    new HouseApi(this, this, {
      routes,
      doors: {
        ...{ 'issue-ticket': issueTicket, 'read-log': readLog, 'read-booking-log': readBookingLog },
        ...{ 'list-riders': listRiders, 'register-rider': registerRider, 'get-rider': getRider },
      },
    });

    // 4. What ordering and railway booking tell goes into logs, and from there to everybody who follows.
    const followOrders = fn('follow-orders', ofLogs);
    logs.appendedBy(followOrders).pagedBy(followOrders).checkedBy(followOrders);
    new WorkQueue(this, this, {
      consumer: followOrders,
      remembers: { table: logs, ...works.followOrders },
    }).onEvents(
      'zomato-ordering',
      [orderingEvents.placed, orderingEvents.moved, orderingEvents.riderChanged].map(({ type }) => type),
    );
    const followBookings = fn('follow-bookings', ofLogs);
    logs.appendedBy(followBookings).pagedBy(followBookings).checkedBy(followBookings);
    new WorkQueue(this, this, {
      consumer: followBookings,
      remembers: { table: logs, ...works.followBookings },
    }).onEvents('irctc-booking', [railEvents.moved.type]);
    const learnPlaces = fn('learn-places', { ...ofLogs, CLIENT_SECRET_ARN: client.secretArn })
      .may(['secretsmanager:GetSecretValue'], this.secretArn(clientSecretName(this.system)))
      .may(['ssm:GetParameter'], this.parameterArn('identity/url'), this.parameterArn('zomato-ordering/url'));
    logs.appendedBy(learnPlaces);
    new WorkQueue(this, this, { consumer: learnPlaces }).onEvents('zomato-ordering', [
      orderingEvents.placed.type,
    ]);
    const fanOut = fn('fan-out', { ...ofLogs, ...ofConnections });
    new WorkQueue(this, this, { consumer: fanOut }).onEvents('swiggy-tracking', [events.itemLogged.type]);
    const pushPosition = fn('push-position', { ...ofLogs, ...ofConnections });
    const { queue } = new WorkQueue(this, this, { consumer: pushPosition });
    for (const sender of [position, pushPosition]) {
      sender.may(['sqs:SendMessage'], queue.queueArn).addEnvironment('PUSH_QUEUE', queue.queueUrl);
    }
    logs.readBy(fanOut).appendedBy(pushPosition);
    connections.committedBy(fanOut, pushPosition);
    live.pushedBy(fanOut, pushPosition);
    parking.usedBy(followOrders, followBookings, learnPlaces, fanOut, pushPosition);

    new Outbox(this, this, { table: logs, parking, events: Object.values(events).map(({ type }) => type) });
  }
}
