/**
 * Every kind of test, on a city of its own: another folder, another port, so that a running `npm start` is not
 * disturbed. Arguments go to vitest (`npm test -- --project unit shared/effects`). The city is always taken down,
 * and the last line is `N passed, N failed`.
 *
 * Tests find it by DABBA_CITY, the path of its city.json; store tests, which need tables of their own only, by
 * DABBA_STORE_ENDPOINT. The AWS_* variables point to it too.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf, report } from '../cli/report.ts';
import { down } from './down.ts';
import { endpointOf, localAws } from './environment.ts';
import { interruptible } from './interrupt.ts';
import { cloudPaths, ROOT, SHARED_PATHS } from './paths.ts';
import { freePort } from './ports.ts';
import { identityOf } from './process-identity.ts';
import { progress } from './progress.ts';
import type { Counts } from './test-reporter.ts';
import { up } from './up.ts';

const signal = interruptible();
const show = progress({ verbose: process.argv.includes('--verbose') });

/** Folders of earlier runs whose process was killed; their emulators are stopped. */
const sweepEarlierRuns = async (): Promise<void> => {
  mkdirSync(SHARED_PATHS.tests, { recursive: true });
  for (const name of readdirSync(SHARED_PATHS.tests)) {
    if (identityOf(Number(name)) !== undefined) continue;
    const home = join(SHARED_PATHS.tests, name);
    await down({ paths: cloudPaths(home), progress: { ...show, note: () => undefined } });
    rmSync(home, { recursive: true, force: true });
  }
};

const vitest = (env: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'node_modules/vitest/vitest.mjs'),
        ...['run', '--reporter=default', `--reporter=${join(import.meta.dirname, 'test-reporter.ts')}`],
        ...args,
      ],
      { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const end = () => child.kill('SIGTERM');
    signal.addEventListener('abort', end, { once: true });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

const main = async (): Promise<{ counts: Counts; code: number }> => {
  await sweepEarlierRuns();
  const paths = cloudPaths(join(SHARED_PATHS.tests, String(process.pid)));
  const counts = join(paths.home, 'counts.json');
  const args = process.argv.slice(2).filter((arg) => arg !== '--verbose');
  try {
    const port = await freePort();
    const { PATH, HOME, LANG, CI, NO_COLOR, FORCE_COLOR, TERM } = process.env;
    await up({ paths, port, progress: show, signal });
    const code = await vitest(
      {
        ...{ PATH, HOME, LANG, CI, NO_COLOR, FORCE_COLOR, TERM },
        ...localAws(paths, port),
        DABBA_HOME: paths.home,
        DABBA_CITY: paths.city,
        DABBA_STORE_ENDPOINT: endpointOf(port),
        DABBA_COUNTS: counts,
      },
      args.length > 0 ? args : ['--coverage'],
    );
    signal.throwIfAborted();
    return { counts: JSON.parse(readFileSync(counts, 'utf8')) as Counts, code };
  } finally {
    await down({ paths, progress: show });
    rmSync(paths.home, { recursive: true, force: true });
  }
};

try {
  const { counts, code } = await main();
  if (code !== 0 && counts.failed === 0) {
    process.stdout.write('\nEvery test passed, but a condition on the whole run (coverage?) did not hold.\n');
  }
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
  process.exitCode = code;
} catch (thrown) {
  report(thrown);
  process.stdout.write('\n0 passed, 1 failed\n');
  process.exit(exitCodeOf(thrown));
}
