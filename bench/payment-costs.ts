/**
 * Measures what a payment asks of AWS, and writes what a thousand of them cost into the pages of the payment saga.
 * `npm run bench:costs` plays twenty of each kind against the city that `npm start` left running; `-- 3` plays three
 * and writes nothing; `-- pages` writes the pages anew from the last measurement and the prices.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { readCity } from '../localstack/cloud/city.ts';
import { adoptLocalCloud } from '../localstack/cloud/environment.ts';
import { cloudPaths } from '../localstack/cloud/paths.ts';
import { measuredCommit } from './commit.ts';
import type { Measured } from './costs/measured.ts';
import { FILES, readJson, writePages } from './costs/pages.ts';

/** How many payments of each kind stand for all. */
const WANTED = 20;

const measure = async (count: number): Promise<void> => {
  const paths = cloudPaths();
  const city = readCity(paths);
  adoptLocalCloud(paths, Number(new URL(city.endpoint).port));
  // Loaded here: the clients of the SDK take their keys from the environment.
  const { measurePayments } = await import('./costs/payments.ts');
  const { kinds, memory } = await measurePayments(city, count);
  const commit = measuredCommit();
  const day = new Date().toISOString().slice(0, 10);
  const measured: Measured = { commit, day, payments: count, cores: availableParallelism(), memory, kinds };
  const text = `${JSON.stringify(measured, rounded, 2)}\n`;
  process.stdout.write(text);
  if (count >= WANTED) writeFileSync(FILES.measured, text);
};

/** Three digits after the point are more than a run can tell. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;

const [wanted = String(WANTED)] = process.argv.slice(2);
if (wanted !== 'pages' && !/^[1-9]\d*$/.test(wanted)) {
  process.stderr.write('How many payments of each kind? A whole number from 1, or: pages.\n');
  process.exit(1);
}
if (wanted !== 'pages') await measure(Number(wanted));
if (wanted === 'pages' || Number(wanted) >= WANTED)
  writePages(readJson(FILES.measured), readJson(FILES.prices));
