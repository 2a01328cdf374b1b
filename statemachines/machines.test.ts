import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { type State, TRANSIENT } from './asl.ts';
import { committed, machines, rendered } from './machines.ts';

describe.each(Object.entries(machines))('%s', (path, definition) => {
  const states: [string, State<string>][] = Object.entries(definition.States);

  it('is what its TypeScript object generates', async () => {
    expect(await committed(path)).toBe(rendered(definition));
  });

  it('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(JSON.parse(rendered(definition)), { checkArn: true });
    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });

  it('reaches every state from its start', () => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      const state = states.find(([known]) => known === name)?.[1];
      if (!state || seen.has(name)) return;
      seen.add(name);
      if ('Next' in state) visit(state.Next);
      if (state.Type === 'Task') for (const { Next } of state.Catch ?? []) visit(Next);
      if (state.Type === 'Choice')
        for (const next of [...state.Choices.map((rule) => rule.Next), state.Default]) visit(next);
    };
    visit(definition.StartAt);
    expect([...seen].sort()).toEqual(states.map(([name]) => name).sort());
  });

  it('retries every task on the house list alone, with full jitter and a cap', () => {
    for (const [name, state] of states) {
      if (state.Type !== 'Task') continue;
      expect(state.Retry, name).toHaveLength(1);
      expect(state.Retry?.[0], name).toMatchObject({
        JitterStrategy: 'FULL',
        MaxDelaySeconds: expect.any(Number),
      });
      // A wait that nobody ended is not begun again before the record is read.
      const list = 'QueueUrl' in state.Arguments ? ['States.TaskFailed'] : TRANSIENT;
      expect(state.Retry?.[0]?.ErrorEquals, name).toEqual(list);
    }
  });

  // Where the engines differ: what AWS allows, and what an emulator makes of it, is not the same.
  it('writes only expressions that every engine evaluates alike', () => {
    const expressions = rendered(definition).match(/\{%.*?%\}/g) ?? [];
    const unlike = expressions.filter((text) => /\?\?|\?:|\$(eval|uuid|hash)\b/.test(text));
    expect(unlike).toEqual([]);
  });

  it('reads no variable where it assigns it', () => {
    for (const [name, state] of states) {
      const { Assign = {}, Output = '' } = 'Assign' in state ? state : {};
      const read = JSON.stringify([Assign, Output]);
      for (const variable of Object.keys(Assign)) expect(read, name).not.toContain(`$${variable}`);
    }
  });
});
