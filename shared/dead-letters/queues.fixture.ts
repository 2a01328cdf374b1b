/** Real queues for a test file, gone after it. */
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { parkingQueue } from '../messaging/queue.ts';
import { waitFor } from '../testing/index.ts';

export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

export const openQueues = () => {
  const { DABBA_STORE_ENDPOINT: endpoint } = process.env;
  if (endpoint === undefined) throw new Error('DABBA_STORE_ENDPOINT must name an emulator; npm test sets it');
  const client = new SQSClient({
    endpoint,
    region: 'ap-south-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const made: string[] = [];
  const lying = async ({ url: QueueUrl }: Queue): Promise<number> => {
    const asked = new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    return Number((await client.send(asked)).Attributes?.ApproximateNumberOfMessages);
  };
  return {
    client,
    lying,
    async make(
      name: string,
      Attributes: { [name: string]: string } = {},
      as = crypto.randomUUID(),
    ): Promise<Queue> {
      const QueueName = name.replace(/(?=(-dead)?(\.fifo)?$)/, `-${as}`);
      const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
      made.push(QueueUrl);
      const got = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
      );
      return { name: QueueName, url: QueueUrl, arn: got.Attributes?.QueueArn ?? '' };
    },
    take: (queue: Queue): Promise<Message> =>
      waitFor(
        async () => {
          const { Messages = [] } = await client.send(
            new ReceiveMessageCommand({
              QueueUrl: queue.url,
              MessageAttributeNames: ['All'],
              MessageSystemAttributeNames: ['All'],
            }),
          );
          return Messages[0];
        },
        { what: `a message in ${queue.name}` },
      ),
    /** Sends a message, and receives it until SQS itself has moved it to the dead letters. @returns its id */
    async moved(source: Queue, dead: Queue, message: { body: string; group?: string }): Promise<string> {
      const { MessageId = '' } = await client.send(
        new SendMessageCommand({
          QueueUrl: source.url,
          MessageBody: message.body,
          MessageAttributes: {
            traceparent: { DataType: 'String', StringValue: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
          },
          ...(message.group ? { MessageGroupId: message.group, MessageDeduplicationId: message.body } : {}),
        }),
      );
      const before = await lying(dead);
      await waitFor(
        async () => {
          await client.send(new ReceiveMessageCommand({ QueueUrl: source.url, VisibilityTimeout: 0 }));
          return (await lying(dead)) > before;
        },
        { what: 'the message to be moved' },
      );
      return MessageId;
    },
    /** Parks a message that came from a queue, as a consumer does. */
    park: (dead: Queue, source: Queue, body: string, messageId = 'first-id') =>
      parkingQueue(dead.url, { client }).park({
        ...{ error: 'PnrGoneError', message: 'PnrGoneError: pnr=1', consumer: 'irctc-booking-charting' },
        ...{ body, source: source.arn, messageId, correlationId: 'corr-1' },
        traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`,
      }),
    async close() {
      for (const QueueUrl of made) await client.send(new DeleteQueueCommand({ QueueUrl }));
      client.destroy();
    },
  };
};
