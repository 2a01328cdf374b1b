import { expect, it } from 'vitest';
import { runStory } from '../../story/run.ts';
import { cityUnderTest } from '../city.ts';

it.each(['en', 'hi'] as const)('the stories hold, told in %s', async (lang) => {
  const lines: string[] = [];
  const code = await runStory({ city: cityUnderTest(), lang, out: (line) => lines.push(line) });
  expect(code, lines.join('\n')).toBe(0);
  expect(lines.join('\n')).toMatch(lang === 'hi' ? /सब कुछ ठीक है/ : /Everything is as it should be/);
});
