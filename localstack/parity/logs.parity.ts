import { gunzipSync } from 'node:zlib';
import { APIGatewayClient, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  PutMetricFilterCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { invoke, makeWorker, notesWhen, type Worker } from './harness/lambda.ts';
import { makeGroup, readGroup, write, writeTo } from './harness/logs.ts';
import { LOGS, REST } from './harness/pages.ts';
import { call, makeApi } from './harness/rest.ts';

const find = async (cloud: Cloud, group: string, pattern?: string): Promise<string[]> =>
  (await readGroup(cloud, group, pattern)).map(({ message }) => message?.trim() ?? '');

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

const subscribe = async (cloud: Cloud, logGroupName: string, filterPattern = ''): Promise<Worker> => {
  const worker = await makeWorker(cloud, {
    does: ({ awslogs }: CloudWatchLogsEvent, { note }) => note(awslogs.data),
  });
  await allow(cloud, worker);
  const subscription = { logGroupName, filterName: 'one', filterPattern, destinationArn: worker.arn };
  await cloud.client(CloudWatchLogsClient).send(new PutSubscriptionFilterCommand(subscription));
  return worker;
};

/** What a subscriber was called with, when it has so many lines. */
const toldTo = async (cloud: Cloud, worker: Worker, lines: number): Promise<CloudWatchLogsDecodedData[]> => {
  const unpack = (data: string) =>
    JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()) as CloudWatchLogsDecodedData;
  const notes = await notesWhen<string>(
    cloud,
    worker,
    (all) => all.flatMap((data) => unpack(data).logEvents).length >= lines,
    { what: `${lines} lines` },
  );
  return notes.map(unpack);
};

/** Writes lines into a group, and gives what a subscriber with this filter was told, when it has enough. */
const subscribed = async (
  cloud: Cloud,
  { filterPattern, lines, enough }: { filterPattern: string; lines: readonly string[]; enough: number },
): Promise<string[]> => {
  const group = await makeGroup(cloud);
  const worker = await subscribe(cloud, group, filterPattern);
  await write(cloud, group, ...lines);
  const told = await toldTo(cloud, worker, enough);
  return told.flatMap(({ logEvents }) => logEvents.map(({ message }) => message));
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
  'What a subscriber is told at once is of one log stream, which it names',
  { page: LOGS.subscriber },
  async (cloud) => {
    const group = await makeGroup(cloud, 'one', 'two');
    const worker = await subscribe(cloud, group);
    for (const stream of ['one', 'two', 'one', 'two']) await writeTo(cloud, group, stream, stream);
    const told = await toldTo(cloud, worker, 4);
    const mixed = told.filter(({ logStream, logEvents }) =>
      logEvents.some(({ message }) => message !== logStream),
    );
    expectSeen('calls with lines of another stream', mixed.length, 0);
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
