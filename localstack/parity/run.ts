/**
 * `npm run parity -- [--endpoint local|stock|localstack|aws|<url>] [--stock] [--file <service>] [--verbose]
 * [part of a name]`: asks a cloud for every behaviour and writes the table, with its numbers on the pages of users.
 * `local` and `stock` start an emulator of their own.
 *
 * Ends with 1 when `local` does otherwise than our code relies on, or when something could not be tried.
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { REGION } from '../cloud/environment.ts';
import { interruptible } from '../cloud/interrupt.ts';
import { ROOT, SHARED_PATHS } from '../cloud/paths.ts';
import { ensureVenv } from '../cloud/venv.ts';
import { ownCloud } from './harness/own-cloud.ts';
import { USERS_PAGES, withNumbers } from './harness/pages-of-users.ts';
import type { RunReport } from './harness/reporter.ts';
import { judge, merge, type Ran, type Results } from './harness/results.ts';
import { tableOf } from './harness/table.ts';
import type { Target } from './harness/target.ts';

const RESULTS = join(import.meta.dirname, 'results.json');
const TABLE = join(import.meta.dirname, 'TABLE.md');
const LOCALSTACK = 'http://127.0.0.1:4566';

const signal = interruptible();
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

interface Asked {
  readonly target: Target;
  /** Undefined when the target is AWS or not yet started. */
  readonly endpoint?: string;
}

const askedOf = (endpoint: string): Asked => {
  if (endpoint === 'local' || endpoint === 'stock' || endpoint === 'aws') return { target: endpoint };
  if (endpoint === 'localstack') {
    return { target: 'localstack', endpoint: process.env.AWS_ENDPOINT_URL ?? LOCALSTACK };
  }
  return { target: 'other', endpoint: new URL(endpoint).href.replace(/\/$/, '') };
};

/** What of the suite is tried. Both undefined: all of it. */
interface Part {
  /** Words of a sentence. */
  readonly filter: string | undefined;
  /** A service, as its file is named. */
  readonly file: string | undefined;
}

/** Runs the behaviours in vitest, which shows them as they come. */
const tryAll = (env: NodeJS.ProcessEnv, { filter, file }: Part): Promise<RunReport> =>
  new Promise((resolve, reject) => {
    const report = join(tmpdir(), `parity-${process.pid}.json`);
    const child = spawn(
      process.execPath,
      [
        ...[join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'parity'],
        ...[`--reporter=${join(import.meta.dirname, 'harness/reporter.ts')}`],
        ...(filter ? ['-t', filter] : []),
        ...(file ? [`localstack/parity/${file}.parity.ts`] : []),
      ],
      { cwd: ROOT, env: { ...env, DABBA_PARITY_REPORT: report }, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.on('error', reject);
    child.on('close', () => {
      if (!existsSync(report)) return reject(new Error('vitest ended without a report'));
      resolve(JSON.parse(readFileSync(report, 'utf8')) as RunReport);
      rmSync(report);
    });
  });

const environmentOf = ({ target, endpoint }: Asked): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DABBA_PARITY_TARGET: target,
    AWS_REGION: process.env.AWS_REGION ?? REGION,
  };
  if (target !== 'aws') delete env.AWS_PROFILE;
  if (endpoint) env.AWS_ENDPOINT_URL = endpoint;
  else delete env.AWS_ENDPOINT_URL;
  return env;
};

const tryAt = async (asked: Asked, part: Part): Promise<RunReport> => {
  if (asked.target !== 'local' && asked.target !== 'stock') return tryAll(environmentOf(asked), part);
  const { venv: folder, requirements } = SHARED_PATHS;
  await ensureVenv({ folder, requirements, log: `${folder}-install`, signal });
  const own = await ownCloud(asked.target);
  try {
    return await tryAll(environmentOf({ ...asked, endpoint: own.endpoint }), part);
  } finally {
    await own.end();
  }
};

const list = (heading: string, ran: readonly Ran[]): void => {
  if (ran.length === 0) return;
  say(`\n${styleText('bold', heading)}`);
  for (const { service, sentence, reliedOn, outcome } of ran) {
    const seen = outcome?.passes === false ? `\n    seen: ${outcome.seen}` : '';
    say(`  ${service}: ${sentence}${reliedOn ? ` [${reliedOn}]` : ''}${seen}`);
  }
};

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    options: {
      endpoint: { type: 'string', default: 'local' },
      stock: { type: 'boolean', default: false },
      file: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.verbose) process.env.DABBA_PARITY_VERBOSE = '1';
  const asked = askedOf(values.stock ? 'stock' : values.endpoint);
  const filter = positionals.length > 0 ? positionals.join(' ') : undefined;
  const began = performance.now();
  const { ran, errors } = await tryAt(asked, { filter, file: values.file });
  signal.throwIfAborted();
  // Read only now: another run may have ended meanwhile.
  const before: Results = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : [];
  const { broken, mended, lost } = judge(before, ran, asked.target);
  if (errors.length === 0 && asked.target !== 'other') {
    const whole = filter === undefined && values.file === undefined;
    const results = merge(before, ran, asked.target, whole);
    const table = tableOf(results);
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(TABLE, table);
    for (const { file, numbers } of USERS_PAGES) {
      writeFileSync(file, withNumbers(readFileSync(file, 'utf8'), numbers, results));
    }
  }

  const tried = ran.filter(({ outcome }) => outcome);
  const passing = tried.filter(({ outcome }) => outcome?.passes).length;
  list('Did as AWS does, and no longer does:', lost);
  list(asked.target === 'stock' ? 'Passes in stock now; its correction can go:' : 'Passes now:', mended);
  if (asked.target === 'local') list('Our code relies on it:', broken);
  for (const error of errors) say(`\n${styleText('red', 'Could not be tried')}: ${error}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  say(`\n${passing} of ${tried.length} behaviours pass at ${asked.target}, in ${seconds} s`);
  return errors.length > 0 || tried.length === 0 || (asked.target === 'local' && broken.length > 0) ? 1 : 0;
};

process.exitCode = await main();
