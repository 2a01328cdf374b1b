import { expect } from 'vitest';
import { behaviour } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeWorker, notesOf } from './harness/lambda.ts';
import { call, ended, makeMachine, run, start } from './harness/machine.ts';
import { STEP_FUNCTIONS } from './harness/pages.ts';

const MACHINE = 'statemachines — retries and catches by name';

behaviour(
  'A task whose Lambda throws fails with the name of the error, and a catch by that name goes on',
  { page: STEP_FUNCTIONS.errors, reliedOn: MACHINE },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw Object.assign(new Error('not enough'), { name: 'InsufficientFundsError' });
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Hold',
      States: {
        Hold: call(worker, {
          Catch: [
            { ErrorEquals: ['OtherError'], Next: 'Other' },
            {
              ErrorEquals: ['InsufficientFundsError'],
              Next: 'Declined',
              Output:
                '{% { "error": $states.errorOutput.Error, "cause": $parse($states.errorOutput.Cause).errorMessage } %}',
            },
          ],
        }),
        Other: { Type: 'Fail' },
        Declined: { Type: 'Pass', End: true },
      },
    });
    const { status, output } = await run(cloud, machine);
    expectSeen(
      'ended',
      [status, output],
      ['SUCCEEDED', { error: 'InsufficientFundsError', cause: 'not enough' }],
    );
  },
);

behaviour(
  'An error that nothing catches fails the execution with its name and cause',
  { page: STEP_FUNCTIONS.errors, reliedOn: MACHINE },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw Object.assign(new Error('gone'), { name: 'AccountMissingError' });
      },
    });
    const { status, error, cause } = await run(
      cloud,
      await makeMachine(cloud, { StartAt: 'Do', States: { Do: call(worker) } }),
    );
    expectSeen(
      'ended',
      [status, error, cause],
      ['FAILED', 'AccountMissingError', expect.stringContaining('gone')],
    );
  },
);

behaviour(
  'A retry by name tries again as often as it says, and no other error is retried',
  { page: STEP_FUNCTIONS.errors, reliedOn: MACHINE },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async ({ name }: { name: string }, { note }) => {
        await note(name);
        throw Object.assign(new Error('again'), { name });
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: {
        Do: call(worker, {
          Retry: [{ ErrorEquals: ['TransientError'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }],
        }),
      },
    });
    const [transient, other] = await Promise.all([
      run(cloud, machine, { name: 'TransientError' }),
      run(cloud, machine, { name: 'OtherError' }),
    ]);
    expectSeen('ended', [transient.error, other.error], ['TransientError', 'OtherError']);
    const notes = await notesOf<string>(cloud, worker);
    const times = (name: string) => notes.filter((note) => note === name).length;
    expectSeen('calls', [times('TransientError'), times('OtherError')], [3, 1]);
  },
);

behaviour(
  'The wait before a retry does not grow beyond MaxDelaySeconds',
  { page: STEP_FUNCTIONS.errors },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async (_event: object, { note }) => {
        await note(Date.now());
        throw new Error('again');
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: {
        Do: call(worker, {
          Retry: [
            {
              ErrorEquals: ['States.ALL'],
              IntervalSeconds: 1,
              MaxAttempts: 2,
              BackoffRate: 5,
              MaxDelaySeconds: 2,
            },
          ],
        }),
      },
    });
    await ended(cloud, await start(cloud, machine), 40_000);
    const at = await notesOf<number>(cloud, worker);
    // Five seconds without the limit.
    expectSeen('the second wait is short', (at[2] ?? 0) - (at[1] ?? 0) < 4_000, true);
  },
);

behaviour(
  'With full jitter the waits before a retry are spread between nothing and the whole interval',
  { page: STEP_FUNCTIONS.errors },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async ({ one }: { one: number }, { note }) => {
        await note({ one, at: Date.now() });
        throw new Error('again');
      },
    });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: {
        Do: call(worker, {
          Retry: [
            {
              ErrorEquals: ['States.ALL'],
              IntervalSeconds: 4,
              MaxAttempts: 1,
              BackoffRate: 1,
              JitterStrategy: 'FULL',
            },
          ],
        }),
      },
    });
    await Promise.all(Array.from({ length: 6 }, (_, one) => run(cloud, machine, { one })));
    const notes = await notesOf<{ one: number; at: number }>(cloud, worker);
    const waits = Array.from({ length: 6 }, (_, one) => {
      const [first, second] = notes.filter((note) => note.one === one).map(({ at }) => at);
      return (second ?? 0) - (first ?? 0);
    });
    // Six waits of which none is below 3.5 s happen by chance once in 260,000 times.
    expectSeen('some wait is shorter', Math.min(...waits) < 3_500, true);
  },
);

behaviour(
  'A task that is not done within its time-out fails with States.Timeout',
  { page: STEP_FUNCTIONS.task, reliedOn: MACHINE },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: (_event: object, { pause }) => pause(4_000) });
    const machine = await makeMachine(cloud, {
      StartAt: 'Do',
      States: { Do: call(worker, { TimeoutSeconds: 1 }) },
    });
    const { status, error } = await run(cloud, machine);
    expectSeen('ended', [status, error], ['FAILED', 'States.Timeout']);
  },
);
