import { behaviour } from './behaviour.ts';
import { putMetric } from './harness/alarms.ts';
import { expectSeen } from './harness/difference.ts';
import { feed, invoke, makeWorker } from './harness/lambda.ts';
import { call, makeMachine, run } from './harness/machine.ts';
import { measured, metricIs } from './harness/metrics.ts';
import { MONITORING } from './harness/pages.ts';
import { makeQueue, send } from './harness/sqs.ts';

behaviour(
  'What is put with a dimension is read back with it, and not with another',
  { page: MONITORING.concepts },
  async (cloud) => {
    const space = cloud.name('space');
    await putMetric(cloud, space, 3, { system: 'a' });
    await putMetric(cloud, space, 4, { system: 'a' });
    const metric = (system: string) => ({ space, name: 'Faults', dimensions: { system } });
    await metricIs(cloud, metric('a'), 7);
    expectSeen('of another', await measured(cloud, metric('b')), undefined);
  },
);

behaviour(
  'Every call of a function is counted and every failure too, whoever calls: a client, a queue, a state machine',
  { page: MONITORING.lambdaMetrics },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: ({ fail }: { fail?: boolean }) => {
        if (fail) throw new Error('on demand');
      },
    });
    const queue = await makeQueue(cloud);
    await invoke(cloud, worker, { fail: true });
    await feed(cloud, worker, queue.arn);
    await send(cloud, queue, 'one');
    await run(cloud, await makeMachine(cloud, { StartAt: 'Do', States: { Do: call(worker) } }));
    const metric = (name: string) => ({
      space: 'AWS/Lambda',
      name,
      dimensions: { FunctionName: worker.name },
    });
    await metricIs(cloud, metric('Errors'), 1);
    await metricIs(cloud, metric('Invocations'), 3);
    expectSeen('errors', await measured(cloud, metric('Errors')), 1);
  },
);

behaviour('A queue reports how many messages wait', { page: MONITORING.sqsMetrics }, async (cloud) => {
  const queue = await makeQueue(cloud);
  for (const body of ['a', 'b', 'c']) await send(cloud, queue, body);
  const dimensions = { QueueName: queue.arn.split(':').at(-1) ?? '' };
  const name = 'ApproximateNumberOfMessagesVisible';
  await metricIs(cloud, { space: 'AWS/SQS', name, dimensions, statistic: 'Maximum' }, 3);
});

behaviour(
  'A state machine counts its executions and those that failed',
  { page: MONITORING.statesMetrics },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Over',
      States: { Over: { Type: 'Fail', Error: 'No' } },
    });
    await run(cloud, machine);
    const metric = (name: string) => ({
      space: 'AWS/States',
      name,
      dimensions: { StateMachineArn: machine.arn },
    });
    await metricIs(cloud, metric('ExecutionsStarted'), 1);
    await metricIs(cloud, metric('ExecutionsFailed'), 1);
  },
);

behaviour(
  'A log line in the embedded metric format becomes a metric',
  { page: MONITORING.emf },
  async (cloud) => {
    const space = cloud.name('space');
    const worker = await makeWorker(cloud, {
      given: { space },
      does: (_event: object, { given }) => {
        console.log(
          JSON.stringify({
            _aws: {
              Timestamp: Date.now(),
              CloudWatchMetrics: [
                {
                  Namespace: given.space,
                  Dimensions: [['system']],
                  Metrics: [{ Name: 'Paid', Unit: 'Count' }],
                },
              ],
            },
            system: 'a',
            Paid: 5,
          }),
        );
      },
    });
    await invoke(cloud, worker);
    await metricIs(cloud, { space, name: 'Paid', dimensions: { system: 'a' } }, 5);
  },
);
