import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqsClient } from '../aws/clients.ts';
import { HouseError } from '../errors/index.ts';
import { currentScope, currentTraceparent } from '../tracing/index.ts';
import { cut, insist, type SendingPorts } from './insist.ts';

/** What SQS takes in one call; 256 KiB is what every region takes. */
const LIMITS = { most: 10, mostBytes: 256 * 1024 };

/** A message to a queue. */
export interface QueueMessage {
  /** Sent as JSON. */
  readonly body: unknown;
  /** FIFO queues: what is kept in order. */
  readonly group?: string;
  /** FIFO queues: the same within five minutes is accepted, and delivered once. */
  readonly deduplication?: string;
  /** Not delivered before; 0 to 900. Not for FIFO queues. @default 0 */
  readonly delaySeconds?: number;
}

export interface QueueSender {
  /**
   * Sends messages; resolves when every one was accepted. Trace and correlation id go along as attributes.
   *
   * @throws {TransientError} not all were accepted in time; sending all again may deliver some twice
   * @throws {UnexpectedError} one will never be accepted as it is
   */
  send(messages: readonly QueueMessage[]): Promise<void>;
}

/** Sends to a queue: `queueSender({ queueUrl: env('WORK_QUEUE') })`. */
export const queueSender = ({
  queueUrl,
  client = sqsClient(),
  ...ports
}: { readonly queueUrl: string; readonly client?: Pick<SQSClient, 'send'> } & SendingPorts): QueueSender => ({
  async send(messages) {
    const attributes = messageAttributes(currentTraceparent(), currentScope()?.correlationId);
    const entries = messages.map((message, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(message.body),
      MessageAttributes: attributes,
      ...(message.group === undefined ? {} : { MessageGroupId: message.group }),
      ...(message.deduplication === undefined ? {} : { MessageDeduplicationId: message.deduplication }),
      ...(message.delaySeconds === undefined ? {} : { DelaySeconds: message.delaySeconds }),
    }));
    await insist(
      entries,
      (some) => cut(some, ({ MessageBody }) => Buffer.byteLength(MessageBody) + 256, LIMITS),
      async (batch) => {
        const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...batch] });
        const { Failed = [] } = await client.send(command);
        return Failed.flatMap(({ Id, Code = 'Failed', SenderFault = false }) => {
          const entry = batch.find((one) => one.Id === Id);
          return entry ? [{ entry, reason: Code, forGood: SenderFault }] : [];
        });
      },
      ports,
    );
  },
});

/**
 * Sends one message to a queue, as {@link queueSender} sends many. The emulator asks a right of its own for batches,
 * which AWS has not.
 * @returns a sender that throws {@link TransientError} where a retry can help; the message may have been sent
 */
export const sendTo =
  (queueUrl: string, { client = sqsClient() }: { readonly client?: Pick<SQSClient, 'send'> } = {}) =>
  async (body: unknown, { delaySeconds = 0 }: Pick<QueueMessage, 'delaySeconds'> = {}): Promise<void> => {
    try {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(body),
          MessageAttributes: messageAttributes(currentTraceparent(), currentScope()?.correlationId),
          ...(delaySeconds > 0 ? { DelaySeconds: delaySeconds } : {}),
        }),
      );
    } catch (error) {
      throw HouseError.from(error); // the SDK has made its own attempts
    }
  };

/** An attribute of a message. */
export const text = (value: string) => ({ DataType: 'String', StringValue: value });

/** What a message says of its origin, beside its body. */
export const messageAttributes = (traceparent: string | undefined, correlationId: string | undefined) => ({
  ...(traceparent === undefined ? {} : { traceparent: text(traceparent) }),
  ...(correlationId === undefined ? {} : { correlationId: text(correlationId) }),
});

/**
 * A message on a parking queue: what no retry can help, with the reason and the way back. The other kind of dead
 * letter, moved by SQS after too many receives, is the message itself.
 */
export const ParkedMessage = z.object({
  /** The name of the error. */
  error: z.string(),
  /** What it says to an engineer. */
  message: z.string(),
  /** The function, or machine, that could not go on. */
  consumer: z.string(),
  /** The message as it came. */
  body: z.string(),
  /** ARN of the queue it came from, and goes back to; absent where it did not come from one. */
  source: z.string().optional(),
  /** Its group, where that queue is FIFO. */
  group: z.string().optional(),
  messageId: z.string().optional(),
  /** The id under which it first failed, and how often it was sent back since (`shared/dead-letters`). */
  trail: z.string().optional(),
  redrives: z.number().int().optional(),
  /** When it first failed, if this was not the first time. */
  firstAt: z.iso.datetime().optional().catch(undefined),
  /** How often its consumer had got it from the queue, and tried it again with this receive. */
  attempts: z.number().int().optional(),
  /** ISO 8601 UTC. */
  parkedAt: z.iso.datetime(),
  correlationId: z.string().optional(),
  traceId: z.string().optional(),
  traceparent: z.string().optional(),
});
export type ParkedMessage = z.infer<typeof ParkedMessage>;

/** What is parked, before it is given its time. */
export interface Letter extends Partial<Omit<ParkedMessage, 'parkedAt' | 'traceId'>> {
  readonly error: string;
  readonly message: string;
  readonly consumer: string;
  readonly body: string;
}

export interface ParkingQueue {
  /**
   * Puts a message where a person finds it.
   * @throws what the SDK throws; then nothing is parked, and the message has to stay where it is
   */
  park(letter: Letter): Promise<void>;
}

/** Where a system parks: `parkingQueue(env('PARKING_QUEUE'))`. */
export const parkingQueue = (
  queueUrl: string,
  {
    client = sqsClient(),
    now = () => new Date(),
  }: { readonly client?: Pick<SQSClient, 'send'>; readonly now?: () => Date } = {},
): ParkingQueue => ({
  async park(letter) {
    const traceparent = letter.traceparent ?? currentTraceparent();
    const correlationId = letter.correlationId ?? currentScope()?.correlationId;
    const parked: ParkedMessage = ParkedMessage.parse({
      ...letter,
      parkedAt: now().toISOString(),
      correlationId,
      traceparent,
      traceId: traceparent?.split('-')[1],
    });
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(parked),
        MessageAttributes: messageAttributes(traceparent, correlationId),
      }),
    );
  },
});
