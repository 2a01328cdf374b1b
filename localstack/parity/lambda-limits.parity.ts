import {
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { behaviour, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { invoke, invokeLater, makeWorker, notesOf, tellOf, toldBy, type Worker } from './harness/lambda.ts';
import { LAMBDA } from './harness/pages.ts';
import { makeQueue, received } from './harness/sqs.ts';

const configure = async (
  cloud: Cloud,
  { name: FunctionName }: Worker,
  more: Omit<ConstructorParameters<typeof UpdateFunctionConfigurationCommand>[0], 'FunctionName'>,
): Promise<void> => {
  const lambda = cloud.client(LambdaClient);
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...more }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
};

behaviour('An answer of more than 6 MB fails the call', { page: LAMBDA.limits }, async (cloud) => {
  const worker = await makeWorker(cloud, {
    does: ({ bytes }: { bytes: number }) => 'x'.repeat(bytes),
  });
  expectSeen('an answer of 5 MB', (await invoke(cloud, worker, { bytes: 5_000_000 })).failed, false);
  const { failed, body } = await invoke(cloud, worker, { bytes: 6_400_000 });
  const seen = [failed, typeof body === 'string' ? `${body.length} characters` : body];
  expectSeen('an answer of 6.4 MB', seen, [
    true,
    expect.objectContaining({ errorType: 'Function.ResponseSizeTooLarge' }),
  ]);
});

behaviour(
  'What an asynchronous call could not do goes to the dead-letter queue as it was sent',
  { page: LAMBDA.retainRecords },
  async (cloud) => {
    const dead = await makeQueue(cloud, { as: 'dead' });
    const worker = await makeWorker(cloud, {
      does: () => {
        throw new Error('never');
      },
    });
    await configure(cloud, worker, { DeadLetterConfig: { TargetArn: dead.arn } });
    await tellOf(cloud, worker, { retries: 0 });
    await invokeLater(cloud, worker, { n: 1 });
    const [letter] = await received(cloud, dead, 1, { what: 'a dead letter', timeoutMs: 15_000 });
    expectSeen('the dead letter', JSON.parse(letter?.Body ?? 'null'), { n: 1 });
  },
);

behaviour(
  'With a reserved concurrency of 0 an asynchronous call is told to the failure destination without a try',
  { page: LAMBDA.retainRecords },
  async (cloud) => {
    const failures = await makeQueue(cloud, { as: 'failures' });
    const worker = await makeWorker(cloud, { does: (_event: object, { note }) => note('called') });
    await tellOf(cloud, worker, { onFailure: failures.arn });
    const stop = { FunctionName: worker.name, ReservedConcurrentExecutions: 0 };
    await cloud.client(LambdaClient).send(new PutFunctionConcurrencyCommand(stop));
    await invokeLater(cloud, worker, { n: 1 });
    const [told] = await received(cloud, failures, 1, { what: 'word of the failure', timeoutMs: 15_000 });
    const { requestPayload } = toldBy(told);
    expectSeen('told', requestPayload, { n: 1 });
    expectSeen('calls', await notesOf(cloud, worker), []);
  },
);

behaviour(
  'A published version keeps its environment; the function has the new one at once, although it was warm',
  { page: LAMBDA.versions, reliedOn: 'localstack/cloud — deploy' },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: (_event: object, { given }) => given.colour,
      given: { colour: 'red' },
    });
    expectSeen('before', (await invoke(cloud, worker)).body, 'red');
    const command = new PublishVersionCommand({ FunctionName: worker.name });
    const { Version } = await cloud.client(LambdaClient).send(command);
    const GIVEN = JSON.stringify({ colour: 'green' });
    await configure(cloud, worker, { Environment: { Variables: { JOURNAL: cloud.journal, GIVEN } } });
    const answers = [(await invoke(cloud, worker, {}, Version)).body, (await invoke(cloud, worker)).body];
    expectSeen('answers', answers, ['red', 'green']);
  },
);

behaviour(
  'Calls at the same time each have an environment of their own',
  { page: LAMBDA.scaling },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      timeout: 30,
      does: async (_event: object, { pause }) => {
        const known = globalThis as { environment?: string };
        known.environment ??= crypto.randomUUID();
        await pause(1_500);
        return known.environment;
      },
    });
    const calls = 20;
    const answers = await Promise.all(Array.from({ length: calls }, () => invoke(cloud, worker)));
    expectSeen('calls that failed', answers.filter(({ failed }) => failed).length, 0);
    expectSeen('environments', new Set(answers.map(({ body }) => body)).size, calls);
  },
);
