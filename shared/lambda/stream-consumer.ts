import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBRecord } from 'aws-lambda';
import type * as z from 'zod';
import { env } from '../aws/env.ts';
import { HouseError, invalidInput } from '../errors/index.ts';
import { logger } from '../logging/index.ts';
import { type ParkingQueue, parkingQueue } from '../messaging/queue.ts';
import { type Chance, fullJitterMs, type Pause, pause as wait } from '../time/index.ts';
import { currentScope } from '../tracing/index.ts';
import {
  type CallContext,
  callContext,
  correlationIdOf,
  invoked,
  type LambdaContext,
  onceReady,
  TO_ANSWER_MS,
  tooLate,
} from './invocation.ts';

/** A record of a DynamoDB stream, as Lambda hands it over. */
export type StreamRecord = Pick<DynamoDBRecord, 'eventID' | 'eventSourceARN'> & {
  readonly dynamodb?: { readonly NewImage?: { readonly [attribute: string]: object } };
};
export interface StreamEvent {
  readonly Records: readonly StreamRecord[];
}

export interface StreamConsumerOptions<S extends z.ZodType, P> {
  /** An item as it was written. The filter of the subscription has chosen which come. */
  readonly accepts: S;
  /**
   * Works on a batch, in order; it may come again, whole. Short: a budget of 100 ms, no HTTP. An error that a retry
   * can help is retried for a second; after that, and for any other, the stream brings the batch again.
   */
  readonly handle: (ports: P) => (items: readonly z.output<S>[], context: CallContext) => Promise<void>;
  /** Called once, at init inside Lambda. */
  readonly ports: () => NoInfer<P>;
  /** @default the queue named by PARKING_QUEUE */
  readonly parking?: () => ParkingQueue;
  /** @default Math.random */
  readonly chance?: Chance;
  /** @default waits */
  readonly pause?: Pause;
}

export type StreamConsumer = (event: StreamEvent, lambda: LambdaContext) => Promise<void>;

/** Longer than this a batch is not tried again inside one invocation: others wait for the poller. */
const RETRY_FOR_MS = 1_000;

/**
 * Consumes a DynamoDB stream, a batch at a time. An item that is not of the accepted shape can never be worked on:
 * it is parked with its reason, and the rest goes on. It is parked last, so that a batch that comes again because the
 * rest failed has parked nothing. A worker that dies just then parks it twice, under the same `messageId`.
 *
 * @example
 * export const handler = streamConsumer({ accepts: OutboxItem, handle: relayOutbox, ports: outboxPorts });
 */
export const streamConsumer = <S extends z.ZodType, P>({
  accepts,
  handle,
  ports,
  parking = () => parkingQueue(env('PARKING_QUEUE')),
  chance = Math.random,
  pause = wait,
}: StreamConsumerOptions<S, P>): StreamConsumer => {
  const ready = onceReady(() => ({ work: handle(ports()), park: parkedOnce(parking()) }));
  const chain = middy<StreamEvent>({ timeoutEarlyInMillis: TO_ANSWER_MS, timeoutEarlyResponse: tooLate })
    .onError(({ error }) => {
      logger().error('the stream brings the batch again', { error });
      throw HouseError.from(error);
    })
    .handler(async ({ Records }: StreamEvent) => {
      const { work, park } = ready();
      const { items, unreadable } = itemsOf(Records, accepts);
      await insisting(() => work(items as z.output<S>[], callContext()), chance, pause);
      await park(unreadable);
      return { parked: unreadable.length };
    }) as unknown as (event: StreamEvent, lambda: LambdaContext) => Promise<{ parked: number }>;
  return (event, lambda) => {
    const count = event.Records.length;
    const span = { name: `${lambda.functionName} batch`, kind: 'consumer', attributes: { count } } as const;
    return invoked(lambda, { correlationId: correlationIdOf(undefined), span }, async () => {
      const { parked } = await chain(event, lambda);
      logger().info('batch done', { count, parked });
      return { answer: undefined, count, faults: parked };
    });
  };
};

const insisting = async (work: () => Promise<void>, chance: Chance, pause: Pause): Promise<void> => {
  let waitedMs = 0;
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (caught) {
      const error = HouseError.from(caught);
      const waitMs = fullJitterMs(attempt, chance, { baseMs: 50, capMs: 400 });
      waitedMs += waitMs;
      const spentMs = Math.max(waitedMs, performance.now() - startedAt + waitMs);
      if (!error.retryable || spentMs >= RETRY_FOR_MS) throw error;
      logger().warn('batch is tried again', { attempt, error });
      await pause(waitMs);
    }
  }
};

interface Unreadable {
  readonly record: StreamRecord;
  readonly item: object;
  readonly error: HouseError;
}

const itemsOf = (records: readonly StreamRecord[], accepts: z.ZodType) => {
  const items: unknown[] = [];
  const unreadable: Unreadable[] = [];
  for (const record of records) {
    const item = unmarshall((record.dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>);
    const parsed = accepts.safeParse(item, { reportInput: true });
    if (parsed.success) items.push(parsed.data);
    else unreadable.push({ record, item, error: invalidInput(parsed.error, 'item') });
  }
  return { items, unreadable };
};

/** Parks all of them or throws; whoever calls again with the same ones has none parked twice by this worker. */
const parkedOnce = (parking: ParkingQueue) => {
  const parked = new Set<string | undefined>();
  return async (unreadable: readonly Unreadable[]): Promise<void> => {
    for (const one of unreadable.filter(({ record }) => !parked.has(record.eventID))) {
      await park(one, parking);
      parked.add(one.record.eventID);
    }
    for (const { record } of unreadable) parked.delete(record.eventID);
  };
};

const park = async ({ record, item, error }: Unreadable, parking: ParkingQueue): Promise<void> => {
  await parking.park({
    error: error.name,
    message: error.message,
    consumer: currentScope()?.function ?? '',
    body: JSON.stringify(item),
    source: record.eventSourceARN,
    messageId: record.eventID,
  });
  logger().error('item parked', { eventId: record.eventID, error });
};
