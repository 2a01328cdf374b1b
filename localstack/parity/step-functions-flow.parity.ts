import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { makeWorker, notesOf, notesWhen, type Worker } from './harness/lambda.ts';
import { call, ended, historyOf, type Machine, makeMachine, run, start } from './harness/machine.ts';
import { STEP_FUNCTIONS } from './harness/pages.ts';
import { makeQueue, type Queue, received } from './harness/sqs.ts';

/** A task that waits until somebody sends the token back which its Lambda got. */
const ask = (worker: Worker, more: object = {}) =>
  call(worker, {
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: worker.arn, Payload: { token: '{% $states.context.Task.Token %}' } },
    Output: '{% $states.result %}',
    ...more,
  });

/** A machine that sends its token to a queue, and waits so many seconds. */
const makeSender = async (cloud: Cloud, seconds: number): Promise<{ queue: Queue; machine: Machine }> => {
  const queue = await makeQueue(cloud);
  const machine = await makeMachine(cloud, {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        TimeoutSeconds: seconds,
        Arguments: {
          QueueUrl: queue.url,
          MessageBody:
            "{% $states.context.{ 'token': Task.Token, 'input': Execution.Input, 'nested': { 'list': [1, 2] } } %}",
        },
        End: true,
      },
    },
  });
  return { queue, machine };
};

const makeAsker = async (cloud: Cloud, more: object = {}): Promise<{ worker: Worker; machine: Machine }> => {
  const worker = await makeWorker(cloud, {
    does: ({ token }: { token: string }, { note }) => note(token),
  });
  const machine = await makeMachine(cloud, { StartAt: 'Ask', States: { Ask: ask(worker, more) } });
  return { worker, machine };
};

const tokenOf = async (cloud: Cloud, worker: Worker): Promise<string> => {
  const [taskToken] = await notesWhen<string>(cloud, worker, (all) => all.length > 0, { what: 'the token' });
  return taskToken ?? '';
};

behaviour(
  'A task with a token goes on with what is sent for it, and the token is good once',
  { page: STEP_FUNCTIONS.tokens },
  async (cloud) => {
    const sfn = cloud.client(SFNClient);
    const { worker, machine } = await makeAsker(cloud, { TimeoutSeconds: 20 });
    const execution = await start(cloud, machine);
    const answer = new SendTaskSuccessCommand({
      taskToken: await tokenOf(cloud, worker),
      output: '{"answer":42}',
    });
    await sfn.send(answer);
    const { status, output } = await ended(cloud, execution);
    expectSeen('ended', [status, output], ['SUCCEEDED', { answer: 42 }]);
    const again = await errorOf(sfn.send(answer));
    expectSeen('sent again', ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'].includes(again), true);
  },
);

behaviour(
  'A task with a token fails with the name that is sent for it',
  { page: STEP_FUNCTIONS.tokens },
  async (cloud) => {
    const { worker, machine } = await makeAsker(cloud, { TimeoutSeconds: 20 });
    const execution = await start(cloud, machine);
    const taskToken = await tokenOf(cloud, worker);
    await cloud
      .client(SFNClient)
      .send(new SendTaskFailureCommand({ taskToken, error: 'Refused', cause: 'no' }));
    const { status, error, cause } = await ended(cloud, execution);
    expectSeen('ended', [status, error, cause], ['FAILED', 'Refused', 'no']);
  },
);

const ON_TOKENS = 'paytm-saga — a payment waits for its payer, and for money that comes late';

behaviour(
  'A task sends its token to a queue as JSON, and goes on with what is sent for it',
  { page: STEP_FUNCTIONS.tokens, reliedOn: ON_TOKENS },
  async (cloud) => {
    const { queue, machine } = await makeSender(cloud, 20);
    const execution = await start(cloud, machine, { of: 'saga' });
    const [message] = await received(cloud, queue, 1, { what: 'the message' });
    const { token, input, nested } = JSON.parse(message?.Body ?? '{}');
    expectSeen('the message', [typeof token, input, nested], ['string', { of: 'saga' }, { list: [1, 2] }]);
    const command = new SendTaskSuccessCommand({ taskToken: token, output: '{"answer":42}' });
    await cloud.client(SFNClient).send(command);
    const { status, output } = await ended(cloud, execution);
    expectSeen('ended', [status, output], ['SUCCEEDED', { answer: 42 }]);
  },
);

behaviour(
  'A task whose token nobody sends back fails with States.Timeout, and the token is good no more',
  { page: STEP_FUNCTIONS.tokens, reliedOn: ON_TOKENS },
  async (cloud) => {
    const { queue, machine } = await makeSender(cloud, 2);
    const execution = await start(cloud, machine);
    const [message] = await received(cloud, queue, 1, { what: 'the message' });
    const { status, error } = await ended(cloud, execution);
    expectSeen('ended', [status, error], ['FAILED', 'States.Timeout']);
    const taskToken = (JSON.parse(message?.Body ?? '{}') as { token: string }).token;
    const command = new SendTaskSuccessCommand({ taskToken, output: '{}' });
    const late = await errorOf(cloud.client(SFNClient).send(command));
    expectSeen('sent late', ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'].includes(late), true);
  },
);

behaviour(
  'A task with a token whose Lambda throws fails at once, not at its time-out',
  { page: STEP_FUNCTIONS.tokens },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw Object.assign(new Error('cannot ask'), { name: 'CannotAskError' });
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Ask',
      States: { Ask: ask(worker, { TimeoutSeconds: 8 }) },
    });
    const { status, error } = await run(cloud, machine);
    expectSeen('ended', [status, error], ['FAILED', 'CannotAskError']);
  },
);

behaviour(
  'A task that is silent for longer than its heartbeat fails, and a heartbeat keeps it alive',
  { page: STEP_FUNCTIONS.task },
  async (cloud) => {
    const sfn = cloud.client(SFNClient);
    const { worker, machine } = await makeAsker(cloud, { HeartbeatSeconds: 2, TimeoutSeconds: 12 });
    const began = performance.now();
    const execution = await start(cloud, machine);
    const taskToken = await tokenOf(cloud, worker);
    const beat = () => sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
    await waitFor(
      async () => {
        await beat();
        return performance.now() - began > 3_500;
      },
      { what: 'three and a half seconds', everyMs: 500 },
    );
    const command = new DescribeExecutionCommand({ executionArn: execution });
    expectSeen('with heartbeats', (await sfn.send(command)).status, 'RUNNING');
    const { status, error } = await ended(cloud, execution, 7_000);
    expectSeen('without', [status, error], ['FAILED', 'States.HeartbeatTimeout']);
  },
);

behaviour(
  'When one branch of a Parallel fails the others are stopped: what they had not begun is not done',
  { page: STEP_FUNCTIONS.parallel },
  async (cloud) => {
    const fails = await makeWorker(cloud, {
      as: 'fails',
      does: () => {
        throw Object.assign(new Error('bad'), { name: 'BranchError' });
      },
    });
    const later = await makeWorker(cloud, { as: 'later', does: (_event: object, { note }) => note('done') });
    const machine = await makeMachine(cloud, {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'Fail', States: { Fail: call(fails) } },
            {
              StartAt: 'Wait',
              States: { Wait: { Type: 'Wait', Seconds: 3, Next: 'Later' }, Later: call(later) },
            },
          ],
          Catch: [{ ErrorEquals: ['BranchError'], Next: 'Over' }],
          End: true,
        },
        Over: { Type: 'Wait', Seconds: 4, End: true },
      },
    });
    const { status } = await run(cloud, machine);
    expectSeen('ended', status, 'SUCCEEDED');
    expectSeen('done by the other branch', await notesOf(cloud, later), []);
  },
);

behaviour(
  'A Map does each item, at most as many at once as it says, and keeps their order',
  { page: STEP_FUNCTIONS.map },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async ({ n }: { n: number }, { note, pause }) => {
        const began = Date.now();
        await pause(300);
        await note({ began, ended: Date.now() });
        return n * 10;
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          Items: '{% $states.input.items %}',
          MaxConcurrency: 2,
          ItemProcessor: { StartAt: 'Do', States: { Do: call(worker) } },
          End: true,
        },
      },
    });
    const items = [1, 2, 3, 4, 5].map((n) => ({ n }));
    expectSeen('output', (await run(cloud, machine, { items })).output, [10, 20, 30, 40, 50]);
    const calls = await notesOf<{ began: number; ended: number }>(cloud, worker);
    const overlap = calls.map(
      ({ began }) => calls.filter((other) => other.began <= began && began < other.ended).length,
    );
    expectSeen('at once', Math.max(...overlap) <= 2, true);
  },
);

behaviour(
  'The history tells the states inside of a Parallel and the iterations of a Map',
  { page: STEP_FUNCTIONS.history },
  async (cloud) => {
    const inner = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const machine = await makeMachine(cloud, {
      StartAt: 'Both',
      States: {
        Both: { Type: 'Parallel', Branches: [inner('Left'), inner('Right')], Next: 'Each' },
        Each: { Type: 'Map', Items: [1, 2], ItemProcessor: inner('Item'), End: true },
      },
    });
    const events = await historyOf(cloud, (await run(cloud, machine)).arn);
    const entered = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
    expectSeen('states entered', entered.toSorted(), ['Both', 'Each', 'Item', 'Item', 'Left', 'Right']);
    const iterations = events.filter(({ type }) => type === 'MapIterationSucceeded').length;
    expectSeen('iterations', iterations, 2);
  },
);
