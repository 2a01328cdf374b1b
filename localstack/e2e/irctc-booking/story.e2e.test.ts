import { expect, it } from 'vitest';
import { runStory } from '../../story/run.ts';
import { cityUnderTest } from '../city.ts';

// In English it is told with the other stories, in paytm-saga/story.e2e.test.ts.
it('the story of booking a train holds, in Hindi', { timeout: 180_000 }, async () => {
  const lines: string[] = [];
  const out = (line: string) => lines.push(line);
  const code = await runStory({ city: cityUnderTest(), system: 'irctc-booking', lang: 'hi', out });
  expect(code, lines.join('\n')).toBe(0);
  expect(lines.join('\n')).toMatch(/सब कुछ ठीक है/);
});
