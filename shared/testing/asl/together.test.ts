import { describe, expect, it } from 'vitest';
import { virtualClock } from './clock.ts';
import { edgesOf } from './edges.ts';
import { answeredBy, catching, lambda, play, retrying, small } from './small.fixture.ts';
import type { MapState, Parallel, State, States, TokenTask } from './states.ts';
import { taskTokens } from './tokens.ts';

const pass = (over: object = {}): State => ({ Type: 'Pass', Next: 'Done', ...over });
const Done = { Type: 'Succeed' } as const;
const branch = (states: { readonly [name: string]: State }): States => ({
  StartAt: Object.keys(states)[0] ?? '',
  States: { ...states, Done },
});
const one = (name: string): States => branch({ [name]: lambda(name, { Next: 'Done' }) });

describe('a Parallel', () => {
  const parallel = (Branches: readonly States[], over: Partial<Parallel> = {}): Parallel => ({
    ...{ Type: 'Parallel', Branches, Next: 'End' },
    ...over,
  });

  it('runs its branches at once and hands on what each answers, in their order', async () => {
    const script = { B: [{ answers: 'b', afterSeconds: 5 }], C: [{ answers: 'c', afterSeconds: 3 }] };
    const A = parallel([one('B'), one('C')], { Output: { all: '{% $states.result %}' } });
    expect(await play(small({ A }), { script })).toMatchObject({ output: { all: ['b', 'c'] }, seconds: 5 });
  });

  it('fails by the first branch that fails, and the others do nothing more', async () => {
    const slow = branch({ B: lambda('B', { Next: 'D' }), D: lambda('D', { Next: 'Done' }) });
    const script = { B: [{ answers: 1, afterSeconds: 5 }], C: [{ throws: 'E' }], D: [{ answers: 1 }] };
    const A = parallel([slow, one('C')], { Catch: [{ ...catching('E'), Next: 'Late' }] });
    const machine = small({ A, Late: { Type: 'Wait', Seconds: 60, Next: 'End' } });
    const played = await play(machine, { script });
    expect(played).toMatchObject({ output: { caught: 'E' }, path: ['A', 'B', 'C', 'Late', 'End'] });
    expect(played.calls).toEqual(['B({})', 'C({})']);
  });

  it('that has failed lets nobody within it try again', async () => {
    const stubborn = branch({ B: lambda('B', { Retry: [retrying(['E'])], Next: 'Done' }) });
    const script = { B: [{ throws: 'E' }], C: [{ throws: 'F' }] };
    const A = parallel([stubborn, one('C')], { Catch: [{ ...catching('F'), Next: 'Late' }] });
    const machine = small({ A, Late: { Type: 'Wait', Seconds: 60, Next: 'End' } });
    expect((await play(machine, { script })).calls).toEqual(['B({})', 'C({})']);
  });

  it('is retried as a whole', async () => {
    const script = { B: [{ answers: 1 }], C: [{ throws: 'E' }, { answers: 2 }] };
    const A = parallel([one('B'), one('C')], { Retry: [retrying(['E'])] });
    const played = await play(small({ A }), { script });
    expect(played).toMatchObject({ output: [1, 2] });
    expect(played.calls).toHaveLength(4);
  });

  it('lets branches read the variables of the machine, and keep their own', async () => {
    const inner = branch({
      B: pass({ Assign: { x: 2, inner: 3 }, Next: 'C' }),
      C: pass({ Output: '{% $x %}' }),
    });
    const machine = small({
      A: pass({ Assign: { x: 1 }, Next: 'P' }),
      P: parallel([inner, branch({ D: pass({ Output: '{% $x %}' }) })], { Next: 'Q' }),
      Q: pass({ Output: ['{% $states.input %}', '{% $x %}', '{% $exists($inner) %}'], Next: 'End' }),
    });
    expect(await play(machine)).toMatchObject({ output: [[2, 1], 1, false] });
  });
});

describe('a Map', () => {
  const each = (ItemProcessor: States, over: Partial<MapState> = {}): MapState => ({
    ...{ Type: 'Map', Items: '{% $states.input.list %}', ItemProcessor, MaxConcurrency: 0, Next: 'End' },
    ...over,
  });
  const input = { list: [5, 6, 7] };

  it('does the same with each item, so many at once', async () => {
    const script = { B: [{ answers: 'b', afterSeconds: 3 }] };
    const at = (MaxConcurrency: number) =>
      play(small({ A: each(one('B'), { MaxConcurrency }) }), { script, input });
    expect(await at(0)).toMatchObject({ output: ['b', 'b', 'b'], seconds: 3 });
    expect(await at(2)).toMatchObject({ output: ['b', 'b', 'b'], seconds: 6 });
    expect((await at(2)).calls).toEqual(['B(5)', 'B(6)', 'B(7)']);
  });

  it('selects what each item begins with', async () => {
    const item = '$states.context.Map.Item';
    const ItemSelector = { i: `{% ${item}.Index %}`, v: `{% ${item}.Value %}` };
    const B = branch({ B: pass({ Output: '{% $states.input.i * 10 + $states.input.v %}' }) });
    expect(await play(small({ A: each(B, { ItemSelector }) }), { input })).toMatchObject({
      output: [5, 16, 27],
    });
  });

  it('of nothing is an empty list, and of one item a list of one', async () => {
    const A = each(branch({ B: pass() }));
    expect(await play(small({ A }), { input: { list: [] } })).toMatchObject({ output: [] });
    expect(await play(small({ A }), { input: { list: [{ x: 1 }] } })).toMatchObject({ output: [{ x: 1 }] });
  });

  it('fails by an item that fails, or by items that are no list', async () => {
    const A = each(one('B'), { MaxConcurrency: 1, Catch: [catching('E')] });
    const played = await play(small({ A }), { input, script: { B: [{ answers: 1 }, { throws: 'E' }] } });
    expect(played).toMatchObject({ output: { caught: 'E' } });
    expect(played.calls).toHaveLength(2);
    expect(await play(small({ A }), { input: { list: 1 } })).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });
});

describe('a task that waits for its token', () => {
  const ask = (over: Partial<TokenTask> = {}): TokenTask => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Arguments: { QueueUrl: 'asks', MessageBody: { token: '{% $states.context.Task.Token %}' } },
    TimeoutSeconds: 60,
    Next: 'End',
    ...over,
  });

  it('goes on with the answer', async () => {
    const queue = answeredBy((tokens, token) => tokens.succeed(token, { approved: true }));
    expect(await play(small({ A: ask() }), queue)).toMatchObject({ output: { approved: true } });
  });

  it('fails by the name that the answer gives', async () => {
    const queue = answeredBy((tokens, token) => tokens.fail(token, 'DeclinedError', 'no'));
    const A = ask({ Catch: [{ ErrorEquals: ['DeclinedError'], Next: 'End' }] });
    expect(await play(small({ A }), queue)).toMatchObject({
      output: { Error: 'DeclinedError', Cause: 'no' },
    });
  });

  it('fails with States.Timeout when nobody answers, and nobody can answer afterwards', async () => {
    const queue = answeredBy();
    const A = ask({ Catch: [catching('States.Timeout')] });
    expect(await play(small({ A }), queue)).toMatchObject({
      output: { caught: 'States.Timeout' },
      seconds: 60,
    });
    const [token = ''] = queue.sent;
    expect(() => queue.tokens?.succeed(token, 1)).toThrow('TaskTimedOut');
  });

  it('fails by the name of its service when the message cannot be sent', async () => {
    const queue = answeredBy(() => undefined);
    const send = async () => {
      throw new Error('no such queue');
    };
    const A = ask({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'End' }] });
    expect(await play(small({ A }), { ...queue, send })).toMatchObject({
      output: { Error: 'SQS.SdkClientException', Cause: 'no such queue' },
    });
  });

  it('has a token of its own for each attempt', async () => {
    const queue = answeredBy(
      (tokens, token) => tokens.fail(token, 'E'),
      (tokens, token) => tokens.succeed(token, token),
    );
    const attempts: unknown[] = [];
    const send: typeof queue.send = async (url, body) => {
      attempts.push((body as { attempt: number }).attempt);
      return queue.send?.(url, body);
    };
    const MessageBody = "{% $states.context.{ 'token': Task.Token, 'attempt': State.RetryCount } %}";
    const A = ask({ Arguments: { QueueUrl: 'asks', MessageBody }, Retry: [retrying(['E'])] });
    expect(await play(small({ A }), { ...queue, send })).toMatchObject({ output: queue.sent[1] });
    expect(new Set(queue.sent).size).toBe(2);
    expect(attempts).toEqual([0, 1]);
  });

  it('fails without a queue', async () => {
    expect(await play(small({ A: ask() }))).toMatchObject({ error: 'States.Runtime' });
  });
});

describe('task tokens', () => {
  it('are answered once, and only those that were issued', () => {
    const tokens = taskTokens();
    const { token } = tokens.issue();
    tokens.succeed(token, 1);
    expect(() => tokens.fail(token, 'E')).toThrow('TaskTimedOut');
    expect(() => tokens.succeed('token-9', 1)).toThrow('TaskDoesNotExist');
  });
});

describe('the edges of a machine', () => {
  it('are every way from state to state, retries and what lies within included', () => {
    const B = lambda('B', { Retry: [retrying(['E'])], Catch: [catching('E')], Next: 'Done' });
    const machine = small({
      A: { Type: 'Parallel', Branches: [branch({ B })], Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'D' }], Default: 'F' },
      D: { Type: 'Map', Items: [], ItemProcessor: branch({ E: pass() }), MaxConcurrency: 1, Next: 'End' },
      F: { Type: 'Fail', Error: 'F', Cause: '' },
    });
    expect(edgesOf(machine)).toEqual([
      'A → C',
      'B → Done',
      'B retry 1',
      'B catch 1 → Caught',
      'C rule 1 → D',
      'C default → F',
      'D → End',
      'E → Done',
    ]);
  });
});

describe('virtual time', () => {
  it('says when something never comes', async () => {
    await expect(virtualClock().run(new Promise(() => undefined))).rejects.toThrow('never comes');
  });
});
