/**
 * Plays the laws of the payment saga over ten times as many random sequences as `npm test` does, 105,000, on the real
 * machine with the real use cases, and writes bench/laws.md. `npm run bench:laws -- 1` plays as many as `npm test` and
 * writes nothing; a second number is the seed, to play the same again. Ends with 1 when a law does not hold.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../localstack/cloud/paths.ts';
import { measuredCommit } from './commit.ts';
import { lawsPage } from './laws/report.ts';

/** Of one and two payments, top-ups, and starts: what `npm test` plays. */
const SEQUENCES = 10_500;
const WANTED = 10;

const [times = WANTED, seed = randomInt(2 ** 31)] = process.argv.slice(2).map(Number);
if (!Number.isInteger(times) || times < 1 || !Number.isInteger(seed)) {
  process.stderr.write('How many times 10,500 sequences, and from which seed? Whole numbers.\n');
  process.exit(1);
}
process.stdout.write(`${times * SEQUENCES} sequences from seed ${seed}\n`);
const started = performance.now();
const child = spawn(
  process.execPath,
  [
    ...[join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'laws'],
    ...['functions/paytm-saga/saga-laws', '-t', 'every law of the saga holds'],
  ],
  {
    cwd: ROOT,
    env: { ...process.env, DABBA_LAWS_TIMES: String(times), DABBA_LAWS_SEED: String(seed) },
    stdio: 'inherit',
  },
);
child.on('close', (code) => {
  process.exitCode = code ?? 1;
  if (code !== 0 || times < WANTED) return;
  const commit = measuredCommit();
  const seconds = (performance.now() - started) / 1000;
  const page = lawsPage({ sequences: times * SEQUENCES, seed, seconds, commit, day: new Date() });
  writeFileSync(join(ROOT, 'bench/laws.md'), page);
});
