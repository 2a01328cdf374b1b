import { expect } from 'vitest';
import { behaviour } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeWorker } from './harness/lambda.ts';
import { call, makeMachine, run } from './harness/machine.ts';
import { STEP_FUNCTIONS } from './harness/pages.ts';

const MACHINE = 'statemachines — the payment machine';

behaviour(
  'What a state assigns is read by later states, by choices and by catches',
  { page: STEP_FUNCTIONS.variables, reliedOn: MACHINE },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw Object.assign(new Error('no'), { name: 'SomeError' });
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Assign: { amount: '{% $states.input.amount * 2 %}' }, Next: 'Which' },
        Which: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $amount > 10 %}', Assign: { size: 'large' }, Next: 'Do' }],
          Default: 'Small',
        },
        Do: call(worker, {
          Catch: [
            { ErrorEquals: ['SomeError'], Assign: { why: '{% $states.errorOutput.Error %}' }, Next: 'Over' },
          ],
        }),
        Small: { Type: 'Fail' },
        Over: { Type: 'Pass', Output: '{% { "amount": $amount, "size": $size, "why": $why } %}', End: true },
      },
    });
    const { output } = await run(cloud, machine, { amount: 21 });
    expectSeen('output', output, { amount: 42, size: 'large', why: 'SomeError' });
  },
);

behaviour(
  'The context object tells a task its execution, state and retry count',
  { page: STEP_FUNCTIONS.context, reliedOn: MACHINE },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: (event: { retryCount: number }) => {
        if (event.retryCount === 0) throw new Error('once');
        return event;
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: {
        Do: call(worker, {
          Arguments: {
            FunctionName: worker.arn,
            Payload:
              '{% $states.context.{ "name": Execution.Name, "state": State.Name, "retryCount": State.RetryCount, "input": Execution.Input } %}',
          },
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1 }],
        }),
      },
    });
    const { output, arn } = await run(cloud, machine, { n: 1 });
    expectSeen('told', output, { name: arn.split(':').at(-1), state: 'Do', retryCount: 1, input: { n: 1 } });
  },
);

behaviour(
  'A Succeed state puts out what its Output says',
  { page: STEP_FUNCTIONS.succeed },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Over',
      States: { Over: { Type: 'Succeed', Output: { n: '{% $states.input.n + 1 %}' } } },
    });
    expectSeen('output', (await run(cloud, machine, { n: 1 })).output, { n: 2 });
  },
);

behaviour(
  'A Fail state names its error and cause by expressions',
  { page: STEP_FUNCTIONS.fail, reliedOn: MACHINE },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Over',
      States: {
        Over: {
          Type: 'Fail',
          Error: '{% $states.input.name %}',
          Cause: "{% 'because of ' & $states.input.name %}",
        },
      },
    });
    const { status, error, cause } = await run(cloud, machine, { name: 'SomeError' });
    expectSeen('ended', [status, error, cause], ['FAILED', 'SomeError', 'because of SomeError']);
  },
);

behaviour(
  'A Parallel state shapes its Output and assigns from the results of its branches',
  { page: STEP_FUNCTIONS.transform },
  async (cloud) => {
    const branch = (name: string, value: number) => ({
      StartAt: name,
      States: { [name]: { Type: 'Pass', Output: value, End: true } },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [branch('Left', 1), branch('Right', 2)],
          Assign: { sum: '{% $sum($states.result) %}' },
          Output: { left: '{% $states.result[0] %}' },
          Next: 'Over',
        },
        Over: { Type: 'Pass', Output: '{% { "left": $states.input.left, "sum": $sum } %}', End: true },
      },
    });
    expectSeen('output', (await run(cloud, machine)).output, { left: 1, sum: 3 });
  },
);

behaviour(
  'A variable that a branch assigns is not seen outside of it',
  { page: STEP_FUNCTIONS.variables },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Assign: { where: 'outside' }, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'In', States: { In: { Type: 'Pass', Assign: { inner: 'inside' }, End: true } } },
          ],
          Next: 'Over',
        },
        Over: { Type: 'Pass', Output: '{% { "where": $where, "inner": $exists($inner) } %}', End: true },
      },
    });
    const { status, output } = await run(cloud, machine);
    expectSeen('ended', [status, output], ['SUCCEEDED', { where: 'outside', inner: false }]);
  },
);

behaviour(
  'All values that one state assigns are computed from the variables as they were when it began',
  { page: STEP_FUNCTIONS.variables },
  async (cloud) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'Swap' },
        Swap: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Next: 'Over' },
        Over: { Type: 'Pass', Output: '{% [$a, $b] %}', End: true },
      },
    });
    expectSeen('after the swap', (await run(cloud, machine)).output, [2, 1]);
  },
);

behaviour(
  'An expression that fails is States.QueryEvaluationError, which a catch of all errors gets',
  { page: STEP_FUNCTIONS.transform },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: () => 'text' });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: {
        Do: call(worker, {
          Output: '{% $states.result.Payload * 2 %}',
          Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Over' }],
        }),
        Over: { Type: 'Succeed' },
      },
    });
    const { status, output } = await run(cloud, machine);
    expectSeen('ended', [status, output], ['SUCCEEDED', 'States.QueryEvaluationError']);
  },
);

behaviour(
  'A definition without the state that it starts at is refused',
  { page: STEP_FUNCTIONS.structure },
  async (cloud) => {
    const made = makeMachine(cloud, { StartAt: 'Missing', States: { Other: { Type: 'Succeed' } } }).then(
      () => 'made',
      (thrown: unknown) => (thrown instanceof Error ? thrown.name : ''),
    );
    expectSeen('answered', await made, expect.stringMatching(/^InvalidDefinition/));
  },
);
