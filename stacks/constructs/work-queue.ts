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
import { SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { MessageEffect } from '../../shared/effects/of-message.ts';
import { isMeant } from '../../shared/messaging/chosen.ts';
import { KOLKATA_AHEAD_MS } from '../../shared/time/index.ts';
import type { Exchange } from './exchange.ts';
import { houseAlarm } from './house-alarm.ts';
import { type HouseFunction, pascal } from './house-function.ts';
import type { HouseTable } from './house-table.ts';
import type { SystemManifest } from './manifest.ts';
import { BUS_NAME, type SystemStack } from './system-stack.ts';

export interface WorkQueueProps {
  /** The consumer; the queue is called `<system>-<consumer's file>`, its dead letters `…-dead`. */
  readonly consumer: HouseFunction;
  /**
   * Keeps messages of one group in order, and delivers each once within five minutes; it and its dead letters are then
   * called `….fifo`. Only FIFO topics and senders that name a group can feed it. @default false
   */
  readonly fifo?: boolean;
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
 * for each message of a batch. Feed it with {@link onEvents}, {@link onEveryEvent}, {@link onTopic}, {@link everyMinute} or
 * {@link everyDay}.
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly fifo: boolean;
  private readonly stack: SystemStack;
  /** By source: a queue has one rule for each, whatever the number of types. */
  private readonly rules = new Map<string, Rule>();
  private bus: IEventBus | undefined;
  private readonly entry: SystemManifest['queues'][number];

  constructor(scope: Construct, stack: SystemStack, props: WorkQueueProps) {
    const { maxReceives = 5, fifo = false } = props;
    const consumer = props.consumer.houseName;
    const ending = fifo ? '.fifo' : '';
    const [name, deadName] = [`${consumer}${ending}`, `${consumer}-dead${ending}`];
    super(scope, `${pascal(consumer)}Work`);
    this.stack = stack;
    this.fifo = fifo;
    this.deadLetters = deadQueue(this, stack, 'DeadLetters', deadName);
    this.queue = new Queue(this, 'Queue', {
      queueName: name,
      ...inOrder(name),
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
      ...{ name, deadLetters: deadName, consumer },
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

  /**
   * Events of a topic, each as it was told. What the topic cannot hand over lies with the dead letters of this queue.
   *
   * @param types which types; one that ends in `*` stands for all that begin so. @default every one
   * @throws {TypeError} the queue keeps an order that the topic does not keep: SNS refuses that
   */
  onTopic(exchange: Exchange, { types }: { readonly types?: readonly string[] } = {}): this {
    if (this.fifo && !exchange.fifo)
      throw new TypeError(`${this.entry.name} is FIFO, so a topic that feeds it has to be`);
    exchange.topic.addSubscription(
      new SqsSubscription(this.queue, {
        rawMessageDelivery: true,
        deadLetterQueue: this.deadLetters,
        ...(types ? { filterPolicy: { type: SubscriptionFilter.stringFilter(chosen(types)) } } : {}),
      }),
    );
    exchange.binds({
      takes: (type) => types?.some((one) => isMeant(one, type)) ?? true,
      hears: (type) => this.hearing(type),
    });
    return this;
  }

  private hearing(...types: readonly string[]): this {
    this.entry.hears = [...(this.entry.hears ?? []), ...types];
    this.stack.manifest.entry.events.in.push(...types);
    return this;
  }

  private ruleOf(id: string, eventPattern: EventPattern): Rule {
    this.refuseIfFifo();
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

  /** @throws {TypeError} a rule would have to name one group for all, and the queue know a message by its text */
  private refuseIfFifo(): void {
    if (this.fifo) throw new TypeError(`${this.entry.name} is FIFO: rules cannot feed it`);
  }

  private scheduled(id: string, schedule: Schedule, message: { readonly [word: string]: string }): this {
    this.refuseIfFifo();
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

/** Types by which SNS chooses, `….Waitlist*` by their beginning. */
const chosen = (types: readonly string[]) => {
  const [whole, beginnings] = [false, true].map((is) => types.filter((type) => type.endsWith('*') === is));
  return {
    ...(whole?.length ? { allowlist: whole } : {}),
    ...(beginnings?.length ? { matchPrefixes: beginnings.map((type) => type.slice(0, -1)) } : {}),
  };
};

/** What makes a queue of this name FIFO, where it is: each group is a queue of its own, in order and in speed. */
const inOrder = (name: string) =>
  name.endsWith('.fifo')
    ? {
        fifo: true,
        // Every message says its own id; equal bodies may be two facts.
        contentBasedDeduplication: false,
        deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
        fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      }
    : {};

const KOLKATA_AHEAD_MINUTES = KOLKATA_AHEAD_MS / 60_000;
const A_DAY_MINUTES = 24 * 60;

/**
 * A queue where messages wait for a person: kept fourteen days, and an alarm as soon as there is one. FIFO where its name
 * ends so, as the dead letters of a FIFO queue have to be.
 */
export const deadQueue = (scope: Construct, stack: SystemStack, id: string, name: string): Queue => {
  const queue = new Queue(scope, id, {
    queueName: name,
    ...inOrder(name),
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
