import { describe, expect, it } from 'vitest';
import { goes, lambdasOf, machine, orElse, task } from './asl.ts';

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
});
