import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { waitFor } from '../../../shared/testing/index.ts';
import type { Cloud } from './cloud.ts';

/** The shortest period that an alarm may have. Metrics of a behaviour lie in a namespace of its own. */
export const PERIOD_SECONDS = 10;

export const dimensionsOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

/** Puts one value of the metric `Faults`, as high-resolution data. */
export const putMetric = (
  cloud: Cloud,
  Namespace: string,
  Value: number,
  dimensions: Readonly<Record<string, string>> = {},
) =>
  cloud.client(CloudWatchClient).send(
    new PutMetricDataCommand({
      Namespace,
      MetricData: [
        { MetricName: 'Faults', Value, StorageResolution: 1, Dimensions: dimensionsOf(dimensions) },
      ],
    }),
  );

/**
 * An alarm on `Faults` above 0 within ten seconds, unless told otherwise.
 * @returns its name
 */
export const makeAlarm = async (
  cloud: Cloud,
  Namespace: string,
  more: Partial<PutMetricAlarmCommandInput> = {},
): Promise<string> => {
  const cloudwatch = cloud.client(CloudWatchClient);
  const AlarmName = more.AlarmName ?? cloud.name('alarm');
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      Namespace,
      MetricName: 'Faults',
      Statistic: 'Sum',
      Period: PERIOD_SECONDS,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      ...more,
      AlarmName,
    }),
  );
  cloud.later(() => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
  return AlarmName;
};

export const stateOf = async (cloud: Cloud, name: string): Promise<string | undefined> => {
  const command = new DescribeAlarmsCommand({
    AlarmNames: [name],
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
  });
  const { MetricAlarms, CompositeAlarms } = await cloud.client(CloudWatchClient).send(command);
  return (MetricAlarms?.[0] ?? CompositeAlarms?.[0])?.StateValue;
};

export const alarmIs = (cloud: Cloud, name: string, state: string, timeoutMs = 30_000) =>
  waitFor(
    async (seen) => {
      const now = await stateOf(cloud, name);
      seen(now);
      return now === state;
    },
    {
      what: `an alarm to be ${state}`,
      timeoutMs: cloud.place.target === 'aws' ? 300_000 : timeoutMs,
      everyMs: 250,
    },
  );
