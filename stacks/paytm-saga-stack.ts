import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { closingEvents } from '../functions/paytm-saga/contract.closing.ts';
import { events, routes, routesEverywhere } from '../functions/paytm-saga/contract.ts';
import { works } from '../functions/paytm-saga/contract.works.ts';
import { events as bankEvents } from '../functions/sandbox-bank/contract.ts';
import { payment } from '../statemachines/paytm-saga/payment.machine.ts';
import { houseAlarm } from './constructs/house-alarm.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { HouseMachine } from './constructs/house-machine.ts';
import { EFFECT_INDEXES, HouseTable } from './constructs/house-table.ts';
import { Outbox } from './constructs/outbox.ts';
import { Parking } from './constructs/parking.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { clientSecretName, SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';

/** Pattern: an orchestrated saga. Ten steps in Step Functions, a compensation for each effect, a ledger that balances. */
export class PaytmSagaStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'paytm-saga' });

    // 1. State: payments, wallets, people, ledger and outbox, one consistency boundary.
    const table = new HouseTable(this, 'Payments', this, {
      stream: true,
      indexes: [
        ...EFFECT_INDEXES,
        { name: 'byOwner', partition: 'ownerPk', sort: 'ownerSk' },
        { name: 'open', partition: 'openShard', sort: 'openSince' },
      ],
    });
    const secret = this.clientSecret();
    const parking = new Parking(this, this);
    const environment = { TABLE: table.tableName };
    const fn = (file: string) => new HouseFunction(this, this, { file, environment });

    /** Lets a function ask the bank: look up who is where, and show our secret to identity. */
    const asksTheBank = (...functions: HouseFunction[]): void => {
      for (const one of functions) {
        one.addEnvironment('CLIENT_SECRET_ARN', secret.secretArn);
        one
          .may(['secretsmanager:GetSecretValue'], this.secretArn(clientSecretName(this.system)))
          .may(
            ['ssm:GetParameter'],
            this.parameterArn('identity/url'),
            this.parameterArn('sandbox-bank/url'),
          );
      }
    };

    // 2. Steps of the machine, and the machine.
    const steps = {
      resume: fn('resume'),
      'validate-user': fn('validate-user'),
      'check-kyc': fn('check-kyc'),
      'validate-merchant': fn('validate-merchant'),
      'check-fraud': fn('check-fraud'),
      'reserve-funds': fn('reserve-funds'),
      'process-payment': fn('process-payment'),
      'settle-merchant': fn('settle-merchant'),
      'notify-merchant': fn('notify-merchant'),
      'send-receipt': fn('send-receipt'),
      'update-analytics': fn('update-analytics'),
      'turn-back': fn('turn-back'),
      'refund-charge': fn('refund-charge'),
      'release-hold': fn('release-hold'),
      close: fn('close'),
      park: fn('park'),
    };
    table.readBy(steps.resume).committedBy(...Object.values(steps).filter((step) => step !== steps.resume));
    table.checkedBy(steps['settle-merchant']);
    asksTheBank(
      steps['reserve-funds'],
      steps['process-payment'],
      steps['refund-charge'],
      steps['release-hold'],
    );
    parking.usedBy(steps.park);
    const waits = fn('await-bank');
    const machine = new HouseMachine(this, this, {
      name: 'payment',
      definition: payment,
      functions: steps,
      queues: { 'await-bank': new WorkQueue(this, this, { consumer: waits }) },
      // A payer has five minutes to approve; what takes longer waits for something else.
      waitsSeconds: 300,
    });

    // Whoever waits for the bank is woken when it tells, and looks by itself every twenty seconds.
    const hears = fn('hear-bank');
    new WorkQueue(this, this, { consumer: hears, remembers: { table, ...works.hearBank } }).onEvents(
      'sandbox-bank',
      [bankEvents.operationChanged.type],
    );
    table.committedBy(waits, hears);
    for (const one of [waits, hears]) one.may(['states:SendTaskSuccess'], '*');
    parking.usedBy(waits, hears);

    // 3. Doors.
    const routesHere = this.faults ? routes : routesEverywhere;
    const doors = Object.fromEntries(Object.values(routesHere).map(({ name }) => [name, fn(name)])) as {
      [name: string]: HouseFunction;
    };
    const door = (name: string): HouseFunction => {
      const found = doors[name];
      if (!found) throw new Error(`the contract has no route ${name}`);
      return found;
    };
    table
      .committedBy(
        door('resume-payment'),
        door('resume-top-up'),
        door('resume-refund'),
        door('refund-payment'),
        door('top-up-wallet'),
        door('change-user'),
        door('change-merchant'),
        door('end-link'),
        door('reconcile-day'),
      )
      .appendedBy(door('start-payment'), door('create-user'), door('create-merchant'), door('create-link'))
      .checkedBy(door('top-up-wallet'), door('start-payment'))
      .pagedBy(door('list-payment-history'))
      .readBy(
        door('list-payment-history'),
        door('get-payment'),
        door('get-wallet'),
        door('get-refund'),
        door('list-payment-refunds'),
      )
      .queriedBy('byOwner', door('list-payments'), door('list-wallets'), door('list-payment-refunds'))
      .queriedBy('open', door('list-payments'), door('list-top-ups'), door('list-refunds'))
      .readBy(door('list-closings'), door('get-reconciliation'))
      .queriedBy('byOwner', door('list-closings'))
      .queriedBy('byDay', door('list-postings'));
    asksTheBank(door('top-up-wallet'), door('refund-payment'));
    startsPayments(door('start-payment'));
    startsPayments(door('resume-payment'));
    parking.settledBy(door('resume-payment'), door('resume-top-up'), door('resume-refund'));
    if (this.faults) {
      // An operator has a payment made again, to see it fail: only where payments fail on command.
      table.appendedBy(door('rerun-payment'));
      startsPayments(door('rerun-payment'));
    }
    new HouseApi(this, this, { routes: routesHere, doors });

    // 4. Consumers.
    const sweeper = new HouseFunction(this, this, { file: 'sweep', environment, timeoutSeconds: 30 });
    table.committedBy(sweeper).queriedBy('open', sweeper);
    startsPayments(sweeper);
    sweeper.may(['states:DescribeExecution'], machine.executionArns(this));
    asksTheBank(sweeper);
    new WorkQueue(this, this, { consumer: sweeper, batchSize: 1, maxConcurrency: 2 }).everyMinute({
      sweep: 'payments',
    });

    const notices = fn('deliver-notice');
    table.appendedBy(notices);
    new WorkQueue(this, this, {
      consumer: notices,
      remembers: { table, ...works.deliverNotice },
    }).onEvents('paytm-saga', [events.noticeRequested.type]);
    parking.usedBy(sweeper, notices).settledBy(sweeper);

    const callbacks = fn('call-back');
    const signing = {
      secretName: 'dabbawala/paytm-saga/callbacks',
      description: 'Of which the keys are made that sign callbacks',
    };
    table.appendedBy(callbacks);
    callbacks
      .may(['secretsmanager:GetSecretValue'], this.secretArn(signing.secretName))
      .addEnvironment('CALLBACK_SECRET_ARN', this.generatedSecret('CallbackSecret', signing).secretArn);
    // A payer's system that is down for some minutes is reached: ten tries, a minute apart. What has come three times
    // SQS leaves out of the age that the alarm watches, so that it is not ours that rings for theirs.
    new WorkQueue(this, this, {
      ...{ consumer: callbacks, maxReceives: 10 },
      remembers: { table, ...works.callBack },
    }).onEvents(
      'paytm-saga',
      [events.completed, events.refused, events.compensated].map(({ type }) => type),
    );
    parking.usedBy(callbacks);
    if (this.target === 'local') {
      // Whoever tries the city on a laptop has no address that the internet knows.
      for (const fn of [callbacks, door('start-payment')]) fn.addEnvironment('LOOPBACK_CALLBACKS', 'allowed');
    }

    // 5. The closing of days: after midnight, when nothing of the day before is on its way any more.
    const closing = new HouseFunction(this, this, { file: 'close-days', environment, timeoutSeconds: 60 });
    table.committedBy(closing).pagedBy(closing).queriedBy('byDay', closing);
    asksTheBank(closing);
    parking.usedBy(closing);
    const { queue } = new WorkQueue(this, this, {
      consumer: closing,
      batchSize: 1,
      maxConcurrency: 2,
    }).everyDay({ closing: 'due' }, { hour: 0, minute: 15 });
    for (const sender of [closing, door('reconcile-day')]) {
      sender.may(['sqs:SendMessage'], queue.queueArn).addEnvironment('CLOSING_QUEUE', queue.queueUrl);
    }
    houseAlarm(this, 'BooksDiffer', this, {
      name: 'paytm-saga-books-differ',
      description:
        'The bank’s statement and our ledger do not say the same: read GET /closings/{day}/reconciliation, and look at each key at the bank and in the ledger',
      metric: new Metric({
        namespace: 'Dabbawala',
        metricName: 'Differences',
        dimensionsMap: { service: this.system, function: closing.houseName },
        statistic: 'max',
        period: Duration.minutes(1),
      }),
      threshold: 1,
    });

    const told = [...Object.values(events), ...Object.values(closingEvents)];
    new Outbox(this, this, { table, parking, events: told.map(({ type }) => type) });

    function startsPayments(starter: HouseFunction): void {
      starter.may(['states:StartExecution'], machine.arn).addEnvironment('MACHINE_ARN', machine.arn);
    }
  }
}
