import { expect, it } from 'vitest';
import { env, MissingVariableError } from './env.ts';

it('names the variable that a stack forgot', () => {
  const asked = () => env('A_TABLE_THAT_NO_STACK_SETS');
  expect(asked).toThrow(MissingVariableError);
  expect(asked).toThrow('The environment has no A_TABLE_THAT_NO_STACK_SETS');
});
