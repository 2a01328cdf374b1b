import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type WaitForOptions, waitFor } from '../../../shared/testing/index.ts';
import type { Cloud } from './cloud.ts';

export interface Queue {
  readonly url: string;
  readonly arn: string;
}

export interface QueueOptions {
  /** What it is called within its behaviour. @default 'queue' */
  readonly as?: string;
  readonly fifo?: boolean;
  readonly attributes?: Partial<Record<QueueAttributeName, string>>;
  /** Where messages go that were received too often. */
  readonly dead?: { readonly queue: Queue; readonly after: number };
  /** Services that may send to it. */
  readonly open?: 'sns' | 'events';
}

export const makeQueue = async (cloud: Cloud, options: QueueOptions = {}): Promise<Queue> => {
  const { as = 'queue', fifo = false, attributes, dead, open } = options;
  const sqs = cloud.client(SQSClient);
  const name = `${cloud.name(as)}${fifo ? '.fifo' : ''}`;
  const arn = `arn:aws:sqs:${cloud.place.region}:${cloud.account}:${name}`;
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        ...(fifo ? { FifoQueue: 'true' } : {}),
        ...(dead
          ? {
              RedrivePolicy: JSON.stringify({
                deadLetterTargetArn: dead.queue.arn,
                maxReceiveCount: dead.after,
              }),
            }
          : {}),
        ...(open ? { Policy: letIn(open, arn) } : {}),
        ...attributes,
      },
    }),
  );
  cloud.later(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
  return { url: QueueUrl ?? '', arn };
};

const letIn = (service: 'sns' | 'events', arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: `${service}.amazonaws.com` },
        Action: 'sqs:SendMessage',
        Resource: arn,
      },
    ],
  });

export interface SendOptions {
  /** Before it can be received. @default the queue's own */
  readonly delaySeconds?: number;
  readonly group?: string;
  readonly once?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** @returns the id of the message */
export const send = async (cloud: Cloud, queue: Queue, body: string, options: SendOptions = {}) => {
  const { group, once, attributes, delaySeconds } = options;
  const { MessageId } = await cloud.client(SQSClient).send(
    new SendMessageCommand({
      QueueUrl: queue.url,
      MessageBody: body,
      ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
      ...(group === undefined ? {} : { MessageGroupId: group }),
      ...(once === undefined ? {} : { MessageDeduplicationId: once }),
      ...(attributes
        ? {
            MessageAttributes: Object.fromEntries(
              Object.entries(attributes).map(([name, StringValue]) => [
                name,
                { DataType: 'String', StringValue },
              ]),
            ),
          }
        : {}),
    }),
  );
  return MessageId ?? '';
};

/** Receives once, for at most `wait` seconds. */
export const receive = async (
  cloud: Cloud,
  queue: Queue,
  { wait = 0, most = 10, hide }: { wait?: number; most?: number; hide?: number } = {},
): Promise<Message[]> => {
  const { Messages } = await cloud.client(SQSClient).send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      WaitTimeSeconds: wait,
      MaxNumberOfMessages: most,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
      ...(hide === undefined ? {} : { VisibilityTimeout: hide }),
    }),
  );
  return Messages ?? [];
};

/** Waits for messages and gives them as they came. Each is received once: the queue hides it for 30 s by default. */
export const received = async (
  cloud: Cloud,
  queue: Queue,
  count: number,
  options: WaitForOptions,
): Promise<Message[]> => {
  const all: Message[] = [];
  return waitFor(
    async (seen) => {
      all.push(...(await receive(cloud, queue)));
      seen(all.map(({ Body }) => Body));
      return all.length >= count ? all : undefined;
    },
    { everyMs: 100, ...options },
  );
};

/** How many messages wait, and how many are with a consumer. */
export const depth = async (cloud: Cloud, queue: Queue): Promise<{ waiting: number; hidden: number }> => {
  const { Attributes } = await cloud.client(SQSClient).send(
    new GetQueueAttributesCommand({
      QueueUrl: queue.url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return {
    waiting: Number(Attributes?.ApproximateNumberOfMessages),
    hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
  };
};
