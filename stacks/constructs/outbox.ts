import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Exchange } from './exchange.ts';
import { houseAlarm } from './house-alarm.ts';
import { HouseFunction } from './house-function.ts';
import type { HouseTable } from './house-table.ts';
import type { Parking } from './parking.ts';
import { BUS_NAME, type SystemStack } from './system-stack.ts';
import { deadQueue, WorkQueue } from './work-queue.ts';

export interface OutboxProps {
  readonly table: HouseTable;
  readonly parking: Parking;
  /** The CloudEvents types that this system tells the city. */
  readonly events: readonly string[];
  /**
   * Which of the system's events go to a topic, and not to the bus. In the order in which they were committed, by
   * partition key; what the relay leaves behind comes late, from the sweeper. @default none
   */
  readonly topics?: readonly { readonly topic: Exchange; readonly types: readonly string[] }[];
}

/**
 * Sends what was committed to the outbox of a table: a relay on the table's stream, quick, and a sweeper every
 * minute for what the relay missed. The code is the platform's, the instance and its rights are the system's own.
 */
export class Outbox extends Construct {
  constructor(scope: Construct, stack: SystemStack, { table, parking, events, topics = [] }: OutboxProps) {
    super(scope, 'Outbox');
    const arns = topics.flatMap(({ topic, types }) =>
      types.map((type) => [type, topic.topic.topicArn] as const),
    );
    const environment = {
      ...{ TABLE: table.tableName, BUS_NAME },
      ...(arns.length > 0 ? { TOPICS: stack.toJsonString(Object.fromEntries(arns)) } : {}),
    };
    const relay = new HouseFunction(this, stack, { file: 'relay-outbox', from: 'platform', environment });
    const sweeper = new HouseFunction(this, stack, { file: 'sweep-outbox', from: 'platform', environment });
    const deadName = `${stack.system}-relay-outbox-dead`;
    const dead = deadQueue(this, stack, 'RelayDead', deadName);
    stack.manifest.entry.queues.push({ name: deadName });
    relay.addEventSource(
      new DynamoEventSource(table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        retryAttempts: 10,
        bisectBatchOnError: true,
        maxRecordAge: Duration.hours(1),
        // Where in the stream the records are that were given up; the sweeper sends the events themselves.
        onFailure: new SqsDlq(dead),
        filters: [
          FilterCriteria.filter({
            eventName: FilterRule.isEqual('INSERT'),
            dynamodb: { Keys: { pk: { S: FilterRule.beginsWith('OUTBOX#') } } },
          }),
        ],
      }),
    );
    houseAlarm(this, 'RelayBehind', stack, {
      name: `${stack.system}-relay-outbox-behind`,
      description:
        'The outbox relay is more than a minute behind its stream: look in its log; the sweeper sends meanwhile',
      metric: relay.metric('IteratorAge', { statistic: 'max', period: Duration.minutes(1) }),
      threshold: Duration.minutes(1).toMilliseconds(),
      periods: 3,
    });
    new WorkQueue(this, stack, { consumer: sweeper, batchSize: 1, maxConcurrency: 2 }).everyMinute({
      sweep: 'outbox',
    });
    parking.usedBy(relay, sweeper);
    for (const fn of [relay, sweeper]) {
      fn.may(['events:PutEvents'], stack.busArn).may(['dynamodb:UpdateItem'], table.tableArn);
      if (topics.length > 0) fn.may(['sns:Publish'], ...topics.map(({ topic }) => topic.topic.topicArn));
    }
    table.queriedBy('unsent', sweeper);
    for (const { topic, types } of topics) topic.tells(...types);
    stack.manifest.entry.events.out.push(...new Set([...events, ...arns.map(([type]) => type)]));
  }
}
