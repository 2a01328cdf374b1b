import { gunzipSync } from 'node:zlib';
import { APIGatewayClient, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { invoke, makeWorker, notesWhen, type Worker } from './harness/lambda.ts';
import { LOGS, REST } from './harness/pages.ts';
import { call, makeApi } from './harness/rest.ts';

const makeGroup = async (cloud: Cloud): Promise<string> => {
  const logs = cloud.client(CloudWatchLogsClient);
  const logGroupName = cloud.name('group');
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  cloud.later(() => logs.send(new DeleteLogGroupCommand({ logGroupName })));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' }));
  return logGroupName;
};

const write = (cloud: Cloud, logGroupName: string, ...messages: string[]) =>
  cloud.client(CloudWatchLogsClient).send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName: 'one',
      logEvents: messages.map((message, n) => ({ timestamp: Date.now() + n, message })),
    }),
  );

const find = async (cloud: Cloud, logGroupName: string, filterPattern?: string): Promise<string[]> => {
  const command = new FilterLogEventsCommand({ logGroupName, ...(filterPattern ? { filterPattern } : {}) });
  const { events } = await cloud.client(CloudWatchLogsClient).send(command);
  return (events ?? []).map(({ message }) => message?.trim() ?? '');
};

const allow = (cloud: Cloud, { name: FunctionName }: Worker) =>
  cloud.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'logs',
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.amazonaws.com',
    }),
  );

behaviour(
  'What a function writes to its output is in its log group, a line each',
  { page: LOGS.lambda, reliedOn: 'shared/logging — one line is one event' },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        console.log('first line');
        console.log(JSON.stringify({ level: 'INFO', message: 'second' }));
      },
    });
    await invoke(cloud, worker);
    const lines = await waitFor(
      async () => {
        const found = await find(cloud, `/aws/lambda/${worker.name}`);
        return found.some((line) => line.includes('second')) ? found : undefined;
      },
      { what: 'both lines', timeoutMs: cloud.place.target === 'aws' ? 60_000 : 10_000 },
    );
    expectSeen('lines', lines.filter((line) => /first line|"second"/.test(line)).length, 2);
  },
);

const LINES = [
  '{"level":"ERROR","code":500,"who":"a"}',
  '{"level":"INFO","code":200,"who":"a"}',
  '{"level":"ERROR","code":404,"who":"b"}',
  'ERROR plain text',
];

behaviour(
  'A pattern of words finds the lines that have all of them',
  { page: LOGS.patterns },
  async (cloud) => {
    const group = await makeGroup(cloud);
    await write(cloud, group, ...LINES);
    await waitFor(async () => (await find(cloud, group)).length === LINES.length, { what: 'all lines' });
    expectSeen('found', await find(cloud, group, 'ERROR plain'), ['ERROR plain text']);
    expectSeen('without a word', await find(cloud, group, 'ERROR -plain'), [LINES[0], LINES[2]]);
  },
);

behaviour(
  'A pattern of fields finds the JSON lines whose fields are so',
  { page: LOGS.patterns },
  async (cloud) => {
    const group = await makeGroup(cloud);
    await write(cloud, group, ...LINES);
    await waitFor(async () => (await find(cloud, group)).length === LINES.length, { what: 'all lines' });
    const pattern = '{ ($.level = "ERROR") && ($.code >= 500) }';
    expectSeen('found', await find(cloud, group, pattern), [LINES[0]]);
    expectSeen('found by a star', await find(cloud, group, '{ $.who = "b*" }'), [LINES[2]]);
  },
);

/** Writes lines into a group, and gives what a subscriber with this filter was called with, when it has enough. */
const subscribed = async (
  cloud: Cloud,
  { filterPattern, lines, enough }: { filterPattern: string; lines: readonly string[]; enough: number },
): Promise<string[]> => {
  const group = await makeGroup(cloud);
  const worker = await makeWorker(cloud, {
    does: ({ awslogs }: CloudWatchLogsEvent, { note }) => note(awslogs.data),
  });
  await allow(cloud, worker);
  await cloud.client(CloudWatchLogsClient).send(
    new PutSubscriptionFilterCommand({
      logGroupName: group,
      filterName: 'one',
      filterPattern,
      destinationArn: worker.arn,
    }),
  );
  await write(cloud, group, ...lines);
  const told = (data: string[]): string[] =>
    data.flatMap((text) =>
      (
        JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()) as CloudWatchLogsDecodedData
      ).logEvents.map(({ message }) => message),
    );
  const notes = await notesWhen<string>(cloud, worker, (all) => told(all).length >= enough, {
    what: `${enough} lines`,
  });
  return told(notes);
};

behaviour(
  'A subscriber gets the lines that match its filter, packed and in order',
  { page: LOGS.subscriptions, reliedOn: 'functions/platform — the collector of spans' },
  async (cloud) => {
    const lines = ['wanted 1', 'other', 'wanted 2'];
    const told = await subscribed(cloud, { filterPattern: 'wanted', lines, enough: 2 });
    expectSeen('lines', told, ['wanted 1', 'wanted 2']);
  },
);

behaviour(
  'A filter between signs of per cent finds its text within a line of JSON',
  { page: LOGS.regex, reliedOn: 'stacks — lines with a traceId go to the collector of spans' },
  async (cloud) => {
    const lines = ['{"name":"no trace"}', '{"traceId":"1"}', 'plain', '{"spanId":"2","traceId":"1"}'];
    const told = await subscribed(cloud, { filterPattern: '%traceId%', lines, enough: 2 });
    expectSeen('lines', told, [lines[1], lines[3]]);
  },
);

behaviour(
  'A filter between signs of per cent is a regular expression',
  { page: LOGS.regex },
  async (cloud) => {
    const group = await makeGroup(cloud);
    await write(cloud, group, ...LINES);
    await waitFor(async () => (await find(cloud, group)).length === LINES.length, { what: 'all lines' });
    expectSeen('found', await find(cloud, group, '%code":[45]0[04]%'), [LINES[0], LINES[2]]);
  },
);

behaviour(
  'A subscription to a function that does not let CloudWatch Logs in is refused',
  { page: LOGS.subscriptions },
  async (cloud) => {
    const group = await makeGroup(cloud);
    const worker = await makeWorker(cloud, { does: () => undefined });
    const subscription = {
      logGroupName: group,
      filterName: 'one',
      filterPattern: '',
      destinationArn: worker.arn,
    };
    const answer = await errorOf(
      cloud.client(CloudWatchLogsClient).send(new PutSubscriptionFilterCommand(subscription)),
    );
    expectSeen('answered', answer, 'InvalidParameterException');
  },
);

behaviour('A metric filter counts the lines that match it', { page: LOGS.metricFilters }, async (cloud) => {
  const group = await makeGroup(cloud);
  const Namespace = cloud.name('space');
  await cloud.client(CloudWatchLogsClient).send(
    new PutMetricFilterCommand({
      logGroupName: group,
      filterName: 'errors',
      filterPattern: 'ERROR',
      metricTransformations: [{ metricNamespace: Namespace, metricName: 'Errors', metricValue: '1' }],
    }),
  );
  await write(cloud, group, 'ERROR one', 'fine');
  await waitFor(
    async () =>
      (await cloud.client(CloudWatchClient).send(new ListMetricsCommand({ Namespace }))).Metrics?.length,
    { what: 'the metric', timeoutMs: cloud.place.target === 'aws' ? 180_000 : 8_000 },
  );
});

behaviour(
  'A stage writes a line of its format into its access log for each request',
  { page: REST.accessLog },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: () => ({ statusCode: 201 }) });
    const api = await makeApi(cloud, { worker });
    const group = await makeGroup(cloud);
    const arn = `arn:aws:logs:${cloud.place.region}:${cloud.account}:log-group:${group}`;
    const format = {
      requestId: '$context.requestId',
      route: '$context.httpMethod $context.resourcePath',
      status: '$context.status',
    };
    const patchOperations = [
      { op: 'replace' as const, path: '/accessLogSettings/destinationArn', value: arn },
      { op: 'replace' as const, path: '/accessLogSettings/format', value: JSON.stringify(format) },
    ];
    await cloud
      .client(APIGatewayClient)
      .send(new UpdateStageCommand({ restApiId: api.id, stageName: 'live', patchOperations }));
    await call(api, '/things');
    const [line] = await waitFor(
      async () => {
        const lines = await find(cloud, group);
        return lines.length > 0 ? lines : undefined;
      },
      { what: 'a line', timeoutMs: cloud.place.target === 'aws' ? 180_000 : 6_000 },
    );
    const told = JSON.parse(line ?? '{}') as Record<string, string>;
    expectSeen('line', [told.route, told.status], ['GET /things', '201']);
  },
);

behaviourToCome('A query of Logs Insights filters, counts and groups', {
  page: LOGS.insights,
  waits: 'we read logs by group, and filter in code',
});
