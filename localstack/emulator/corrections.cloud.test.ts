import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../shared/testing/index.ts';
import { startEmulator, stopEmulator } from '../cloud/emulator.ts';
import { ACCOUNT, endpointOf, REGION } from '../cloud/environment.ts';
import { type CloudPaths, cloudPaths, SHARED_PATHS } from '../cloud/paths.ts';
import { freePort } from '../cloud/ports.ts';
import { testHome } from '../cloud/test-homes.ts';
import { ensureVenv } from '../cloud/venv.ts';
import { zipOf } from './zip.ts';

/** As corrections/workers.py bounds the processes of one function. */
const ENOUGH = Math.max(4, 2 * cpus().length);
/** As long as corrections/subscriptions.py gathers lines. */
const WINDOW_MS = 250;

/** A call of `busy` takes long enough for all the others to arrive meanwhile. */
const HANDLERS = `
const { appendFileSync } = require('node:fs');
exports.busy = async ({ call }) => {
  await new Promise((resolve) => setTimeout(resolve, 150));
  return { call, process: process.pid };
};
exports.speaks = async ({ line }) => console.log(line);
exports.keeps = async (event) => appendFileSync(process.env.KEPT, JSON.stringify(event) + '\\n');
`;

let paths: CloudPaths;
let port: number;
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;
let dynamo: DynamoDBClient;

const keptBy = (name: string): string => join(paths.home, `${name}.kept`);
const groupOf = (name: string): string => `/aws/lambda/${name}`;
const arnOf = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

/** What a function that keeps its events was called with, in order. */
const kept = <Event>(name: string): Event[] =>
  existsSync(keptBy(name))
    ? readFileSync(keptBy(name), 'utf8')
        .split('\n')
        // An event that is being written has no end yet.
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Event)
    : [];

/** The role of every function here: Lambda may run it, and it may read streams. */
const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'small',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
      ],
    },
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole'],
  },
};

const createRole = async (formation: CloudFormationClient) => {
  const StackName = 'role';
  const TemplateBody = JSON.stringify({ Resources: { Small: ROLE } });
  await formation.send(
    new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  await waitFor(
    async (seen) => {
      const { Stacks } = await formation.send(new DescribeStacksCommand({ StackName }));
      seen(Stacks);
      return Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE';
    },
    { what: 'the role' },
  );
};

const create = (name: string, handler: 'busy' | 'speaks' | 'keeps') =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'provided.al2023',
      Handler: `small.${handler}`,
      Role: `arn:aws:iam::${ACCOUNT}:role/small`,
      Timeout: 20,
      Environment: { Variables: { KEPT: keptBy(name) } },
      Code: {
        ZipFile: zipOf({
          bootstrap: readFileSync(SHARED_PATHS.bootstrap, 'utf8'),
          'package.json': '{ "type": "commonjs" }\n',
          'small.js': HANDLERS,
        }),
      },
    }),
  );

const call = async (name: string, event: object): Promise<unknown> => {
  const sent = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
  const { FunctionError, Payload } = await lambda.send(sent);
  const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
  if (FunctionError) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer;
};

beforeAll(async () => {
  const { venv: folder, requirements } = SHARED_PATHS;
  await ensureVenv({ folder, requirements, log: `${folder}-install` });
  // Below .cloud, since functions run from there and a temporary folder may be mounted noexec.
  paths = cloudPaths(testHome('corrections'));
  port = await freePort();
  const options = {
    endpoint: endpointOf(port),
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  lambda = new LambdaClient(options);
  logs = new CloudWatchLogsClient(options);
  dynamo = new DynamoDBClient(options);
  await startEmulator(paths, port);
  await createRole(new CloudFormationClient(options));
});

afterAll(async () => {
  await stopEmulator(paths);
  rmSync(paths.home, { recursive: true, force: true });
});

describe('the workers of one function', () => {
  it('are no more than enough, however many calls come at once, and every call is answered', async () => {
    await create('busy', 'busy');
    const calls = range(3 * ENOUGH);
    const answers = await Promise.all(
      calls.map(async (n) => (await call('busy', { call: n })) as { call: number; process: number }),
    );
    expect(answers.map((answer) => answer.call)).toEqual(calls);
    const processes = new Set(answers.map((answer) => answer.process));
    expect(processes.size).toBeGreaterThan(1);
    expect(processes.size).toBeLessThanOrEqual(ENOUGH);
  });
});

describe('the lines of a log group', () => {
  /** The batches that a subscriber got. */
  const batchesOf = (subscriber: string): CloudWatchLogsDecodedData[] =>
    kept<CloudWatchLogsEvent>(subscriber).map(
      ({ awslogs }) => JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()) as never,
    );
  /** What was said in a batch; the runtime's own lines are left out. */
  const linesOf = (batches: readonly CloudWatchLogsDecodedData[]): string[] =>
    batches.flatMap(({ logEvents }) =>
      logEvents.flatMap(({ message }) => /^line \d+$/.exec(message.trim())?.[0] ?? []),
    );
  const arrival = (subscriber: string, lines: readonly string[]) =>
    waitFor(() => lines.every((line) => linesOf(batchesOf(subscriber)).includes(line)), {
      what: `${lines.length} lines at ${subscriber}`,
      everyMs: 10,
    });

  const subscribe = async (subscriber: string, group: string) => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
    await logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName: group,
        filterName: subscriber,
        filterPattern: '',
        destinationArn: arnOf(subscriber),
      }),
    );
  };

  it('reach a subscriber gathered, none twice, and never the one that wrote them', async () => {
    await create('speaker', 'speaks');
    await create('collector', 'keeps');
    await subscribe('collector', groupOf('speaker'));
    await subscribe('collector', groupOf('collector'));

    const lines = range(40).map((n) => `line ${n}`);
    const began = performance.now();
    await Promise.all(lines.map((line) => call('speaker', { line })));
    await arrival('collector', lines);
    const windows = Math.ceil((performance.now() - began) / WINDOW_MS);

    // One batch a window and environment, whatever the machine: the more time the calls took, the more windows.
    const streams = new Set(batchesOf('collector').map(({ logStream }) => logStream)).size;
    expect(streams).toBeLessThanOrEqual(ENOUGH);
    expect(batchesOf('collector').length).toBeLessThanOrEqual((windows + 1) * streams);
    expect(linesOf(batchesOf('collector')).toSorted()).toEqual(lines.toSorted());

    // The collector has written lines too: whatever is said after them would reach it after them.
    await waitFor(
      async () =>
        (await logs.send(new FilterLogEventsCommand({ logGroupName: groupOf('collector') }))).events?.length,
      { what: 'lines of the collector' },
    );
    await call('speaker', { line: 'line 999' });
    await arrival('collector', ['line 999']);
    const groups = new Set(batchesOf('collector').map(({ logGroup }) => logGroup));
    expect([...groups]).toEqual([groupOf('speaker')]);
  });
});

describe('the stream of a table', () => {
  const TableName = 'streamed';
  const write = (pk: string) => dynamo.send(new PutItemCommand({ TableName, Item: { pk: { S: pk } } }));
  const read = (): string[] =>
    kept<DynamoDBStreamEvent>('reader').flatMap(({ Records }) =>
      Records.map(({ dynamodb }) => dynamodb?.NewImage?.pk?.S ?? ''),
    );
  const reading = (pk: string) => waitFor(() => read().includes(pk), { what: `${pk} at the reader` });

  it('reaches its consumer over a stop and a start: what waited then, and what came after, each once', async () => {
    const table = await dynamo.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );
    await create('reader', 'keeps');
    const { UUID } = await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'reader',
        EventSourceArn: table.TableDescription?.LatestStreamArn,
        StartingPosition: 'TRIM_HORIZON',
      }),
    );
    for (const pk of ['before 1', 'before 2', 'before 3']) await write(pk);
    await reading('before 3');

    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    for (const pk of ['waits 1', 'waits 2']) await write(pk);

    await stopEmulator(paths);
    await startEmulator(paths, port);

    await write('after 1');
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await reading('after 1');
    await write('after 2');
    await reading('after 2');
    const all = ['before 1', 'before 2', 'before 3', 'waits 1', 'waits 2', 'after 1', 'after 2'];
    expect(read()).toEqual(all);
  });
});
