import { describe, expect, it } from 'vitest';
import definition from '../../statemachines/paytm-saga/payment.asl.json' with { type: 'json' };
import type { Attempt, Run, Visit } from './run.ts';
import { type State, type States, statesOf, waitingIn } from './waiting.ts';

const at = (second: number) => new Date(second * 1_000).toISOString();
const failed = (second: number, error: string): Attempt => ({
  ...{ events: [], scheduledAt: at(second - 1), endedAt: at(second), outcome: 'failed', error },
});
const asked: Attempt = { events: [], scheduledAt: at(10), startedAt: at(11), outcome: 'open' };
const visit = (of: Partial<Visit>): Visit => ({
  ...{ state: 'Do', kind: 'Task', enteredAt: at(1), attempts: [], outcome: 'open', events: [] },
  ...of,
});
const run = (...visits: Visit[]): Run => ({ outcome: 'open', visits, own: [], missing: [] });
const states = (of: Partial<State> = {}): States => ({ Do: { Type: 'Task', ...of } });
const TRANSIENT = { ErrorEquals: ['TransientError'], IntervalSeconds: 2, MaxAttempts: 3 };

describe('a run waits', () => {
  it('for nothing once it has ended', () => {
    expect(waitingIn({ ...run(visit({ outcome: 'done' })), outcome: 'succeeded' }, states())).toEqual([]);
  });

  it('for a worker, by its name, until its time is over', () => {
    const FunctionName = 'arn:aws:lambda:ap-south-1:000000000000:function:paytm-saga-check-kyc';
    const task = states({ Arguments: { FunctionName }, TimeoutSeconds: 15 });
    expect(waitingIn(run(visit({ attempts: [asked] })), task)).toEqual([
      { kind: 'worker', state: 'Do', who: 'paytm-saga-check-kyc', since: at(10), until: at(25) },
    ]);
  });

  it('for whoever has the token, from when that was sent', () => {
    const QueueUrl = 'http://localhost:4566/000000000000/paytm-saga-await-bank';
    const Resource = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
    const task = states({ Resource, Arguments: { QueueUrl }, TimeoutSeconds: 20 });
    const sent = { ...asked, submittedAt: at(12) };
    expect(waitingIn(run(visit({ attempts: [sent] })), task)).toEqual([
      { kind: 'token', state: 'Do', who: 'paytm-saga-await-bank', since: at(12), until: at(30) },
    ]);
    // The local cloud does not say when it sent it.
    expect(waitingIn(run(visit({ attempts: [asked] })), task)).toMatchObject([
      { kind: 'token', since: at(10) },
    ]);
  });

  it('with no names and times that the definition computes', () => {
    const task = states({ Arguments: { FunctionName: '{% $name %}' }, TimeoutSeconds: '{% $left %}' });
    expect(waitingIn(run(visit({ attempts: [asked] })), task)).toEqual([
      { kind: 'worker', state: 'Do', since: at(10) },
    ]);
  });

  it.each([
    [1, at(7), at(7)],
    [2, at(9), at(9)],
    [3, at(13), at(13)],
  ])('for retry %s of three, later each time', (retry, from, by) => {
    const attempts = Array.from({ length: retry }, () => failed(5, 'TransientError'));
    expect(waitingIn(run(visit({ attempts })), states({ Retry: [TRANSIENT] }))).toEqual([
      { kind: 'retry', state: 'Do', error: 'TransientError', retry, of: 3, from, by },
    ]);
  });

  it('for a retry at once or up to its delay where there is jitter, and no longer than the longest', () => {
    const Retry = [{ ...TRANSIENT, JitterStrategy: 'FULL' as const, MaxDelaySeconds: 3 }];
    const attempts = [failed(2, 'TransientError'), failed(5, 'TransientError')];
    expect(waitingIn(run(visit({ attempts })), states({ Retry }))).toMatchObject([
      { kind: 'retry', retry: 2, from: at(5), by: at(8) },
    ]);
  });

  it('for the engine when nothing tries again: no retrier knows the error, or all tries are used up', () => {
    const engine = [{ kind: 'engine', state: 'Do' }];
    const task = states({ Retry: [TRANSIENT] });
    expect(waitingIn(run(visit({ attempts: [failed(5, 'NotFoundError')] })), task)).toEqual(engine);
    const attempts = Array.from({ length: 4 }, () => failed(5, 'TransientError'));
    expect(waitingIn(run(visit({ attempts })), task)).toEqual(engine);
  });

  it.each([
    ['States.ALL', 'Anything', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.TaskFailed', 'Anything', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.Timeout', true],
  ])('a retrier of %s takes %s: %s', (name, error, takes) => {
    const Retry = [{ ErrorEquals: [name] }];
    const [waiting] = waitingIn(run(visit({ attempts: [failed(5, error)] })), states({ Retry }));
    expect(waiting?.kind).toBe(takes ? 'retry' : 'engine');
  });

  it('for each retrier counts for itself', () => {
    const Retry = [TRANSIENT, { ErrorEquals: ['States.ALL'], MaxAttempts: 1 }];
    const attempts = [failed(2, 'TransientError'), failed(3, 'TransientError'), failed(5, 'Other')];
    expect(waitingIn(run(visit({ attempts })), states({ Retry }))).toMatchObject([
      { error: 'Other', retry: 1, of: 1, by: at(6) },
    ]);
  });

  it('for a time, where the definition says which', () => {
    const rest = visit({ kind: 'Wait' });
    const waits = (state: Partial<State>) => waitingIn(run(rest), { Do: { Type: 'Wait', ...state } });
    expect(waits({ Seconds: 30 })).toEqual([{ kind: 'time', state: 'Do', since: at(1), until: at(31) }]);
    expect(waits({ Timestamp: '2026-11-28T10:00:00Z' })).toMatchObject([
      { until: '2026-11-28T10:00:00.000Z' },
    ]);
    expect(waits({ Seconds: '{% $rest %}' })).toEqual([{ kind: 'time', state: 'Do', since: at(1) }]);
  });

  it('for what runs in its branches, and not for the Parallel around it', () => {
    const both = visit({ state: 'Both', kind: 'Parallel' });
    const left = visit({ state: 'Left', within: 0, attempts: [asked] });
    const right = visit({ state: 'Right', within: 0, outcome: 'done' });
    expect(waitingIn(run(both, left, right), {})).toMatchObject([{ kind: 'worker', state: 'Left' }]);
    const done = { ...left, outcome: 'done' as const };
    expect(waitingIn(run(both, done, right), {})).toEqual([{ kind: 'engine', state: 'Both' }]);
  });

  it('for the engine between two states, and for nobody knows what behind a gap', () => {
    expect(waitingIn(run(visit({ outcome: 'done' })), {})).toEqual([{ kind: 'engine' }]);
    expect(waitingIn(run(visit({ outcome: 'unknown' })), {})).toEqual([{ kind: 'unknown' }]);
  });
});

describe('the states of a definition', () => {
  it('are all of them by name, in branches too', () => {
    const inner = { Type: 'Pass' };
    const text = JSON.stringify({
      States: {
        Both: { Type: 'Parallel', Branches: [{ States: { Left: inner } }, { States: { Right: inner } }] },
        Each: { Type: 'Map', ItemProcessor: { States: { One: inner } } },
      },
    });
    expect(Object.keys(statesOf(text))).toEqual(['Both', 'Each', 'Left', 'Right', 'One']);
  });

  it('of the payment saga say how a failed step is tried again', () => {
    const saga = statesOf(JSON.stringify(definition));
    const [waiting] = waitingIn(
      run(visit({ state: 'ReserveFunds', attempts: [failed(5, 'TransientError')] })),
      saga,
    );
    expect(waiting).toMatchObject({ kind: 'retry', retry: 1, of: 3, from: at(5), by: at(6) });
  });
});
