import { expect, it } from 'vitest';
import { runStory } from '../../story/run.ts';
import { cityUnderTest } from '../city.ts';

// In Hindi, and without the acts that take longer, it is a command of the README, and so in tools.e2e.test.ts.
it('the whole story holds', { timeout: 240_000 }, async () => {
  const lines: string[] = [];
  const out = (line: string) => lines.push(line);
  const code = await runStory({ city: cityUnderTest(), system: 'paytm-saga', out });
  expect(code, lines.join('\n')).toBe(0);
  expect(lines.join('\n')).toMatch(/Everything is as it should be/);
});
