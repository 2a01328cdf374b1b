import { describe, expect, it } from 'vitest';
import { stillClock, virtualClock } from './clock.ts';
import { EngineKilled } from './errors.ts';
import { execute } from './interpreter.ts';
import { catching, lambda, play, retrying, small } from './small.fixture.ts';
import type { State } from './states.ts';

const pass = (over: object = {}): State => ({ Type: 'Pass', Next: 'End', ...over });
/** More than 256 KiB of JSON. */
const tooMuch = "{% $join([1..60000].('12345')) %}";

describe('a task', () => {
  it('hands what a Lambda answers to its Output, and its Output to the next state', async () => {
    const machine = small({ A: lambda('A', { Next: 'B' }), B: lambda('B') });
    const script = { A: [{ answers: { n: 1 } }], B: [{ answers: 'done' }] };
    const played = await play(machine, { script, input: { asked: true } });
    expect(played).toMatchObject({ status: 'SUCCEEDED', output: 'done', path: ['A', 'B', 'End'] });
    expect(played.calls).toEqual(['A({"asked":true})', 'B({"n":1})']);
  });

  it('without Output hands on the whole result', async () => {
    const { Output: _, ...task } = lambda('A');
    expect(await play(small({ A: task }), { script: { A: [{ answers: 1 }] } })).toMatchObject({
      output: { Payload: 1, StatusCode: 200, ExecutedVersion: '$LATEST' },
    });
  });

  it('knows the context: the execution, the state, and how often it was retried', async () => {
    const Payload =
      "{% $states.context.{ 'name': Execution.Name, 'began': Execution.StartTime, 'given': Execution.Input, 'state': State.Name, 'at': State.EnteredTime, 'retry': State.RetryCount } %}";
    const A = lambda('A', { Arguments: { FunctionName: 'A', Payload }, Retry: [retrying(['E'])] });
    const { calls } = await play(small({ A }), {
      script: { A: [{ throws: 'E' }, { answers: null }] },
      input: 7,
    });
    const at = '2026-11-24T00:00:00.000Z';
    expect(calls).toEqual(
      [0, 1].map(
        (retry) => `A(${JSON.stringify({ name: 'one', began: at, given: 7, state: 'A', at, retry })})`,
      ),
    );
  });

  it('that takes longer than its TimeoutSeconds fails with States.Timeout', async () => {
    const A = lambda('A', { TimeoutSeconds: 5, Catch: [catching('States.Timeout')] });
    const script = { A: [{ answers: 1, afterSeconds: 6 }] };
    expect(await play(small({ A }), { script })).toMatchObject({
      output: { caught: 'States.Timeout' },
      seconds: 5,
    });
  });
});

// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error
describe('Retry', () => {
  it('waits longer each time, never longer than MaxDelaySeconds, and gives up after MaxAttempts', async () => {
    const Retry = [retrying(['E'], { MaxAttempts: 4, MaxDelaySeconds: 5 })];
    const played = await play(small({ A: lambda('A', { Retry }) }), { script: { A: [{ throws: 'E' }] } });
    expect(played).toMatchObject({ status: 'FAILED', error: 'E', seconds: 1 + 2 + 4 + 5, path: ['A'] });
    expect(played.calls).toHaveLength(5);
    expect(played.edges).toEqual(['A retry 1', 'A retry 1', 'A retry 1', 'A retry 1']);
  });

  it('waits a part of it, as full jitter decides', async () => {
    const A = lambda('A', { Retry: [retrying(['E'], { IntervalSeconds: 8 })] });
    const script = { A: [{ throws: 'E' }, { answers: 1 }] };
    expect(await play(small({ A }), { script, chance: () => 0.25 })).toMatchObject({ output: 1, seconds: 2 });
  });

  it('counts for each retrier', async () => {
    const Retry = [retrying(['X']), retrying(['Y'])];
    const acts = ['X', 'Y', 'X', 'Y'].map((throws) => ({ throws }));
    const script = { A: [...acts, { answers: 'fifth' }] };
    expect(await play(small({ A: lambda('A', { Retry }) }), { script })).toMatchObject({ output: 'fifth' });
  });

  it('is decided by the first retrier that names the error, and Catch comes after it', async () => {
    const Retry = [retrying(['X'], { MaxAttempts: 0 }), retrying(['States.ALL'])];
    const A = lambda('A', { Retry, Catch: [catching('States.ALL')] });
    const script = { A: [{ throws: 'X' }, { answers: 1 }] };
    expect(await play(small({ A }), { script })).toMatchObject({
      output: { caught: 'X' },
      path: ['A', 'Caught'],
    });
  });

  it('comes again also when the Output cannot be evaluated', async () => {
    const Retry = [retrying(['States.QueryEvaluationError'])];
    const A = lambda('A', { Retry, Output: '{% $states.result.Payload.there %}' });
    const script = { A: [{ answers: {} }, { answers: { there: 'now' } }] };
    expect(await play(small({ A }), { script })).toMatchObject({ output: 'now' });
  });
});

// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-fallback-states
describe('Catch', () => {
  const caughtBy = async (throws: string, ...catchers: ReturnType<typeof catching>[]) => {
    const A = lambda('A', { TimeoutSeconds: 1, Catch: catchers });
    const acts = throws === 'States.Timeout' ? [{ answers: 1, afterSeconds: 2 }] : [{ throws }];
    return play(small({ A }), { script: { A: acts } });
  };

  it('takes the first catcher that names the error', async () => {
    const played = await caughtBy(
      'E',
      { ...catching('D'), Next: 'End' },
      catching('E'),
      catching('States.ALL'),
    );
    expect(played.edges).toEqual(['A catch 2 → Caught']);
  });

  it('by States.TaskFailed is of every error but a time-out', async () => {
    expect(await caughtBy('E', catching('States.TaskFailed'))).toMatchObject({ output: { caught: 'E' } });
    expect(await caughtBy('States.Timeout', catching('States.TaskFailed'))).toMatchObject({
      status: 'FAILED',
    });
    expect(await caughtBy('States.Timeout', catching('States.ALL'))).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each(['States.TaskFailed', 'States.ALL'])('by %s is not of what is too large', async (name) => {
    const A = lambda('A', { Output: tooMuch, Catch: [catching(name)] });
    expect(await play(small({ A }), { script: { A: [{ answers: 1 }] } })).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });

  it('hands on the error, with its cause as Lambda tells it, when it has no Output', async () => {
    const A = lambda('A', { Catch: [{ ErrorEquals: ['E'], Next: 'End' }] });
    const played = await play(small({ A }), { script: { A: [{ throws: 'E', message: 'told' }] } });
    const Cause = '{"errorMessage":"told","errorType":"E","trace":[]}';
    expect(played).toMatchObject({ output: { Error: 'E', Cause } });
  });

  it('runs its own Assign, and not that of the state', async () => {
    const told = { b: '{% $states.errorOutput.Error %}' };
    const machine = small({
      A: pass({ Assign: { a: 0, b: 0 }, Next: 'B' }),
      B: lambda('B', { Assign: { a: 1 }, Catch: [{ ErrorEquals: ['E'], Assign: told, Next: 'C' }] }),
      C: pass({ Output: ['{% $a %}', '{% $b %}'] }),
    });
    expect(await play(machine, { script: { B: [{ throws: 'E' }] } })).toMatchObject({ output: [0, 'E'] });
  });
});

// https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
describe('Assign and Output', () => {
  it('see the variables as they were when the state began', async () => {
    const machine = small({
      A: pass({ Assign: { x: 1, y: 10 }, Next: 'B' }),
      B: pass({ Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% $x %}', Next: 'C' }),
      C: pass({ Output: ['{% $x %}', '{% $y %}', '{% $states.input %}'] }),
    });
    expect(await play(machine)).toMatchObject({ output: [10, 1, 1] });
  });

  it('of a rule are of that rule alone', async () => {
    const rule = (Condition: string, way: string) => ({ Condition, Assign: { way }, Output: way, Next: 'B' });
    const Choices = [rule('{% $states.input.n = 1 %}', 'one'), rule('{% $states.input.n > 1 %}', 'more')];
    const machine = small({
      A: { Type: 'Choice', Choices, Default: 'End' },
      B: pass({ Output: ['{% $way %}', '{% $states.input %}'] }),
    });
    expect(await play(machine, { input: { n: 2 } })).toMatchObject({
      output: ['more', 'more'],
      edges: ['A rule 2 → B', 'B → End'],
    });
    expect(await play(machine, { input: { n: 0 } })).toMatchObject({
      output: { n: 0 },
      edges: ['A default → End'],
    });
  });
});

describe('a Choice', () => {
  it('fails by a Condition that is neither true nor false', async () => {
    const Choices = [{ Condition: '{% 1 %}', Next: 'End' }];
    expect(await play(small({ A: { Type: 'Choice', Choices, Default: 'End' } }))).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });
});

describe('a Wait', () => {
  it.each([
    [5, 5],
    ['{% $states.input.seconds * 2 %}', 6],
  ])('of %j takes %d seconds of the clock', async (Seconds, seconds) => {
    const machine = small({ A: { Type: 'Wait', Seconds, Next: 'End' } });
    const input = { seconds: 3 };
    expect(await play(machine, { input })).toMatchObject({ output: input, seconds });
  });

  it('fails by Seconds that are no number', async () => {
    expect(await play(small({ A: { Type: 'Wait', Seconds: 'soon', Next: 'End' } }))).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });
});

describe('an execution', () => {
  it('fails by the Error and the Cause of a Fail', async () => {
    const A = { Type: 'Fail', Error: '{% $states.input.name %}', Cause: 'why' } as const;
    expect(await play(small({ A }), { input: { name: 'E' } })).toMatchObject({
      status: 'FAILED',
      error: 'E',
      cause: 'why',
    });
  });

  it('is TIMED_OUT after the TimeoutSeconds of its machine, whatever catches, and does nothing more', async () => {
    const Retry = [retrying(['States.ALL'])];
    const A = lambda('A', { Retry, Catch: [catching('States.ALL')], Next: 'B' });
    const machine = small({ A, B: lambda('B') }, { TimeoutSeconds: 10 });
    const late = await play(machine, { script: { A: [{ answers: 1, afterSeconds: 11 }] } });
    expect(late).toMatchObject({ status: 'TIMED_OUT', path: ['A'], seconds: 10 });
    expect(late.calls).toEqual(['A({})']);
    const inTime = { A: [{ answers: 1, afterSeconds: 9 }], B: [{ answers: 2 }] };
    expect(await play(machine, { script: inTime })).toMatchObject({ status: 'SUCCEEDED', output: 2 });
  });

  it('that is over goes on with nothing, whatever time passes', async () => {
    const clock = virtualClock();
    let calls = 0;
    const invoke = async () => {
      calls += 1;
      throw new TypeError('as told');
    };
    const A = lambda('A', { Retry: [retrying(['TypeError'], { IntervalSeconds: 20 })] });
    const machine = small({ A }, { TimeoutSeconds: 10 });
    const report = await clock.run(execute(machine, { name: 'one', input: {} }, { clock, invoke }));
    await clock.run(clock.sleep(60_000));
    expect([report.status, calls]).toEqual(['TIMED_OUT', 1]);
  });

  it('has no end when its engine is killed: neither Retry nor Catch sees it', async () => {
    const took: string[] = [];
    const A = lambda('A', { Retry: [retrying(['States.ALL'])], Catch: [catching('States.ALL')] });
    const killed = execute(
      small({ A: pass({ Next: 'B' }), B: A }),
      { name: 'one', input: {} },
      {
        clock: stillClock(() => 0),
        took: (edge) => took.push(edge),
        invoke: async () => {
          throw new EngineKilled();
        },
      },
    );
    await expect(killed).rejects.toBeInstanceOf(EngineKilled);
    expect(took).toEqual(['A → B']);
  });

  it.each([
    ['what is sent', lambda('A', { Arguments: { FunctionName: 'A', Payload: tooMuch } })],
    ['what is answered', lambda('A', { Output: 'short' })],
  ])('fails by more than 256 KiB in %s', async (_, A) => {
    const script = { A: [{ answers: 'x'.repeat(262_143) }] };
    expect(await play(small({ A }), { script })).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  // With its two quotation marks.
  it.each([
    ['x', 262_142],
    ['रु', 43_690],
  ])('bears 256 KiB of %s, and not a byte more', async (text, times) => {
    const of = (length: number) => play(small({ A: pass() }), { input: text.repeat(length) });
    expect(await of(times)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await of(times + 1)).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  it('fails when it goes round in circles', async () => {
    const circle = small({ A: pass({ Next: 'B' }), B: pass({ Next: 'A' }) });
    expect(await play(circle, { mostStates: 9 })).toMatchObject({
      error: 'States.Runtime',
      path: [...'ABABABABA'],
    });
  });

  it('fails at a state that there is not', async () => {
    expect(await play(small({ A: pass({ Next: 'Nowhere' }) }))).toMatchObject({ error: 'States.Runtime' });
  });
});
