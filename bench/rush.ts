/**
 * Plays the laws of railway booking through a million small rushes and a hundred of 5,000 people, and writes bench/rush.md.
 * `npm run rush -- --runs 10000` plays fewer and writes nothing (with `--write` it does), with `--large` of the large ones;
 * `--seed` plays the same again; `--seed 7 --steps` plays one, and tells each of its steps. Ends with 1 when a law does not hold.
 */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Size } from '../functions/irctc-booking/rush/scene.fixture.ts';
import { foundText, playMany } from '../functions/irctc-booking/rush/workers.fixture.ts';
import { ROOT } from '../localstack/cloud/paths.ts';
import { measuredCommit } from './commit.ts';
import { optionsOf, type RushOptions } from './rush/options.ts';
import { replay } from './rush/replay.ts';
import { type PlayedSize, rushPage } from './rush/report.ts';

const write = (line: string) => process.stdout.write(`${line}\n`);

const played = async (size: Size, runs: number, seed: number): Promise<PlayedSize> => {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  let told = 0;
  const progress = (done: number) => {
    if (seconds() - told < 10) return;
    told = seconds();
    write(`${done} of ${runs} ${size} rushes in ${told.toFixed(0)} s`);
  };
  const all = await playMany({ seed, runs, size, progress });
  write(`${all.runs} ${size} rushes in ${seconds().toFixed(0)} s, ${all.violations.length} violations`);
  for (const found of all.violations) write(foundText(found, size));
  if (all.violations.length > 0) process.exitCode = 1;
  return { played: all, seconds: seconds() };
};

const playAll = async ({ runs, large, seed = randomInt(2 ** 31), writes }: RushOptions): Promise<void> => {
  write(`Rushes from seed ${seed}`);
  const threads = availableParallelism();
  const small = await played('small', runs, seed);
  const many = await played('large', large, seed);
  if (!writes || process.exitCode === 1) return;
  const page = rushPage({ small, large: many, seed, threads, commit: measuredCommit(), day: new Date() });
  writeFileSync(join(ROOT, 'bench/rush.md'), page);
};

try {
  const options = optionsOf(process.argv.slice(2));
  if (!options.steps) await playAll(options);
  else if (!(await replay({ seed: options.seed ?? 0, size: options.large > 0 ? 'large' : 'small', write })))
    process.exitCode = 1;
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
