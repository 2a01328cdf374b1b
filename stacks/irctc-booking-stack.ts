import type { Construct } from 'constructs';
import { bindings, exchanges } from '../functions/irctc-booking/contract.topology.ts';
import { events, routes } from '../functions/irctc-booking/contract.ts';
import { events as sagaEvents } from '../functions/paytm-saga/contract.events.ts';
import { Exchange } from './constructs/exchange.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { DUE_INDEX, EFFECT_INDEXES, HouseTable } from './constructs/house-table.ts';
import { Outbox } from './constructs/outbox.ts';
import { Parking } from './constructs/parking.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { clientSecretName, SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';

/** Pattern: message queues. Requests in a line for each train, day and class; SNS and SQS for RabbitMQ; promotion as a law. */
export class IrctcBookingStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'irctc-booking' });

    // 1. State: bookings, places, trains and outbox are one consistency boundary; notices and allowances are others.
    const table = new HouseTable(this, 'Bookings', this, {
      stream: true,
      indexes: [
        ...EFFECT_INDEXES,
        { name: 'byCustomer', partition: 'customerPk', sort: 'customerSk' },
        { name: 'byClass', partition: 'classPk', sort: 'classSk' },
        ...DUE_INDEX,
        { name: 'trains', partition: 'trainsPk', sort: 'trainsSk' },
      ],
    });
    const notices = new HouseTable(this, 'Notices', this, {});
    const allowances = new HouseTable(this, 'Allowances', this, {});
    const secret = this.clientSecret();
    const parking = new Parking(this, this);
    const environment = { TABLE: table.tableName };
    const fn = (file: string, timeoutSeconds = 10, more: { readonly [name: string]: string } = environment) =>
      new HouseFunction(this, this, { file, environment: more, timeoutSeconds });

    // 2. Doors.
    const doorsOf = { ...environment, ALLOWANCES_TABLE: allowances.tableName };
    const door = (file: string, more: { readonly [name: string]: string } = doorsOf) => fn(file, 10, more);
    const health = door('health');
    const listTrains = door('list-trains');
    const publishTrain = door('publish-train');
    const getAvailability = door('get-availability');
    const requestBooking = door('request-booking');
    const getBooking = door('get-booking');
    const listBookings = door('list-bookings');
    const cancelBooking = door('cancel-booking');
    const getPnr = door('get-pnr');
    const getChart = door('get-chart');
    const requestChart = door('request-chart');
    const listNotices = door('list-notices', { ...doorsOf, NOTICES_TABLE: notices.tableName });
    table
      .appendedBy(publishTrain, requestChart)
      .committedBy(requestBooking, cancelBooking)
      .readBy(getAvailability, getBooking, getPnr, getChart, listNotices)
      .queriedBy('trains', health, listTrains)
      .queriedBy('due', health)
      .queriedBy('byCustomer', listBookings)
      .queriedBy('byClass', getChart);
    notices.pagedBy(listNotices);
    const all = [
      ...[health, listTrains, publishTrain, getAvailability, requestBooking, getBooking, listBookings],
      ...[cancelBooking, getPnr, getChart, requestChart, listNotices],
    ];
    allowances.appendedBy(...all);
    const doors = Object.fromEntries(all.map((one) => [one.houseName.slice(`${this.system}-`.length), one]));
    new HouseApi(this, this, { routes, doors });

    // 3. Consumers, each on a queue of its own: bound to a topic as the contract says, or to the payment saga's events.
    const consumers = {
      'allocate-berths': fn('allocate-berths'),
      'take-payment': fn('take-payment', 15),
      'refund-booking': fn('refund-booking', 15),
      'promote-waiting': fn('promote-waiting'),
      'prepare-chart': fn('prepare-chart', 20),
      'send-sms': fn('send-sms', 10, { ...environment, NOTICES_TABLE: notices.tableName }),
      'send-email': fn('send-email', 10, { ...environment, NOTICES_TABLE: notices.tableName }),
    };
    const hearPayment = fn('hear-payment');
    const sweep = fn('sweep', 30);
    const works = Object.values(consumers);
    const { 'send-sms': sms, 'send-email': email, ...booking } = consumers;
    table
      .committedBy(...Object.values(booking), hearPayment, sweep)
      .readTogetherBy(consumers['allocate-berths'])
      .readBy(sms, email)
      .queriedBy('due', sweep);
    notices.appendedBy(sms, email);
    for (const one of [consumers['take-payment'], consumers['refund-booking'], sweep]) {
      one.addEnvironment('CLIENT_SECRET_ARN', secret.secretArn);
      one.may(['secretsmanager:GetSecretValue'], this.secretArn(clientSecretName(this.system)));
      one.may(['ssm:GetParameter'], this.parameterArn('identity/url'), this.parameterArn('paytm-saga/url'));
    }
    parking.usedBy(...works, hearPayment, sweep);

    const topics = Object.fromEntries(
      Object.entries(exchanges).map(([key, { name, fifo }]) => [
        key,
        new Exchange(this, this, { name, fifo }),
      ]),
    ) as { readonly [name in keyof typeof exchanges]: Exchange };
    for (const { consumer, exchange, ...binding } of bindings) {
      new WorkQueue(this, this, { consumer: consumers[consumer], fifo: exchanges[exchange].fifo }).onTopic(
        topics[exchange],
        'types' in binding ? { types: binding.types } : {},
      );
    }
    new WorkQueue(this, this, { consumer: hearPayment }).onEvents(
      'paytm-saga',
      [sagaEvents.completed, sagaEvents.refused, sagaEvents.compensated, sagaEvents.refundCompleted].map(
        ({ type }) => type,
      ),
    );
    new WorkQueue(this, this, { consumer: sweep, batchSize: 1, maxConcurrency: 2 }).everyMinute({
      sweep: 'bookings',
    });
    new Outbox(this, this, {
      ...{ table, parking },
      events: [events.moved.type],
      topics: Object.entries(topics).map(([key, topic]) => ({
        topic,
        types: exchanges[key as keyof typeof exchanges].types,
      })),
    });
  }
}
