import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { feed, invoke, makeWorker, notesWhen } from './harness/lambda.ts';
import { CLOUDWATCH } from './harness/pages.ts';
import { makeQueue, send } from './harness/sqs.ts';

const ALARMS = 'stacks — alarms on dead letters, ages and errors';
/** Periods of 10 s are the shortest; a state is looked at for longer than one. */
const PERIOD_SECONDS = 10;
const PATIENCE = { timeoutMs: 45_000, everyMs: 500 };

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const dimensionsOf = ({ dimensions }: Metric) =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

const put = (cloud: Cloud, metric: Metric, value: number) =>
  cloud.client(CloudWatchClient).send(
    new PutMetricDataCommand({
      Namespace: metric.namespace,
      MetricData: [
        { MetricName: metric.name, Value: value, Dimensions: dimensionsOf(metric), StorageResolution: 1 },
      ],
    }),
  );

/** An alarm on a sum of at least 1, in one period of 10 s unless said otherwise. */
const makeAlarm = async (cloud: Cloud, metric: Metric, options: Partial<PutMetricAlarmCommandInput> = {}) => {
  const cloudwatch = cloud.client(CloudWatchClient);
  const AlarmName = cloud.name('alarm');
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: dimensionsOf(metric),
      Statistic: 'Sum',
      Period: PERIOD_SECONDS,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      ...options,
    }),
  );
  cloud.later(() => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
  return AlarmName;
};

const stateOf = async (cloud: Cloud, name: string) => {
  const found = await cloud
    .client(CloudWatchClient)
    .send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm'] }));
  return found.MetricAlarms?.[0]?.StateValue;
};

/** The state an alarm comes to, or the one it has kept when the time is over. */
const stateWhen = async (cloud: Cloud, alarm: string, wanted: string) => {
  try {
    await waitFor(async () => (await stateOf(cloud, alarm)) === wanted, { what: wanted, ...PATIENCE });
  } catch {
    // What it is instead is what is told.
  }
  return stateOf(cloud, alarm);
};

/** The sum of a metric's values in the last minutes, once there are any; 0 when none come. */
const sumOf = async (cloud: Cloud, metric: Metric, patience = PATIENCE): Promise<number> => {
  const ask = async () => {
    const now = Date.now();
    const { Datapoints = [] } = await cloud.client(CloudWatchClient).send(
      new GetMetricStatisticsCommand({
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: dimensionsOf(metric),
        StartTime: new Date(now - 300_000),
        EndTime: new Date(now + 60_000),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  };
  try {
    return await waitFor(async () => (await ask()) || undefined, { what: metric.name, ...patience });
  } catch {
    return 0;
  }
};

/** As long as a cloud of this machine needs; AWS takes minutes. */
const SOON = { timeoutMs: 15_000, everyMs: 500 };

behaviour(
  'An alarm watches the metric of its own dimensions alone, and rings by itself',
  { page: CLOUDWATCH.alarms },
  async (cloud) => {
    const metric = (shop: string): Metric => ({
      namespace: cloud.name('shop'),
      name: 'Refusals',
      dimensions: { shop },
    });
    const own = await makeAlarm(cloud, metric('a'));
    await put(cloud, metric('b'), 5);
    const other = await makeAlarm(cloud, metric('a'), { AlarmName: cloud.name('second') });
    expectSeen("with another's data", await stateWhen(cloud, other, 'OK'), 'OK');
    await put(cloud, metric('a'), 5);
    expectSeen('with its own', await stateWhen(cloud, own, 'ALARM'), 'ALARM');
  },
);

behaviour(
  'An alarm goes back to OK when no more data come and missing data do not breach',
  { page: CLOUDWATCH.missing },
  async (cloud) => {
    const metric = { namespace: cloud.name('shop'), name: 'Refusals', dimensions: {} };
    const alarm = await makeAlarm(cloud, metric);
    await put(cloud, metric, 5);
    expectSeen('with data', await stateWhen(cloud, alarm, 'ALARM'), 'ALARM');
    expectSeen('without', await stateWhen(cloud, alarm, 'OK'), 'OK');
  },
);

behaviour(
  'An alarm on two of three periods does not ring for one',
  { page: CLOUDWATCH.alarms },
  async (cloud) => {
    const metric = { namespace: cloud.name('shop'), name: 'Refusals', dimensions: {} };
    await put(cloud, metric, 5);
    const alarm = await makeAlarm(cloud, metric, { EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    expectSeen('after one period', await stateWhen(cloud, alarm, 'OK'), 'OK');
    await put(cloud, metric, 0);
    expectSeen('and with a good one', await stateWhen(cloud, alarm, 'OK'), 'OK');
  },
);

behaviour(
  'A message that waits is in the metrics of its queue',
  { page: CLOUDWATCH.queues },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    await send(cloud, queue, 'one');
    const dimensions = { QueueName: queue.arn.split(':')[5] ?? '' };
    const name = 'ApproximateNumberOfMessagesVisible';
    expectSeen('visible', (await sumOf(cloud, { namespace: 'AWS/SQS', name, dimensions }, SOON)) > 0, true);
  },
);

behaviour(
  'An alarm on a queue rings when messages wait in it',
  { page: CLOUDWATCH.queues, reliedOn: ALARMS },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const alarm = await makeAlarm(
      cloud,
      {
        namespace: 'AWS/SQS',
        name: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: queue.arn.split(':')[5] ?? '' },
      },
      { Statistic: 'Maximum' },
    );
    await send(cloud, queue, 'one');
    expectSeen('state', await stateWhen(cloud, alarm, 'ALARM'), 'ALARM');
  },
);

behaviour(
  'A Lambda that a queue calls is counted, with its errors',
  { page: CLOUDWATCH.lambda },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const worker = await makeWorker(cloud, {
      does: async (_event: unknown, { note }) => {
        await note('called');
        throw new Error('refused');
      },
    });
    await feed(cloud, worker, queue.arn);
    await send(cloud, queue, 'one');
    await notesWhen(cloud, worker, (all) => all.length > 0, { what: 'the call' });
    const of = (name: string) =>
      sumOf(cloud, { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: worker.name } }, SOON);
    expectSeen('invocations', (await of('Invocations')) > 0, true);
    expectSeen('errors', (await of('Errors')) > 0, true);
  },
);

behaviour(
  'An execution that fails is counted for its machine',
  { page: CLOUDWATCH.machines },
  async (cloud) => {
    const sfn = cloud.client(SFNClient);
    const { stateMachineArn = '' } = await sfn.send(
      new CreateStateMachineCommand({
        name: cloud.name('machine'),
        roleArn: cloud.role,
        definition: JSON.stringify({ StartAt: 'No', States: { No: { Type: 'Fail', Error: 'No' } } }),
      }),
    );
    cloud.later(() => sfn.send(new DeleteStateMachineCommand({ stateMachineArn })));
    await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    const dimensions = { StateMachineArn: stateMachineArn };
    const failed = await sumOf(
      cloud,
      { namespace: 'AWS/States', name: 'ExecutionsFailed', dimensions },
      SOON,
    );
    expectSeen('failed', failed, 1);
  },
);

behaviour(
  'A log line in the embedded format becomes a metric',
  { page: CLOUDWATCH.embedded },
  async (cloud) => {
    const namespace = cloud.name('embedded');
    const worker = await makeWorker(cloud, {
      given: { namespace },
      does: (_event: unknown, { given }) => {
        const Metrics = [{ Name: 'orders', Unit: 'Count' }];
        const CloudWatchMetrics = [{ Namespace: given.namespace, Dimensions: [['shop']], Metrics }];
        console.log(
          JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, shop: 'a', orders: 3 }),
        );
      },
    });
    await invoke(cloud, worker);
    const metric = { namespace, name: 'orders', dimensions: { shop: 'a' } };
    expectSeen('orders', await sumOf(cloud, metric, SOON), 3);
  },
);
