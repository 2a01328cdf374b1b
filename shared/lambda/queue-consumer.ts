import middy from '@middy/core';
import type { SQSBatchResponse } from 'aws-lambda';
import type * as z from 'zod';
import { env } from '../aws/env.ts';
import { HouseError, invalidInput } from '../errors/index.ts';
import { logger } from '../logging/index.ts';
import { type ParkingQueue, parkingQueue } from '../messaging/queue.ts';
import { type Chance, fullJitterMs, type Pause, pause as wait } from '../time/index.ts';
import { currentScope, currentTraceparent, inScope, inSpanOf, type RunningSpan } from '../tracing/index.ts';
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
import {
  inGroups,
  type Origin,
  originOf,
  receivesOf,
  type SqsEvent,
  type SqsRecord,
  sentBack,
  told,
} from './queue-message.ts';

/** What a use case learns of a message beside its content. */
export interface MessageContext extends CallContext {
  /** The queue's own number for it. Dedupe by the event's id, never by this. */
  readonly messageId: string;
  /** 1 at first. */
  readonly receiveCount: number;
  /** Which try of this receive it is, 1 at first; more only where the consumer `parksAfter` some. */
  readonly attempt: number;
  /** The message as it was sent, for whom its numbers matter digit for digit. */
  readonly body: string;
}

export interface QueueConsumerOptions<S extends z.ZodType, P> {
  /** The one shape that the queue holds: an event's schema, or a command's. */
  readonly accepts: S;
  /**
   * Works on one message; it may come again. An error that a retry can help brings the message back after its
   * visibility time-out; any other parks it at once, with the reason.
   */
  readonly handle: (ports: P) => (message: z.output<S>, context: MessageContext) => Promise<void>;
  /**
   * Works in one go on the messages of one batch of a FIFO queue, those of a group in their order: all of them, or none.
   * After an error, whatever it is, where one of them comes again, and where one is not what the queue holds, `handle` works
   * on each by itself, so it must see what is done. Their spans stay, and what is asked meanwhile is the batch's.
   * @default each is worked on by itself
   */
  readonly together?: (ports: P) => (messages: readonly z.output<S>[]) => Promise<void>;
  /** Called once, at init inside Lambda. */
  readonly ports: () => NoInfer<P>;
  /** @default the queue named by PARKING_QUEUE */
  readonly parking?: () => ParkingQueue;
  /** How often SQS hands a message over before it lies with the dead letters. @default MAX_RECEIVES */
  readonly maxReceives?: () => number;
  /**
   * The group goes on: what a retry can help is tried again within the handler, so often in all, and then parked like
   * what no retry can help, so that it holds up nobody behind it in its group. A stated exception to order per key: right
   * only where a later message does not depend on an earlier one, since a redrive brings this one back behind all of
   * them. Each message takes its tries of the time that the whole batch has; the last one parks it when that is nearly
   * over, so mind the batch's size.
   * @default the message comes again after its visibility time-out, and its group waits
   */
  readonly parksAfter?: number;
  /** @default Math.random */
  readonly chance?: Chance;
  /** @default waits */
  readonly pause?: Pause;
}

export type QueueConsumer = (event: SqsEvent, lambda: LambdaContext) => Promise<SQSBatchResponse>;

/**
 * Consumes a queue, message by message: what is done is gone, what a retry can help comes again, what it cannot is
 * parked. In a FIFO queue everything behind a failed message of the same group comes again too, so that order holds;
 * a parked message holds nobody up, and with `parksAfter` no other does for long.
 *
 * @example
 * export const handler = queueConsumer({ accepts: events.noticeRequested.schema, handle: deliver, ports: tablePorts });
 */
export const queueConsumer = <S extends z.ZodType, P>({
  accepts,
  handle,
  together,
  ports,
  parking = () => parkingQueue(env('PARKING_QUEUE')),
  maxReceives = () => Number(env('MAX_RECEIVES')),
  ...patience
}: QueueConsumerOptions<S, P>): QueueConsumer => {
  const ready = onceReady(() => {
    const own = ports();
    return {
      ...{ work: handle(own), parking: parking(), maxReceives: maxReceives() },
      ...(together ? { together: together(own) } : {}),
    };
  });
  const chain = middy<SqsEvent>({
    timeoutEarlyInMillis: TO_ANSWER_MS,
    timeoutEarlyResponse: tooLate,
  }).handler(async ({ Records }: SqsEvent) => {
    const own: Use = { accepts, patience, ...ready() };
    const use = (await areDoneTogether(Records, own)) ? { ...own, work: nothingLeft } : own;
    return (await Promise.all(inGroups(Records).map((group) => inOrder(group, use)))).flat();
  }) as unknown as (event: SqsEvent, lambda: LambdaContext) => Promise<Fate[]>;
  return (event, lambda) => {
    const count = event.Records.length;
    const span = { name: `${lambda.functionName} batch`, kind: 'consumer', attributes: { count } } as const;
    return invoked(lambda, { correlationId: correlationIdOf(undefined), span }, async () => {
      const fates = await chain(event, lambda);
      const again = fates.filter(staysQueued);
      return {
        answer: { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) },
        count,
        faults: fates.filter(({ fate }) => fate !== 'done').length,
      };
    });
  };
};

interface Use {
  readonly accepts: z.ZodType;
  readonly work: (message: never, context: MessageContext) => Promise<void>;
  readonly together?: (messages: readonly never[]) => Promise<void>;
  readonly parking: ParkingQueue;
  readonly maxReceives: number;
  readonly patience: Patience;
}

type Patience = Pick<QueueConsumerOptions<z.ZodType, unknown>, 'parksAfter' | 'chance' | 'pause'>;

/** Done, parked, to come again, or to be moved to the dead letters by SQS instead. */
interface Fate {
  readonly messageId: string;
  readonly fate: 'done' | 'parked' | 'again' | 'dead';
}

/** SQS counts how often it comes, and moves it when that is too often. */
const staysQueued = ({ fate }: Fate): boolean => fate === 'again' || fate === 'dead';

const inOrder = async (group: readonly SqsRecord[], use: Use): Promise<Fate[]> => {
  const fates: Fate[] = [];
  for (const record of group) {
    const isBlocked = fates.some(staysQueued);
    const fate = isBlocked || isTooLate() ? 'again' : await consumed(record, use);
    fates.push({ messageId: record.messageId, fate });
  }
  return fates;
};

const nothingLeft = async (): Promise<void> => undefined;

/** What comes again may be what failed: it is worked on by itself, and its attempts are counted. */
const comesFirst = (record: SqsRecord): boolean => receivesOf(record) === 1;

const areDoneTogether = async (
  records: readonly SqsRecord[],
  { accepts, together }: Use,
): Promise<boolean> => {
  if (together === undefined || records.length === 1 || !records.every(comesFirst)) return false;
  const parsed = records.map((record) => accepts.safeParse(originOf(record).body));
  if (parsed.some(({ success }) => !success)) return false;
  try {
    await together(parsed.map(({ data }) => data as never));
    return true;
  } catch (caught) {
    const error = HouseError.from(caught);
    logger().warn('messages are worked on one by one', { count: records.length, error });
    return false;
  }
};

/** What Lambda would end in the middle is better not begun. */
const isTooLate = (): boolean => (currentScope()?.remainingMs() ?? 1) <= TO_ANSWER_MS;

/** One message in a span of its own: in the trace of whoever sent it, linked to the batch that brought it. */
const consumed = (record: SqsRecord, use: Use): Promise<Fate['fate']> => {
  const origin = originOf(record);
  const around = currentScope();
  const batch = currentTraceparent();
  const scope = {
    correlationId: correlationIdOf(origin.correlationId),
    function: around?.function ?? '',
    remainingMs: around?.remainingMs ?? (() => Number.POSITIVE_INFINITY),
  };
  const span = {
    name: `${scope.function} message`,
    kind: 'consumer',
    parent: origin.traceparent,
    links: batch === undefined ? [] : [batch],
    attributes: told(record, origin),
  } as const;
  const work = async (running: RunningSpan) => {
    const fate = await fateOf(record, origin, use, running);
    running.note({ fate });
    return fate;
  };
  return inScope(scope, () => inSpanOf(span, work));
};

const fateOf = async (
  record: SqsRecord,
  { body }: Origin,
  { accepts, work, parking, maxReceives, patience }: Use,
  span: RunningSpan,
): Promise<Fate['fate']> => {
  const { messageId } = record;
  const receiveCount = receivesOf(record);
  let attempts = 1;
  try {
    const parsed = accepts.safeParse(body, { reportInput: true });
    if (!parsed.success) throw invalidInput(parsed.error, 'message');
    await patiently(patience, messageId, (attempt) => {
      attempts = attempt;
      const context = { ...callContext(), messageId, receiveCount, attempt, body: record.body };
      return work(parsed.data as never, context);
    });
    logger().info('message done', { messageId });
    return 'done';
  } catch (caught) {
    const error = HouseError.from(caught);
    span.failed(error.name);
    const unsettled = receiveCount < maxReceives ? 'again' : 'dead';
    if (!error.retryable || patience.parksAfter !== undefined) {
      return (await parked(record, error, attempts, parking)) ? 'parked' : unsettled;
    }
    const said = unsettled === 'again' ? 'message comes again' : 'message goes to the dead letters';
    logger().warn(said, { messageId, receiveCount, error });
    return unsettled;
  } finally {
    if (attempts > 1) span.note({ attempts });
  }
};

/** So much time is left for parking and answering. */
const TO_PARK_MS = 1_000;

/** Works once, or, where the group goes on, until it is done, no retry can help, or tries or time are over. */
const patiently = async (
  { parksAfter = 1, chance = Math.random, pause = wait }: Patience,
  messageId: string,
  work: (attempt: number) => Promise<void>,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (caught) {
      const error = HouseError.from(caught);
      if (!error.retryable || attempt >= parksAfter) throw error;
      const waitMs = fullJitterMs(attempt, chance, { baseMs: 200, capMs: 2_000 });
      if (callContext().remainingMs() - waitMs <= TO_PARK_MS) throw error;
      logger().warn('message is tried again', { messageId, attempt, error });
      await pause(waitMs);
    }
  }
};

/** Parked first, and only then taken off its queue: whether it could be, or else the message has to stay there. */
const parked = async (
  record: SqsRecord,
  error: HouseError,
  attempts: number,
  parking: ParkingQueue,
): Promise<boolean> => {
  const { messageId, body, eventSourceARN, attributes } = record;
  try {
    await parking.park({
      error: error.name,
      message: error.message,
      consumer: currentScope()?.function ?? '',
      body,
      source: eventSourceARN,
      messageId,
      group: attributes.MessageGroupId,
      attempts: receivesOf(record) + attempts - 1,
      ...sentBack(record),
    });
    logger().error('message parked', { messageId, error });
    return true;
  } catch (failure) {
    logger().error('message could not be parked', { messageId, error, failure });
    return false;
  }
};
