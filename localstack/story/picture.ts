/**
 * Draws `story.svg` for the README from what a story really prints: `node localstack/story/picture.ts` with the city
 * running. A picture of text, so that it is sharp, small and can be searched.
 */
import { writeFileSync } from 'node:fs';
import { readCity } from '../cloud/city.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { runStory } from './run.ts';
import { drawTerminal } from './terminal.ts';

const lines: string[] = ['$ npm start'];
process.exitCode = await runStory({
  city: readCity(cloudPaths()),
  whole: false,
  out: (text) => lines.push(...text.split('\n')),
});
writeFileSync(new URL('story.svg', import.meta.url), drawTerminal(lines, 'What npm start prints'));
