import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { waitFor } from '../../../shared/testing/index.ts';
import { dimensionsOf } from './alarms.ts';
import type { Cloud } from './cloud.ts';

/** What is measured, of which, and how it is put together. */
export interface Metric {
  readonly space: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** @default 'Sum' */
  readonly statistic?: 'Sum' | 'Maximum';
}

/** The sum, or the maximum, of all that was measured in the last minutes; undefined when there is nothing. */
export const measured = async (cloud: Cloud, { space, name, dimensions, statistic = 'Sum' }: Metric) => {
  const now = Date.now();
  const { Datapoints } = await cloud.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: space,
      MetricName: name,
      Dimensions: dimensionsOf(dimensions),
      StartTime: new Date(now - 600_000),
      EndTime: new Date(now + 60_000),
      Period: 60,
      Statistics: [statistic],
    }),
  );
  const values = (Datapoints ?? []).map((point) => point[statistic] ?? 0);
  if (values.length === 0) return undefined;
  return statistic === 'Sum' ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
};

/** Waits until a metric has at least this value. */
export const metricIs = (cloud: Cloud, metric: Metric, atLeast: number) =>
  waitFor(
    async (seen) => {
      const value = await measured(cloud, metric);
      seen(value);
      return value !== undefined && value >= atLeast;
    },
    {
      what: `${metric.space} ${metric.name}`,
      timeoutMs: cloud.place.target === 'aws' ? 300_000 : 12_000,
      everyMs: 250,
    },
  );
