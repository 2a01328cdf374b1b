/**
 * Every named case of every machine, on the emulator's Step Functions: the path, the end and the calls must be those of
 * the interpreter. All Lambdas are one function here, which plays the script that the execution's input brings; messages
 * with task tokens are answered by this process, by the same script.
 */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  paginateGetExecutionHistory,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../shared/testing/index.ts';
import type { Machine, State } from '../../statemachines/asl.ts';
import {
  actIn,
  answerOf,
  type Call,
  callOf,
  type Event,
  happenedIn,
  inputOf,
  interpreted,
  isVisit,
  type Played,
  saidBy,
} from '../../statemachines/cases.fixture.ts';
import { everyMachine } from '../../statemachines/every.cases.ts';
import { startEmulator, stopEmulator } from '../cloud/emulator.ts';
import { ACCOUNT, endpointOf, REGION } from '../cloud/environment.ts';
import { type CloudPaths, cloudPaths, SHARED_PATHS } from '../cloud/paths.ts';
import { freePort } from '../cloud/ports.ts';
import { testHome } from '../cloud/test-homes.ts';
import { ensureVenv } from '../cloud/venv.ts';
import { zipOf } from './zip.ts';

/** What it does at which attempt is in the script. It writes down what it was called with, and counts its visits there. */
const SCRIPTED = `
const { appendFileSync, readFileSync } = require('node:fs');
exports.handler = async (event) => {
  appendFileSync(process.env.KEPT, JSON.stringify(event) + '\\n');
  const { state, retryCount, executionId } = event.context;
  const visits = readFileSync(process.env.KEPT, 'utf8').trimEnd().split('\\n').map((line) => JSON.parse(line).context)
    .filter((one) => one.state === state && one.executionId === executionId && one.retryCount === 0).length;
  const { script } = event.input;
  const acts = (visits > 1 ? script[state + ', again'] : undefined) ?? script[state] ?? [{ answers: null }];
  const act = acts[Math.min(retryCount, acts.length - 1)];
  if ('throws' in act) throw Object.assign(new Error('as told'), { name: act.throws });
  return act.answers;
};
`;

let paths: CloudPaths;
let sfn: SFNClient;
let sqs: SQSClient;
let kept: string;
let answering: Promise<void>;
const stop = new AbortController();

const roleOf = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** The role of the machines may call functions, that of the function nothing. */
const createRoles = async (iam: IAMClient) => {
  const statement = (Action: string, over: object) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, ...over }],
  });
  for (const service of ['states', 'lambda']) {
    const trust = statement('sts:AssumeRole', { Principal: { Service: `${service}.amazonaws.com` } });
    await iam.send(
      new CreateRoleCommand({ RoleName: service, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
  }
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'states',
      PolicyName: 'calls',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: ['lambda:InvokeFunction', 'sqs:SendMessage'].flatMap(
          (action) => statement(action, { Resource: '*' }).Statement,
        ),
      }),
    }),
  );
};

const createFunction = async (lambda: LambdaClient): Promise<string> => {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'scripted',
      Runtime: 'provided.al2023',
      Handler: 'scripted.handler',
      Role: roleOf('lambda'),
      Timeout: 10,
      Environment: { Variables: { KEPT: kept } },
      Code: {
        ZipFile: zipOf({
          bootstrap: readFileSync(SHARED_PATHS.bootstrap, 'utf8'),
          'package.json': '{ "type": "commonjs" }\n',
          'scripted.js': SCRIPTED,
        }),
      },
    }),
  );
  return FunctionArn;
};

/** The machine as it is deployed, but for its functions, its queue, and the seconds of its waits, which nobody waits for here. */
const definitionOf = ({ States, ...machine }: Machine, functionArn: string, queueUrl: string): string => {
  const quick = (state: State<string>) =>
    state.Type === 'Task' && state.Retry
      ? {
          ...state,
          ...('QueueUrl' in state.Arguments ? { TimeoutSeconds: 3 } : {}),
          Retry: state.Retry.map((retrier) => ({ ...retrier, IntervalSeconds: 0.01 })),
        }
      : state;
  const quicker = Object.entries<State<string>>(States).map(([name, state]) => [name, quick(state)]);
  return JSON.stringify({ ...machine, States: Object.fromEntries(quicker) })
    .replaceAll(/\$\{\w+Queue\}/g, queueUrl)
    .replaceAll(/\$\{\w+\}/g, functionArn);
};

/** Answers with the tokens that machines send, as the scripts say, until it is told to stop. */
const answerTokens = async (queueUrl: string, stopped: AbortSignal): Promise<void> => {
  while (!stopped.aborted) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }),
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      appendFileSync(kept, `${JSON.stringify(JSON.parse(Body))}\n`);
      const message = JSON.parse(Body) as Event & { readonly token: string };
      const visits = callsOf(message.context.executionId).filter(isVisit(message.context)).length;
      const act = actIn(message, visits > 1);
      const taskToken = message.token;
      if ('answers' in act)
        await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(act.answers) }));
      if ('throws' in act)
        await sfn.send(new SendTaskFailureCommand({ taskToken, error: act.throws, cause: 'as told' }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
};

/** What the function was called with by one execution. */
const callsOf = (executionId: string): Call[] =>
  (existsSync(kept) ? readFileSync(kept, 'utf8').trimEnd().split('\n') : [])
    .map((line) => callOf(JSON.parse(line) as Parameters<typeof callOf>[0]))
    .filter((call) => call.executionId === executionId);

const pathOf = async (executionArn: string): Promise<string[]> => {
  const path: string[] = [];
  for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, { executionArn })) {
    for (const { stateEnteredEventDetails } of events) {
      if (stateEnteredEventDetails?.name) path.push(stateEnteredEventDetails.name);
    }
  }
  return path;
};

const endsOf = ({ status, output, error }: DescribeExecutionOutput): Played['ends'] =>
  status === 'SUCCEEDED'
    ? { output: answerOf(JSON.parse(output ?? 'null')) }
    : { error: error ?? String(status) };

/** Plays a case on the emulator. */
const emulated = async (stateMachineArn: string, id: string, input: object): Promise<Played> => {
  const started = new StartExecutionCommand({ stateMachineArn, name: id, input: JSON.stringify(input) });
  const { executionArn = '' } = await sfn.send(started);
  const ended = await waitFor(
    async (seen) => {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      seen(execution);
      return execution.status !== 'RUNNING' && execution;
    },
    { what: `the end of ${id}`, timeoutMs: 60_000 },
  );
  return { path: await pathOf(executionArn), ends: endsOf(ended), calls: callsOf(id) };
};

beforeAll(async () => {
  const { venv: folder, requirements } = SHARED_PATHS;
  await ensureVenv({ folder, requirements, log: `${folder}-install` });
  // Below .cloud, since functions run from there and a temporary folder may be mounted noexec.
  paths = cloudPaths(testHome('machines'));
  kept = join(paths.home, 'kept');
  const port = await freePort();
  const options = {
    endpoint: endpointOf(port),
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  sfn = new SFNClient(options);
  await startEmulator(paths, port);
  await createRoles(new IAMClient(options));
  const functionArn = await createFunction(new LambdaClient(options));
  sqs = new SQSClient(options);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'tokens' }));
  answering = answerTokens(QueueUrl, stop.signal);
  for (const [name, machine] of everyMachine) {
    const definition = definitionOf(machine, functionArn, QueueUrl);
    await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: roleOf('states') }));
  }
});

afterAll(async () => {
  stop.abort();
  await answering;
  await stopEmulator(paths);
  rmSync(paths.home, { recursive: true, force: true });
});

describe.each(everyMachine)(
  '%s on the emulator goes the way of the interpreter',
  (machineName, machine, cases) => {
    it.concurrent.each(Object.entries(cases).map(([name, said], n) => [name, said, `case-${n}`] as const))(
      '%s',
      async (_, said, id) => {
        const stateMachineArn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${machineName}`;
        const played = await emulated(stateMachineArn, id, inputOf(id, said.script));
        expect(happenedIn(played)).toEqual(saidBy(machine, said));
        const { path, ends, calls } = await interpreted(machine, id, said);
        expect(played).toEqual({ path, ends, calls });
      },
    );
  },
);
