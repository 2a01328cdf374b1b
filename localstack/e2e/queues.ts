import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { ParkedMessage } from '../../shared/messaging/queue.ts';
import { waitFor } from '../../shared/testing/index.ts';
import type { CityFile } from '../cloud/city.ts';
import { credentials } from './city.ts';

/** The queues of the city under test, by name, with the operator's rights. */
export const queuesOf = ({ endpoint, region }: Pick<CityFile, 'endpoint' | 'region'>) => {
  const sqs = new SQSClient({ endpoint, region, credentials });
  const urlOf = async (name: string): Promise<string> =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? '';
  const attribute = async (name: string, wanted: QueueAttributeName): Promise<number> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: await urlOf(name), AttributeNames: [wanted] }),
    );
    return Number(Attributes?.[wanted]);
  };

  /** Every message of a queue that nobody consumes; they are left where they are. */
  const look = async (name: string): Promise<string[]> => {
    const QueueUrl = await urlOf(name);
    const found = new Map<string, string>();
    for (;;) {
      // Hidden for a moment, so that the next receive shows others.
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
      );
      const fresh = Messages.filter(({ MessageId = '' }) => !found.has(MessageId));
      for (const { MessageId = '', Body = '' } of fresh) found.set(MessageId, Body);
      if (fresh.length === 0) return [...found.values()];
    }
  };

  return {
    look,
    /** @param fifo for a FIFO queue. @returns the message's id */
    async send(
      name: string,
      body: unknown,
      fifo?: { readonly group: string; readonly deduplication: string },
    ): Promise<string> {
      const MessageBody = JSON.stringify(body);
      const order = fifo && { MessageGroupId: fifo.group, MessageDeduplicationId: fifo.deduplication };
      const { MessageId = '' } = await sqs.send(
        new SendMessageCommand({ QueueUrl: await urlOf(name), MessageBody, ...order }),
      );
      return MessageId;
    },
    /** Receives what waits in a queue, which nobody else consumes meanwhile, until SQS has moved some of it to its dead letters. */
    async bury(name: string, dead: string): Promise<void> {
      const QueueUrl = await urlOf(name);
      await waitFor(
        async () => {
          await sqs.send(
            new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
          );
          return (await attribute(dead, 'ApproximateNumberOfMessages')) > 0;
        },
        { what: `a dead letter in ${dead}`, timeoutMs: 30_000 },
      );
    },
    /** Waits until nothing is in a queue, nor in the hands of its consumer. */
    drained: (name: string, timeoutMs = 30_000) =>
      waitFor(
        async () =>
          (await attribute(name, 'ApproximateNumberOfMessages')) +
            (await attribute(name, 'ApproximateNumberOfMessagesNotVisible')) ===
          0,
        { what: `${name} to be empty`, timeoutMs },
      ),
    /** Waits for the parked message whose body holds a text, and takes it off the queue. */
    async parked(name: string, holding: string): Promise<ParkedMessage> {
      const QueueUrl = await urlOf(name);
      return waitFor(
        async () => {
          const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
          );
          const message = Messages.find(({ Body }) => Body?.includes(holding));
          if (!message) return undefined;
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
          return ParkedMessage.parse(JSON.parse(message.Body ?? ''));
        },
        { what: `a message with ${holding} on ${name}`, timeoutMs: 20_000 },
      );
    },
    /** Runs work while messages that were not worked off come again after so many seconds. */
    async whileImpatient<T>(name: string, seconds: number, work: () => Promise<T>): Promise<T> {
      const QueueUrl = await urlOf(name);
      const set = (value: number) =>
        sqs.send(
          new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: String(value) } }),
        );
      const before = await attribute(name, 'VisibilityTimeout');
      await set(seconds);
      try {
        return await work();
      } finally {
        await set(before);
      }
    },
  };
};
