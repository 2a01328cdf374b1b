import {
  CreateAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { behaviour, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import {
  invoke,
  invokeLater,
  makeWorker,
  notesOf,
  notesWhen,
  tellOf,
  toldBy,
  type Worker,
} from './harness/lambda.ts';
import { LAMBDA } from './harness/pages.ts';
import { makeQueue, received } from './harness/sqs.ts';
import { packing } from './harness/target.ts';
import { type Does, workerZip } from './harness/worker.ts';

const deploy = async (cloud: Cloud, { name: FunctionName }: Worker, does: Does) => {
  const lambda = cloud.client(LambdaClient);
  const ZipFile = workerZip(does, packing(cloud.place).files);
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
};

const publish = async (cloud: Cloud, { name: FunctionName }: Worker): Promise<string> =>
  (await cloud.client(LambdaClient).send(new PublishVersionCommand({ FunctionName }))).Version ?? '';

behaviour(
  'A handler that throws is answered with 200, a function error, and the name and message of the error',
  { page: LAMBDA.nodeErrors, reliedOn: 'shared/errors — names are an interface' },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw Object.assign(new Error('empty'), { name: 'WalletEmptyError' });
      },
    });
    const { failed, body } = await invoke(cloud, worker);
    expectSeen(
      'answer',
      [failed, body],
      [true, expect.objectContaining({ errorType: 'WalletEmptyError', errorMessage: 'empty' })],
    );
  },
);

behaviour(
  'A promise that is rejected and not handled is Runtime.UnhandledPromiseRejection, and the next call succeeds',
  { page: LAMBDA.nodeErrors },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async ({ bad }: { bad: boolean }, { pause }) => {
        if (!bad) return 'well';
        void Promise.reject(new Error('nobody listens'));
        await pause(500);
        return 'not reached';
      },
    });
    const { body } = await invoke(cloud, worker, { bad: true });
    expectSeen('answer', body, expect.objectContaining({ errorType: 'Runtime.UnhandledPromiseRejection' }));
    expectSeen('the next answer', (await invoke(cloud, worker, { bad: false })).body, 'well');
  },
);

behaviour(
  'A process that exits is Runtime.ExitError, and the next call begins anew',
  { page: LAMBDA.lifecycle },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: ({ exit }: { exit: boolean }) => {
        if (exit) process.exit(1);
        const known = globalThis as { calls?: number };
        known.calls = (known.calls ?? 0) + 1;
        return known.calls;
      },
    });
    await invoke(cloud, worker, { exit: false });
    const { body } = await invoke(cloud, worker, { exit: true });
    expectSeen('answer', body, expect.objectContaining({ errorType: 'Runtime.ExitError' }));
    expectSeen('calls of the new process', (await invoke(cloud, worker, { exit: false })).body, 1);
  },
);

behaviour(
  'A call that takes longer than the time-out is ended and answered as timed out, and the next one begins anew',
  { page: LAMBDA.lifecycle, reliedOn: 'statemachines — Sandbox.Timedout is retried' },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      timeout: 1,
      does: async ({ slow }: { slow: boolean }, { pause }) => {
        if (slow) await pause(5_000);
        return 'well';
      },
    });
    await invoke(cloud, worker, { slow: false });
    const { failed, body } = await invoke(cloud, worker, { slow: true });
    expectSeen('answer', [failed, JSON.stringify(body)], [true, expect.stringContaining('timed out')]);
    expectSeen('error type', body, expect.objectContaining({ errorType: 'Sandbox.Timedout' }));
    expectSeen('the next answer', (await invoke(cloud, worker, { slow: false })).body, 'well');
  },
);

behaviour(
  'An environment that is warm keeps what the handler left in memory',
  { page: LAMBDA.lifecycle, reliedOn: 'shared/lambda — ports are made once' },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        const known = globalThis as { calls?: number };
        known.calls = (known.calls ?? 0) + 1;
        return known.calls;
      },
    });
    await invoke(cloud, worker);
    expectSeen('second answer', (await invoke(cloud, worker)).body, 2);
  },
);

behaviour('A call of more than 6 MB is refused', { page: LAMBDA.invoke }, async (cloud) => {
  const worker = await makeWorker(cloud, { does: () => 'taken' });
  const name = await errorOf(invoke(cloud, worker, { text: 'x'.repeat(6_400_000) }));
  expectSeen('answered', name, 'RequestTooLargeException');
});

behaviour(
  'An asynchronous call that fails is tried two more times, and then told to the failure destination',
  { page: LAMBDA.asyncErrors },
  async (cloud) => {
    const failures = await makeQueue(cloud, { as: 'failures' });
    const worker = await makeWorker(cloud, {
      does: async (_event: object, { note }) => {
        await note('called');
        throw new Error('never');
      },
    });
    await tellOf(cloud, worker, { onFailure: failures.arn });
    await invokeLater(cloud, worker, { n: 1 });
    const timeoutMs = cloud.place.target === 'aws' ? 400_000 : 15_000;
    const [told] = await received(cloud, failures, 1, { what: 'word of the failure', timeoutMs });
    const body = toldBy(told);
    expectSeen('calls', await notesOf(cloud, worker), ['called', 'called', 'called']);
    expectSeen(
      'told',
      [body.requestContext?.condition, body.requestContext?.approximateInvokeCount, body.requestPayload],
      ['RetriesExhausted', 3, { n: 1 }],
    );
  },
);

behaviour(
  'An asynchronous call that succeeds is told to the success destination',
  { page: LAMBDA.destinations },
  async (cloud) => {
    const successes = await makeQueue(cloud, { as: 'successes' });
    const worker = await makeWorker(cloud, { does: () => ({ answer: 42 }) });
    await tellOf(cloud, worker, { onSuccess: successes.arn });
    await invokeLater(cloud, worker, { n: 1 });
    const [told] = await received(cloud, successes, 1, { what: 'word of the success' });
    const body = toldBy(told);
    expectSeen('told', body.responsePayload, { answer: 42 });
  },
);

behaviour(
  'A maximum of no retries lets an asynchronous call run once',
  { page: LAMBDA.asyncErrors },
  async (cloud) => {
    const failures = await makeQueue(cloud, { as: 'failures' });
    const worker = await makeWorker(cloud, {
      does: async (_event: object, { note }) => {
        await note('called');
        throw new Error('never');
      },
    });
    await tellOf(cloud, worker, { retries: 0, onFailure: failures.arn });
    await invokeLater(cloud, worker, {});
    await received(cloud, failures, 1, { what: 'word of the failure' });
    expectSeen('calls', await notesOf(cloud, worker), ['called']);
  },
);

behaviour(
  'Calls beyond the reserved concurrency are refused as too many',
  { page: LAMBDA.concurrency },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async (_event: object, { note, pause }) => {
        await note('began');
        await pause(2_000);
      },
    });
    const FunctionName = worker.name;
    const command = new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 });
    await cloud.client(LambdaClient).send(command);
    const first = invoke(cloud, worker);
    await notesWhen(cloud, worker, (all) => all.length === 1, { what: 'the first call' });
    expectSeen('beside the first', await errorOf(invoke(cloud, worker)), 'TooManyRequestsException');
    expectSeen('the first', (await first).failed, false);
  },
);

behaviour(
  'A published version keeps its code when the function gets another',
  { page: LAMBDA.versions },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: () => 'old' });
    const version = await publish(cloud, worker);
    await deploy(cloud, worker, () => 'new');
    const answers = [(await invoke(cloud, worker, {}, version)).body, (await invoke(cloud, worker)).body];
    expectSeen('answers', answers, ['old', 'new']);
  },
);

behaviour(
  'An alias with weights sends that part of the calls to the other version',
  { page: LAMBDA.aliases },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: () => 'old' });
    const old = await publish(cloud, worker);
    await deploy(cloud, worker, () => 'new');
    const fresh = await publish(cloud, worker);
    await cloud.client(LambdaClient).send(
      new CreateAliasCommand({
        FunctionName: worker.name,
        Name: 'live',
        FunctionVersion: old,
        RoutingConfig: { AdditionalVersionWeights: { [fresh]: 0.5 } },
      }),
    );
    const answers = [];
    for (let n = 0; n < 40; n++) answers.push((await invoke(cloud, worker, {}, 'live')).body);
    const toNew = answers.filter((answer) => answer === 'new').length;
    // Outside of these bounds once in 20,000 times.
    expectSeen('calls to the new version', toNew >= 8 && toNew <= 32, true);
  },
);
