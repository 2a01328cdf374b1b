import { describe, expect, it } from 'vitest';
import { branch, goes, lambdasOf, machine, orElse, task } from './asl.ts';

describe('machine()', () => {
  it('keeps the definition as it was written and marks it as JSONata', () => {
    const small = machine({
      Comment: 'one task',
      StartAt: 'Only',
      States: { Only: { ...task('do-it'), Next: 'End' }, End: { Type: 'Succeed' } },
    });
    expect(small.QueryLanguage).toBe('JSONata');
    expect(small.States.Only).toMatchObject({ Arguments: { FunctionName: '$' + '{DoIt}' } });
    expect(lambdasOf(small)).toEqual(['do-it']);
  });

  // These must not compile; the type checker reads this file too. What they return does not matter.
  it('does not compile with a dangling Next, Catch, Choice or StartAt', () => {
    const mistakes = () => [
      machine({
        Comment: '',
        StartAt: 'A',
        // @ts-expect-error there is no state B
        States: { A: { ...task('a'), Next: 'B' } },
      }),
      machine({
        Comment: '',
        StartAt: 'A',
        // @ts-expect-error there is no state D to catch with
        States: { A: { ...task('a'), ...orElse('D'), Next: 'C' }, C: { Type: 'Succeed' } },
      }),
      machine({
        Comment: '',
        StartAt: 'A',
        // @ts-expect-error there is no state E to choose
        States: { A: { Type: 'Choice', Choices: [goes('E')], Default: 'C' }, C: { Type: 'Succeed' } },
      }),
      // @ts-expect-error there is no state Z to start at
      machine({ Comment: '', StartAt: 'Z', States: { C: { Type: 'Succeed' } } }),
    ];
    expect(mistakes()).toHaveLength(4);
  });

  it('does not compile with a Choice without Default or a Task without a time-out', () => {
    const { TimeoutSeconds: _, ...endless } = task('a');
    const mistakes = () => [
      machine({
        Comment: '',
        StartAt: 'A',
        // @ts-expect-error a Choice needs a Default
        States: { A: { Type: 'Choice', Choices: [goes('C')] }, C: { Type: 'Succeed' } },
      }),
      machine({
        Comment: '',
        StartAt: 'A',
        // @ts-expect-error a Task needs TimeoutSeconds
        States: { A: { ...endless, Next: 'C' }, C: { Type: 'Succeed' } },
      }),
    ];
    expect(mistakes()).toHaveLength(2);
  });

  it('does not compile with a wait or a token that has no end, or with a branch that leads nowhere', () => {
    const TOKEN = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
    const C = { Type: 'Succeed' } as const;
    const mistakes = () => [
      // @ts-expect-error a Wait needs Seconds
      machine({ Comment: '', StartAt: 'A', States: { A: { Type: 'Wait', Next: 'C' }, C } }),
      machine({
        Comment: '',
        StartAt: 'A',
        States: {
          // @ts-expect-error a token needs TimeoutSeconds
          A: { Type: 'Task', Resource: TOKEN, Arguments: { QueueUrl: '', MessageBody: {} }, Next: 'C' },
          C,
        },
      }),
      // @ts-expect-error there is no state B in this branch
      branch({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, C } }),
    ];
    expect(mistakes()).toHaveLength(3);
  });
});

describe('lambdasOf()', () => {
  it('knows what is called within branches and items too, and that a queue is no Lambda', () => {
    const calling = (file: string) =>
      branch({ StartAt: 'A', States: { A: { ...task(file), Next: 'C' }, C: { Type: 'Succeed' } } });
    const whole = machine({
      Comment: '',
      StartAt: 'Both',
      States: {
        Both: { Type: 'Parallel', Branches: [calling('one'), calling('and-two')], Next: 'Each' },
        Each: {
          Type: 'Map',
          Items: [1],
          MaxConcurrency: 0,
          ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...calling('three') },
          Next: 'Ask',
        },
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Arguments: { QueueUrl: '$' + '{Asks}', MessageBody: {} },
          TimeoutSeconds: 60,
          Next: 'End',
        },
        End: { Type: 'Succeed' },
      },
    });
    expect(lambdasOf(whole)).toEqual(['one', 'and-two', 'three']);
  });
});
