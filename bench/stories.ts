/**
 * Plays the story again and again on one state, and writes bench/stories.md: how often it passed, and how the time of
 * a story grows with what is kept. `npm run bench:stories` plays 100 against the city that `npm start` left running;
 * `-- 3` plays three and writes nothing, to try it. Ends with 1 at the first story that differs.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../localstack/cloud/paths.ts';
import { runStory } from '../localstack/story/run.ts';
import { runningCity } from './beginning.ts';
import { measuredCommit } from './commit.ts';
import { type Played, storiesPage } from './stories/report.ts';

/** What the bar asks for: so many in a row, on one state. */
const WANTED = 100;

const wanted = Number(process.argv[2] ?? WANTED);
if (!Number.isInteger(wanted) || wanted < 1) {
  process.stderr.write('How many stories? A whole number from 1.\n');
  process.exit(1);
}
const city = runningCity();
const played: Played[] = [];
for (let round = 1; round <= wanted; round += 1) {
  const lines: string[] = [];
  // Every second one in the other language: the texts are a part of what must not break.
  const lang = round % 2 === 1 ? 'en' : 'hi';
  const started = performance.now();
  const code = await runStory({ city, lang, whole: false, out: (line) => lines.push(line) });
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `${round} of ${wanted}: ${code === 0 ? 'as expected' : 'DIFFERS'} (${seconds.toFixed(1)} s)\n`,
  );
  if (code !== 0) {
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exit(1);
  }
  played.push({ seconds });
}
if (wanted >= WANTED) {
  const commit = measuredCommit();
  writeFileSync(join(ROOT, 'bench/stories.md'), storiesPage(played, { commit, day: new Date() }));
}
