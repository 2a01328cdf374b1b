import { expect, it } from 'vitest';
import { runStory } from '../../story/run.ts';
import { cityUnderTest } from '../city.ts';

it.each([
  ['en', 'whole'],
  ['hi', 'short'],
] as const)('the stories hold, told in %s, %s', { timeout: 240_000 }, async (lang, length) => {
  const lines: string[] = [];
  const out = (line: string) => lines.push(line);
  const code = await runStory({ city: cityUnderTest(), lang, whole: length === 'whole', out });
  expect(code, lines.join('\n')).toBe(0);
  expect(lines.join('\n')).toMatch(lang === 'hi' ? /सब कुछ ठीक है/ : /Everything is as it should be/);
});
