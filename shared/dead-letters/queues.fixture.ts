/** Real queues for a test file, gone after it. */
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
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
  return {
    client,
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
