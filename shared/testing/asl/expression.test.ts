import { describe, expect, it } from 'vitest';
import { evaluated, type Scope } from './expression.ts';

const scope = (over: Partial<Scope> = {}): Scope => ({
  states: { input: { Error: 'NoError' }, context: { Execution: { Name: 'one.1', Input: { id: 'one' } } } },
  variables: { next: 'Close', deadline: 5 },
  now: () => 7,
  ...over,
});

describe('a field of a state', () => {
  it.each([
    ['as it stands', 'as it stands'],
    [15, 15],
    [null, null],
    ["{% $next = 'Close' %}", true],
    ['{% $millis() > $deadline %}', true],
    [
      { a: ['{% $states.input.Error %}', 1], b: 'text' },
      { a: ['NoError', 1], b: 'text' },
    ],
    [
      "{% $states.context.{ 'name': Execution.Name, 'input': $merge([Execution.Input, { 'cause': $states.input.Cause }]) } %}",
      { name: 'one.1', input: { id: 'one' } },
    ],
  ])('%j is %j', async (field, value) => {
    expect(await evaluated(field, scope())).toEqual(value);
  });

  it('reads the result and what went wrong', async () => {
    const context = {};
    const result = { Payload: { next: 'Route' } };
    expect(
      await evaluated('{% $states.result.Payload.next %}', scope({ states: { input: {}, context, result } })),
    ).toBe('Route');
    const errorOutput = { Error: 'E', Cause: 'c' };
    expect(
      await evaluated('{% $states.errorOutput %}', scope({ states: { input: {}, context, errorOutput } })),
    ).toEqual(errorOutput);
  });

  it.each(['{% $states.result.Payload.next %}', '{% $nothing %}', '{% 1 + "a" %}', '{% $error("no") %}'])(
    '%s fails by the name that Step Functions has for it',
    async (field) => {
      await expect(evaluated(field, scope())).rejects.toMatchObject({ name: 'States.QueryEvaluationError' });
    },
  );

  it('knows what Step Functions adds to JSONata, and not what it takes away', async () => {
    const input = '{ "a": [1] }';
    const given = scope({ states: { input, context: {} } });
    expect(await evaluated('{% $parse($states.input).a %}', given)).toEqual([1]);
    expect(await evaluated('{% $now() %}', given)).toBe('1970-01-01T00:00:00.007Z');
    await expect(evaluated("{% $eval('1') %}", given)).rejects.toThrow('non-function');
  });

  it('is evaluated anew for other values and at another time, and what comes out is nobody else’s', async () => {
    const at = (n: number) => scope({ variables: { n }, now: () => n });
    const field = "{% { 'list': [$n] } %}";
    const first = (await evaluated(field, at(1))) as { list: number[] };
    first.list.push(9);
    expect(await evaluated(field, at(1))).toEqual({ list: [1] });
    expect(await evaluated(field, at(2))).toEqual({ list: [2] });
    expect([await evaluated('{% $millis() %}', at(1)), await evaluated('{% $millis() %}', at(2))]).toEqual([
      1, 2,
    ]);
    const states = (input: number) => scope({ states: { input, context: {} } });
    const inputs = [
      await evaluated('{% $states.input %}', states(1)),
      await evaluated('{% $states.input %}', states(2)),
    ];
    expect(inputs).toEqual([1, 2]);
  });

  it.each(['{% $a ?? $b %}', '{% $a ?: $b %}'])('%s is no expression, as on AWS', async (field) => {
    await expect(evaluated(field, scope())).rejects.toThrow();
  });
});
