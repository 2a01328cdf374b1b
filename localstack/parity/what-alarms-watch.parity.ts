import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour } from './behaviour.ts';
import { dimensionsOf } from './harness/alarms.ts';
import { expectSeen } from './harness/difference.ts';
import { makeTable } from './harness/dynamodb.ts';
import { feed, makeWorker } from './harness/lambda.ts';
import { makeMachine, start } from './harness/machine.ts';
import { metricIs } from './harness/metrics.ts';
import { MONITORING, REST } from './harness/pages.ts';
import { call, makeApi } from './harness/rest.ts';
import { makeQueue, send } from './harness/sqs.ts';

behaviour(
  'A queue tells the age of its oldest message',
  { page: MONITORING.sqsMetrics, reliedOn: 'stacks — the alarm on a queue that is behind' },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    await send(cloud, queue, 'old');
    const age = {
      space: 'AWS/SQS',
      name: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: queue.arn.split(':').at(-1) ?? '' },
      statistic: 'Maximum' as const,
    };
    await metricIs(cloud, age, 2);
  },
);

behaviour(
  'A Lambda that reads a stream tells how old the last record of a batch was',
  { page: MONITORING.lambdaMetrics, reliedOn: 'stacks — the alarm on a relay that is behind' },
  async (cloud) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, { does: () => undefined });
    const Item = { pk: { S: 'a' } };
    await cloud.client(DynamoDBClient).send(new PutItemCommand({ TableName: table.name, Item }));
    await feed(cloud, worker, table.stream, { StartingPosition: 'TRIM_HORIZON' });
    const age = {
      space: 'AWS/Lambda',
      name: 'IteratorAge',
      dimensions: { FunctionName: worker.name },
      statistic: 'Maximum' as const,
    };
    await metricIs(cloud, age, 0);
  },
);

behaviour(
  'A state machine tells how long its executions took',
  { page: MONITORING.statesMetrics, reliedOn: 'stacks — the alarm on a machine that is slow' },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 1, End: true } },
    });
    await start(cloud, machine);
    const took = {
      space: 'AWS/States',
      name: 'ExecutionTime',
      dimensions: { StateMachineArn: machine.arn },
      statistic: 'Maximum' as const,
    };
    await metricIs(cloud, took, 900);
  },
);

behaviour(
  'A state machine counts the executions that took longer than it allows',
  { page: MONITORING.statesMetrics, reliedOn: 'stacks — the alarm on executions that timed out' },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Wait',
      TimeoutSeconds: 1,
      States: { Wait: { Type: 'Wait', Seconds: 20, End: true } },
    });
    await start(cloud, machine);
    const dimensions = { StateMachineArn: machine.arn };
    await metricIs(cloud, { space: 'AWS/States', name: 'ExecutionsTimedOut', dimensions }, 1);
  },
);

behaviour(
  'The average of the 5xx answers of an API is their part of all answers',
  { page: REST.metrics },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: ({ httpMethod }: { httpMethod: string }) => ({ statusCode: httpMethod === 'GET' ? 200 : 500 }),
    });
    const api = await makeApi(cloud, { worker });
    for (const method of ['GET', 'GET', 'GET', 'POST'] as const) await call(api, '/things', { method });
    const average = await waitFor(
      async () => {
        const { Datapoints } = await cloud.client(CloudWatchClient).send(
          new GetMetricStatisticsCommand({
            Namespace: 'AWS/ApiGateway',
            MetricName: '5XXError',
            Dimensions: dimensionsOf({ ApiName: cloud.name('api') }),
            StartTime: new Date(Date.now() - 600_000),
            EndTime: new Date(Date.now() + 60_000),
            Period: 600,
            Statistics: ['Average'],
          }),
        );
        return Datapoints?.[0]?.Average;
      },
      { what: 'a metric', timeoutMs: cloud.place.target === 'aws' ? 300_000 : 6_000 },
    );
    expectSeen('average', average, 0.25);
  },
);
