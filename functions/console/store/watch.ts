import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { cloudWatchClient, documentClient, sqsClient, undefinedFor } from '../../../shared/aws/index.ts';
import type { Watch, WatchPorts } from '../domain/ports.ts';
import type { Metric, Point } from '../domain/state.ts';
import { systemsPort } from './systems.ts';

/** What CloudWatch takes in one call: so many metrics, so many names of alarms. */
const METRICS = 500;
const ALARMS = 100;

export const watch = (
  cloudwatch: Pick<CloudWatchClient, 'send'>,
  sqs: Pick<SQSClient, 'send'>,
  dynamo: Pick<DynamoDBDocumentClient, 'send'>,
): Watch => {
  const urls = new Map<string, string>();
  const urlOf = async (name: string): Promise<string | undefined> => {
    const known = urls.get(name);
    if (known !== undefined) return known;
    const found = await sqs
      .send(new GetQueueUrlCommand({ QueueName: name }))
      .catch(undefinedFor('QueueDoesNotExist'));
    if (found?.QueueUrl !== undefined) urls.set(name, found.QueueUrl);
    return found?.QueueUrl;
  };

  return {
    async points(metrics, { from, to }) {
      const asked = await Promise.all(
        inParts(metrics, METRICS).map((part) => pointsOf(cloudwatch, part, { from, to })),
      );
      return asked.flat();
    },

    async queue(name) {
      const QueueUrl = await urlOf(name);
      if (QueueUrl === undefined) return {};
      const found = await sqs
        .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: Object.values(COUNTS) as never }))
        .catch(undefinedFor('QueueDoesNotExist'));
      const counts = Object.entries(COUNTS).flatMap(([field, attribute]) => {
        const value = (found?.Attributes as Partial<Record<string, string>> | undefined)?.[attribute];
        return value === undefined ? [] : [[field, Number(value)] as const];
      });
      return Object.fromEntries(counts);
    },

    async table(TableName) {
      const found = await dynamo
        .send(new DescribeTableCommand({ TableName }))
        .catch(undefinedFor('ResourceNotFoundException'));
      if (found?.Table === undefined) return {};
      const { TableStatus, ItemCount, TableSizeBytes, StreamSpecification } = found.Table;
      return {
        ...(TableStatus === undefined ? {} : { status: TableStatus }),
        ...(ItemCount === undefined ? {} : { items: ItemCount }),
        ...(TableSizeBytes === undefined ? {} : { bytes: TableSizeBytes }),
        stream: StreamSpecification?.StreamEnabled === true,
      };
    },

    async alarms(names) {
      const answers = await Promise.all(
        inParts(names, ALARMS).map((AlarmNames) =>
          cloudwatch.send(
            new DescribeAlarmsCommand({ AlarmNames: [...AlarmNames], AlarmTypes: ['MetricAlarm'] }),
          ),
        ),
      );
      const found = new Map(
        answers.flatMap(({ MetricAlarms = [] }) => MetricAlarms.map((alarm) => [alarm.AlarmName, alarm])),
      );
      return names.map((name) => {
        const alarm = found.get(name);
        // The emulator does not set the first; on AWS the second also moves when a state is looked at anew.
        const since = alarm?.StateTransitionedTimestamp ?? alarm?.StateUpdatedTimestamp;
        return {
          name,
          ...(alarm?.StateValue ? { state: alarm.StateValue } : {}),
          ...(alarm?.StateReason ? { reason: alarm.StateReason } : {}),
          ...(since ? { since: since.toISOString() } : {}),
        };
      });
    },
  };
};

const COUNTS = {
  visible: 'ApproximateNumberOfMessages',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
} as const;

/** In the order of the metrics: an answer names them, and may bring one on several pages. */
const pointsOf = async (
  cloudwatch: Pick<CloudWatchClient, 'send'>,
  metrics: readonly Metric[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly (readonly Point[])[]> => {
  const points = metrics.map((): Point[] => []);
  let NextToken: string | undefined;
  do {
    const answer = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: metrics.map(queryOf),
        ...{ StartTime: from, EndTime: to, NextToken },
      }),
    );
    for (const result of answer.MetricDataResults ?? []) {
      points[Number(result.Id?.slice(1))]?.push(...pointsIn(result));
    }
    ({ NextToken } = answer);
  } while (NextToken);
  return points;
};

const queryOf = ({ namespace, dimension, metric, statistic, periodSeconds }: Metric, index: number) => ({
  Id: `m${index}`,
  MetricStat: {
    Metric: {
      ...{ Namespace: namespace, MetricName: metric },
      Dimensions: [{ Name: dimension.name, Value: dimension.value }],
    },
    ...{ Stat: statistic, Period: periodSeconds },
  },
});

const pointsIn = ({ Timestamps = [], Values = [] }: MetricDataResult): Point[] =>
  Timestamps.flatMap((at, index) => {
    const value = Values[index];
    return value === undefined ? [] : [{ at, value }];
  });

const inParts = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  );

export const watchPorts = (): WatchPorts => ({
  ...systemsPort(),
  watch: watch(cloudWatchClient(), sqsClient(), documentClient()),
  now: () => new Date(),
});
