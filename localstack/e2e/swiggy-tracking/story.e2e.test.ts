import { expect, it } from 'vitest';
import { runStory } from '../../story/run.ts';
import { cityUnderTest } from '../city.ts';

it('the story of live tracking holds', { timeout: 120_000 }, async () => {
  const lines: string[] = [];
  const out = (line: string) => lines.push(line);
  const code = await runStory({ city: cityUnderTest(), system: 'swiggy-tracking', out });
  expect(code, lines.join('\n')).toBe(0);
  expect(lines.join('\n')).toMatch(/Everything is as it should be/);
});
