/** The consumer that bookings are compared with, behind a FIFO topic and a FIFO queue like those of the line. */
import { join } from 'node:path';
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { events } from '../../functions/irctc-booking/contract.events.ts';
import type { BookingId, PoolId } from '../../functions/irctc-booking/contract.views.ts';
import { ACCOUNT } from '../../localstack/cloud/environment.ts';
import { newId, uuidV7 } from '../../shared/ids/index.ts';
import type { CloudEvent } from '../../shared/messaging/events.ts';
import { type Deploying, deployed, type Place, packed, type Removable } from '../baseline/deployment.ts';
import type { Line } from './line.ts';

export interface Baseline extends Removable {
  readonly topicArn: string;
  readonly table: string;
  readonly function: string;
}

/** The consumer of our line, whose mapping's settings the baseline's gets. */
export const OURS = 'irctc-booking-allocate-berths';

const ACTIONS = ['dynamodb:PutItem', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Deploys it into a city that runs, beside all the mappings that the city has. */
export const deployBaseline = (place: Place): Promise<Baseline> =>
  deployed(place, { what: 'bookings', actions: ACTIONS }, async (deploying) => {
    const { name, aws, table, lambda, later } = deploying;
    const TABLE = await table();
    const code = await packed(join(import.meta.dirname, 'write.ts'));
    const FunctionName = await lambda({ file: 'write', code, environment: { TABLE } });
    const { topicArn, queueArn } = await lineOf(deploying);
    const client = new LambdaClient(aws);
    await waitUntilFunctionActiveV2({ client, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
    const { EventSourceMappings: [ours] = [] } = await client.send(
      new ListEventSourceMappingsCommand({ FunctionName: OURS }),
    );
    if (!ours?.BatchSize || !ours.ScalingConfig) throw new Error(`${OURS} has no queue`);
    const { BatchSize, ScalingConfig, FunctionResponseTypes } = ours;
    const { UUID = '' } = await client.send(
      new CreateEventSourceMappingCommand({
        ...{ FunctionName, EventSourceArn: queueArn, BatchSize, ScalingConfig, FunctionResponseTypes },
      }),
    );
    later(() => client.send(new DeleteEventSourceMappingCommand({ UUID })));
    return { topicArn, table: TABLE, function: `${name}-write` };
  });

/** A FIFO topic and a FIFO queue that has all that is told there, as it was told. */
const lineOf = async ({ name, aws, later }: Deploying) => {
  const [sns, sqs] = [new SNSClient(aws), new SQSClient(aws)];
  const { TopicArn: topicArn = '' } = await sns.send(
    new CreateTopicCommand({ Name: `${name}.fifo`, Attributes: { FifoTopic: 'true' } }),
  );
  later(() => sns.send(new DeleteTopicCommand({ TopicArn: topicArn })));
  const queueArn = `arn:aws:sqs:${aws.region}:${ACCOUNT}:${name}.fifo`;
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: `${name}.fifo`,
      Attributes: {
        ...{
          FifoQueue: 'true',
          DeduplicationScope: 'messageGroup',
          FifoThroughputLimit: 'perMessageGroupId',
        },
        ...{ VisibilityTimeout: '60', Policy: mayBeFed(queueArn, topicArn) },
      },
    }),
  );
  later(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
  await sns.send(
    new SubscribeCommand({
      ...{ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn },
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return { topicArn, queueArn };
};

const mayBeFed = (Resource: string, topic: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' },
        ...{ Resource, Condition: { ArnEquals: { 'aws:SourceArn': topic } } },
      },
    ],
  });

/** Its line: as many messages as ours, as large, in as many groups. */
export const baselineLine = ({ topicArn, table }: Baseline): Line => ({
  ...{ topicArn, table, isDone: (found) => found !== undefined },
  async filling(plan, round) {
    const told = plan.map(({ line }): CloudEvent => {
      const booking = newId('booking', uuidV7) as BookingId;
      const pool = `${10_000 + round}.2026-12-${10 + line}.3A.GN` as PoolId;
      const event = events.requested.of({
        ...{ subject: booking, sequence: 1, correlationId: booking, partitionKey: pool },
        data: { booking, pool },
      });
      return { ...event, id: uuidV7(), time: new Date().toISOString() } as CloudEvent;
    });
    return { events: told, items: told.map(({ id }) => ({ pk: id, sk: 'WRITTEN' })) };
  },
});
