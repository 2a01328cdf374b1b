import { DescribeExecutionCommand, RedriveExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { makeRole, mayNote } from './harness/iam.ts';
import { makeWorker, notesOf, notesWhen } from './harness/lambda.ts';
import { call, historyOf, makeMachine, run, start } from './harness/machine.ts';
import { STEP_FUNCTIONS } from './harness/pages.ts';

behaviour(
  'An execution that runs longer than its machine allows is TIMED_OUT',
  { page: STEP_FUNCTIONS.structure },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Wait',
      TimeoutSeconds: 2,
      States: { Wait: { Type: 'Wait', Seconds: 6, End: true } },
    });
    expectSeen('ended', (await run(cloud, machine)).status, 'TIMED_OUT');
  },
);

behaviour(
  'Starting an execution of the same name and input again gives the first one while it runs, and is refused for another input',
  { page: STEP_FUNCTIONS.start, reliedOn: 'functions/paytm-saga — the execution is named after its payment' },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 3, End: true } },
    });
    const first = await start(cloud, machine, { n: 1 }, 'payment-1');
    const other = await errorOf(start(cloud, machine, { n: 2 }, 'payment-1'));
    expectSeen('with another input', other, 'ExecutionAlreadyExists');
    const again = await start(cloud, machine, { n: 1 }, 'payment-1').catch((thrown: unknown) =>
      thrown instanceof Error ? thrown.name : '',
    );
    // Our code takes the error for the same answer.
    expectSeen('with the same input', [first, 'ExecutionAlreadyExists'].includes(again), true);
  },
);

behaviour(
  'Starting an execution of the same name and input again succeeds with the same ARN',
  { page: STEP_FUNCTIONS.start },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 3, End: true } },
    });
    const first = await start(cloud, machine, { n: 1 }, 'payment-1');
    const again = await start(cloud, machine, { n: 1 }, 'payment-1').catch((thrown: unknown) =>
      thrown instanceof Error ? thrown.name : '',
    );
    expectSeen('answered', again === first ? 'the same ARN' : again, 'the same ARN');
  },
);

behaviour(
  'The history tells states entered and exited, each try of a task and its error, in order',
  { page: STEP_FUNCTIONS.history, reliedOn: 'localstack/cli — dabba trace' },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw Object.assign(new Error('again'), { name: 'TransientError' });
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: {
        Do: call(worker, {
          Retry: [{ ErrorEquals: ['TransientError'], IntervalSeconds: 1, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Over' }],
        }),
        Over: { Type: 'Succeed' },
      },
    });
    const { arn } = await run(cloud, machine);
    const events = await historyOf(cloud, arn);
    const told = events.flatMap(
      ({ type, stateEnteredEventDetails: entered, taskFailedEventDetails: failed }) => {
        if (entered) return `enters ${entered.name}`;
        return failed ? `${failed.error}` : type === 'ExecutionSucceeded' ? 'succeeds' : [];
      },
    );
    expectSeen('told', told, ['enters Do', 'TransientError', 'TransientError', 'enters Over', 'succeeds']);
    const ids = events.map(({ id }) => id ?? 0);
    expectSeen(
      'ids in order',
      ids,
      ids.toSorted((a, b) => a - b),
    );
  },
);

behaviour(
  'A task that the role of the machine does not allow is refused, and so the execution fails',
  { page: STEP_FUNCTIONS.role },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: (_event: object, { note }) => note('called') });
    const role = await makeRole(cloud, 'states', [mayNote(cloud)]);
    const machine = await makeMachine(cloud, { StartAt: 'Do', States: { Do: call(worker) } }, { role });
    const { status, error, cause } = await run(cloud, machine);
    expectSeen('calls', await notesOf(cloud, worker), []);
    expectSeen('status', status, 'FAILED');
    expectSeen('error', `${error} ${cause}`, expect.stringMatching(/AccessDenied|not authorized/i));
  },
);

behaviour(
  'What a state puts out may have 256 KiB and no more',
  { page: STEP_FUNCTIONS.limits },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: ({ size }: { size: number }) => 'x'.repeat(size) });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: { Do: call(worker, { Next: 'Over' }), Over: { Type: 'Pass', Output: 'done', End: true } },
    });
    const [small, large] = await Promise.all([
      run(cloud, machine, { size: 200_000 }),
      run(cloud, machine, { size: 300_000 }),
    ]);
    expectSeen('200 kB', small.status, 'SUCCEEDED');
    expectSeen('300 kB', [large.status, large.error], ['FAILED', 'States.DataLimitExceeded']);
  },
);

behaviour(
  'A redriven execution goes on from the state that failed, and does not repeat what succeeded',
  { page: STEP_FUNCTIONS.redrive, reliedOn: 'functions/console — an operator redrives an execution' },
  async (cloud) => {
    const sfn = cloud.client(SFNClient);
    const first = await makeWorker(cloud, { as: 'first', does: (_event: object, { note }) => note('first') });
    const second = await makeWorker(cloud, {
      as: 'second',
      does: async (_event: object, { note }) => {
        const known = globalThis as { failed?: boolean };
        await note('second');
        if (!known.failed) {
          known.failed = true;
          throw new Error('once');
        }
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'First',
      States: { First: call(first, { Next: 'Second' }), Second: call(second) },
    });
    const { arn: executionArn, status } = await run(cloud, machine);
    expectSeen('before', status, 'FAILED');
    await sfn.send(new RedriveExecutionCommand({ executionArn }));
    await notesWhen(cloud, second, (all) => all.length >= 2, { what: 'the second try' });
    await waitFor(
      async () => (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status === 'SUCCEEDED',
      { what: 'the end' },
    );
    expectSeen('first calls', await notesOf(cloud, first), ['first']);
  },
);

behaviour(
  "A redrive with the client token of an earlier one gets that one's answer, and starts nothing",
  {
    page: STEP_FUNCTIONS.redrive,
    reliedOn: 'functions/console — a redrive is asked for once more by its key',
  },
  async (cloud) => {
    const sfn = cloud.client(SFNClient);
    const worker = await makeWorker(cloud, {
      does: async (_event: object, { note }) => {
        await note('called');
        throw new Error('always');
      },
    });
    const machine = await makeMachine(cloud, { StartAt: 'Do', States: { Do: call(worker) } });
    const { arn: executionArn } = await run(cloud, machine);
    const redriven = async () =>
      (await sfn.send(new RedriveExecutionCommand({ executionArn, clientToken: 'one' }))).redriveDate;
    const first = await redriven();
    await waitFor(
      async () =>
        (await notesOf(cloud, worker)).length === 2 &&
        (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status === 'FAILED',
      { what: 'the redrive to fail' },
    );
    expectSeen('same date', (await redriven())?.getTime() === first?.getTime(), true);
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expectSeen('then', [status, (await notesOf(cloud, worker)).length], ['FAILED', 2]);
  },
);

behaviour(
  'Only an execution that failed, timed out or was stopped is redriven',
  { page: STEP_FUNCTIONS.redrive, reliedOn: 'functions/console — a redrive is refused by name' },
  async (cloud) => {
    const sfn = cloud.client(SFNClient);
    const machine = await makeMachine(cloud, {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 2, End: true } },
    });
    const redrive = (executionArn: string) => sfn.send(new RedriveExecutionCommand({ executionArn }));
    const executionArn = await start(cloud, machine, {}, 'goes-on');
    expectSeen('running', await errorOf(redrive(executionArn)), 'ExecutionNotRedrivable');
    const { arn: ended } = await run(cloud, machine);
    expectSeen('succeeded', await errorOf(redrive(ended)), 'ExecutionNotRedrivable');
    expectSeen('missing', await errorOf(redrive(`${ended}-not`)), 'ExecutionDoesNotExist');
  },
);
