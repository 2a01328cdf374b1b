import { CloudWatchClient, DeleteAlarmsCommand, PutCompositeAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { behaviour, behaviourToCome } from './behaviour.ts';
import { alarmIs, dimensionsOf, makeAlarm, putMetric, stateOf } from './harness/alarms.ts';
import { expectSeen } from './harness/difference.ts';
import { MONITORING } from './harness/pages.ts';
import { makeQueue, received } from './harness/sqs.ts';

behaviour(
  'An alarm rings when its metric crosses the threshold, is OK again when it no longer does, and tells a topic both times',
  { page: MONITORING.alarms },
  async (cloud) => {
    const sns = cloud.client(SNSClient);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: cloud.name('topic') }));
    cloud.later(() => sns.send(new DeleteTopicCommand({ TopicArn })));
    const queue = await makeQueue(cloud, { open: 'sns' });
    const Attributes = { RawMessageDelivery: 'true' };
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes }));
    const actions = TopicArn ? [TopicArn] : [];
    const space = cloud.name('space');
    const alarm = await makeAlarm(cloud, space, { AlarmActions: actions, OKActions: actions });
    await alarmIs(cloud, alarm, 'OK');
    await putMetric(cloud, space, 1);
    await alarmIs(cloud, alarm, 'ALARM');
    await alarmIs(cloud, alarm, 'OK', 45_000);
    const told = await received(cloud, queue, 2, { what: 'both messages' });
    const states = told.map(
      ({ Body }) => (JSON.parse(Body ?? '{}') as { NewStateValue?: string }).NewStateValue,
    );
    expectSeen('told', states.slice(-2), ['ALARM', 'OK']);
  },
);

behaviour('An alarm looks only at data with its dimensions', { page: MONITORING.concepts }, async (cloud) => {
  const space = cloud.name('space');
  const [mine, others] = await Promise.all(
    ['a', 'b'].map((system) =>
      makeAlarm(cloud, space, {
        AlarmName: cloud.name(`alarm-${system}`),
        Dimensions: dimensionsOf({ system }),
      }),
    ),
  );
  await putMetric(cloud, space, 1, { system: 'b' });
  await alarmIs(cloud, others ?? '', 'ALARM');
  expectSeen('the alarm of other dimensions', (await stateOf(cloud, mine ?? '')) === 'ALARM', false);
});

behaviour(
  'An alarm over two of three periods does not ring for one',
  { page: MONITORING.alarms },
  async (cloud) => {
    const space = cloud.name('space');
    const [one, two] = await Promise.all([
      makeAlarm(cloud, space, { AlarmName: cloud.name('one') }),
      makeAlarm(cloud, space, { AlarmName: cloud.name('two'), EvaluationPeriods: 3, DatapointsToAlarm: 2 }),
    ]);
    await putMetric(cloud, space, 1);
    await alarmIs(cloud, one, 'ALARM');
    expectSeen('after one period', (await stateOf(cloud, two)) === 'ALARM', false);
    await alarmIs(cloud, one, 'OK', 40_000);
    await putMetric(cloud, space, 1);
    await alarmIs(cloud, two, 'ALARM');
  },
);

behaviour(
  'Missing data breaches, is fine, or is not enough to say, as the alarm has it',
  { page: MONITORING.alarms },
  async (cloud) => {
    const space = cloud.name('space');
    const make = (as: string, TreatMissingData: string) =>
      makeAlarm(cloud, space, { AlarmName: cloud.name(as), TreatMissingData });
    const [breaching, fine, missing] = await Promise.all([
      make('breaching', 'breaching'),
      make('fine', 'notBreaching'),
      make('missing', 'missing'),
    ]);
    await alarmIs(cloud, breaching, 'ALARM');
    await alarmIs(cloud, fine, 'OK');
    expectSeen('missing', await stateOf(cloud, missing), 'INSUFFICIENT_DATA');
  },
);

behaviour(
  'A composite alarm rings when what its rule says of other alarms is true',
  { page: MONITORING.composite },
  async (cloud) => {
    const cloudwatch = cloud.client(CloudWatchClient);
    const space = cloud.name('space');
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) =>
        makeAlarm(cloud, space, { AlarmName: cloud.name(name), Dimensions: dimensionsOf({ name }) }),
      ),
    );
    const AlarmName = cloud.name('both');
    await cloudwatch.send(
      new PutCompositeAlarmCommand({ AlarmName, AlarmRule: `ALARM("${one}") AND NOT ALARM("${two}")` }),
    );
    cloud.later(() => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
    await alarmIs(cloud, one ?? '', 'OK');
    expectSeen('before', await stateOf(cloud, AlarmName), 'OK');
    await putMetric(cloud, space, 1, { name: 'one' });
    await alarmIs(cloud, one ?? '', 'ALARM');
    await alarmIs(cloud, AlarmName, 'ALARM');
  },
);

behaviourToCome('An alarm on an expression over several metrics rings', {
  page: MONITORING.math,
  waits: 'our alarms look at one metric each',
});
