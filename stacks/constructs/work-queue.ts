import {
  EventBus,
  type EventPattern,
  type IEventBus,
  Match,
  Rule,
  RuleTargetInput,
  Schedule,
} from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { MessageEffect } from '../../shared/effects/of-message.ts';
import { KOLKATA_AHEAD_MS } from '../../shared/time/index.ts';
import { houseAlarm } from './house-alarm.ts';
import { type HouseFunction, pascal } from './house-function.ts';
import type { HouseTable } from './house-table.ts';
import type { SystemManifest } from './manifest.ts';
import { BUS_NAME, type SystemStack } from './system-stack.ts';

export interface WorkQueueProps {
  /** The consumer; the queue is called `<system>-<consumer's file>`, its dead letters `…-dead`. */
  readonly consumer: HouseFunction;
  /** Receives before SQS moves a message to the dead letters. @default 5 */
  readonly maxReceives?: number;
  /** @default 10 */
  readonly batchSize?: number;
  /**
   * Where the consumer has a record of each message that it worked on, so that people can ask before they send one back.
   * @default it keeps none that anybody could ask for
   */
  readonly remembers?: MessageEffect & { readonly table: HouseTable };
  /** Batches at a time, at least 2; the emulator's default differs from AWS's, so it is always said. @default 5 */
  readonly maxConcurrency?: number;
}

/**
 * The one kind of asynchronous edge: a queue, its dead letters, an alarm on them, and the consumer that answers
 * for each message of a batch. Feed it with {@link onEvents}, {@link onEveryEvent}, {@link everyMinute} or {@link everyDay}.
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly stack: SystemStack;
  /** By source: a queue has one rule for each, whatever the number of types. */
  private readonly rules = new Map<string, Rule>();
  private bus: IEventBus | undefined;
  private readonly entry: SystemManifest['queues'][number];

  constructor(scope: Construct, stack: SystemStack, props: WorkQueueProps) {
    const { maxReceives = 5 } = props;
    const name = props.consumer.houseName;
    super(scope, `${pascal(name)}Work`);
    this.stack = stack;
    this.deadLetters = deadQueue(this, stack, 'DeadLetters', `${name}-dead`);
    this.queue = new Queue(this, 'Queue', {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      // AWS asks for at least six times the consumer's time-out, so that a retried batch is not seen twice.
      visibilityTimeout: Duration.seconds(6 * props.consumer.timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
      removalPolicy: stack.removalPolicy,
    });
    props.consumer.addEnvironment('MAX_RECEIVES', String(maxReceives)).addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize ?? 10,
        maxConcurrency: props.maxConcurrency ?? 5,
        reportBatchItemFailures: true,
      }),
    );
    houseAlarm(this, 'Behind', stack, {
      name: `${name}-behind`,
      description: `The oldest message of ${name} has waited five minutes: look in the log of the function of that name`,
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'max',
      }),
      threshold: Duration.minutes(5).toSeconds(),
    });
    const { remembers } = props;
    this.entry = {
      ...{ name, deadLetters: `${name}-dead`, consumer: name },
      ...(remembers ? { remembers: { ...remembers, table: remembers.table.output } } : {}),
    };
    stack.manifest.entry.queues.push(this.entry);
  }

  /** Events of the bus, by source and types; each message is one CloudEvent. Again for more types, or sources. */
  onEvents(source: string, types: readonly string[]): this {
    const known = this.rules.get(source);
    if (known) known.addEventPattern({ detailType: [...types] });
    else {
      const pattern = { source: [source], detailType: [...types] };
      this.rules.set(source, this.ruleOf(`From${pascal(source)}`, pattern));
    }
    return this.hearing(...types);
  }

  /** Every event of the bus, also of a system that is deployed later. */
  onEveryEvent(): this {
    this.ruleOf('FromEverybody', { source: Match.prefix('') });
    return this.hearing('*');
  }

  private hearing(...types: readonly string[]): this {
    this.entry.hears = [...(this.entry.hears ?? []), ...types];
    this.stack.manifest.entry.events.in.push(...types);
    return this;
  }

  private ruleOf(id: string, eventPattern: EventPattern): Rule {
    this.bus ??= EventBus.fromEventBusName(this, 'Bus', BUS_NAME);
    const rule = new Rule(this, id, { eventBus: this.bus, eventPattern });
    rule.addTarget(
      new SqsQueue(this.queue, {
        message: RuleTargetInput.fromEventPath('$.detail'),
        deadLetterQueue: this.deadLetters,
      }),
    );
    return rule;
  }

  /** The same message once a minute: what a sweeper runs on. */
  everyMinute(message: { readonly [word: string]: string }): this {
    return this.scheduled('EveryMinute', Schedule.rate(Duration.minutes(1)), message);
  }

  /** The same message once a day, at a time on the clock of Asia/Kolkata; a rule's own clock is UTC. */
  everyDay(message: { readonly [word: string]: string }, at: { hour: number; minute: number }): this {
    const minutes = (at.hour * 60 + at.minute - KOLKATA_AHEAD_MINUTES + A_DAY_MINUTES) % A_DAY_MINUTES;
    const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
    const schedule = Schedule.cron({ hour: String(hour), minute: String(minute) });
    return this.scheduled('EveryDay', schedule, message);
  }

  private scheduled(id: string, schedule: Schedule, message: { readonly [word: string]: string }): this {
    const rule = new Rule(this, id, { schedule });
    rule.addTarget(
      new SqsQueue(this.queue, {
        message: RuleTargetInput.fromObject(message),
        deadLetterQueue: this.deadLetters,
      }),
    );
    return this;
  }
}

const KOLKATA_AHEAD_MINUTES = KOLKATA_AHEAD_MS / 60_000;
const A_DAY_MINUTES = 24 * 60;

/** A queue where messages wait for a person: kept fourteen days, and an alarm as soon as there is one. */
export const deadQueue = (scope: Construct, stack: SystemStack, id: string, name: string): Queue => {
  const queue = new Queue(scope, id, {
    queueName: name,
    encryption: QueueEncryption.SQS_MANAGED,
    retentionPeriod: Duration.days(14),
    removalPolicy: stack.removalPolicy,
  });
  houseAlarm(scope, `${id}Alarm`, stack, {
    name: `${name}-not-empty`,
    description: `Messages wait in ${name} for a person: read the reason in one, mend it, then send them back or delete them`,
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'max' }),
    threshold: 1,
  });
  return queue;
};
