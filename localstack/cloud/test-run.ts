/**
 * Every kind of test, on a city of its own: another folder, another port, so that a running `npm start` is not
 * disturbed. Arguments go to vitest (`npm test -- --project unit shared/effects`). The city is always taken down,
 * and the last line is `N passed, N failed`.
 *
 * `npm run test:stock` runs the end-to-end tests alone, all or those of the named systems, on an emulator without our
 * corrections.
 *
 * Tests find it by DABBA_CITY, the path of its city.json; store tests, which need tables of their own only, by
 * DABBA_STORE_ENDPOINT. The AWS_* variables point to it too.
 */

import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf, report } from '../cli/report.ts';
import { closeCityBooks } from '../story/city-books.ts';
import { openStage } from '../story/stage.ts';
import { chromiumOf } from './chromium.ts';
import type { CityFile } from './city.ts';
import { down } from './down.ts';
import { endpointOf, localAws } from './environment.ts';
import { interruptible } from './interrupt.ts';
import { cloudPaths, ROOT, SHARED_PATHS } from './paths.ts';
import { freePort } from './ports.ts';
import { progress } from './progress.mjs';
import { stockTests } from './stock-tests.ts';
import { endCitiesOfTheDead } from './test-homes.ts';
import type { Counts } from './test-reporter.ts';
import { up } from './up.ts';

const signal = interruptible();
const show = progress({ verbose: process.argv.includes('--verbose') });

/** A vitest of its own, beside the others. */
interface Part {
  readonly args: readonly string[];
  /** All that it prints comes at its end, so that it does not mix with another's. */
  readonly quiet?: boolean;
  /** How much it lets others go first, from 0 to 19: with 19 it has what they leave of the processors. */
  readonly nice?: number;
  readonly env?: NodeJS.ProcessEnv;
}

const vitest = (env: NodeJS.ProcessEnv, { args, quiet, nice, env: own }: Part): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      nice ? 'nice' : process.execPath,
      [
        ...(nice ? ['-n', String(nice), process.execPath] : []),
        join(ROOT, 'node_modules/vitest/vitest.mjs'),
        ...['run', '--reporter=default', `--reporter=${join(import.meta.dirname, 'test-reporter.ts')}`],
        ...args,
      ],
      {
        cwd: ROOT,
        env: { ...env, ...own },
        stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      },
    );
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => said.push(chunk));
    const end = () => child.kill('SIGTERM');
    signal.addEventListener('abort', end, { once: true });
    child.on('error', reject);
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });

/** Vitest would take one worker on two cores; a test of a cloud waits a good part of its time. A third made others late. */
const WORKERS = 2;
/** What yields may fill both. */
const WORKERS_THAT_YIELD = 2;

/** What `npm test` plays of each law, beside everything else; `npm test -- --project laws` plays all of it. */
const PART_OF_THE_LAWS = 0.2;

const ofProjects = (...names: string[]) => names.flatMap((name) => ['--project', name]);

/** A million of them is played elsewhere; how long ten thousand take is a bar of theirs, so nothing else runs meanwhile. */
const RUSHES = 'functions/irctc-booking/rush-laws.test.ts';
const LAWS = { quiet: true, env: { DABBA_LAWS_TIMES: String(PART_OF_THE_LAWS) } } as const;

/**
 * What runs one after the other, and in each of these at the same time: first the rushes alone, which only compute, then
 * everything else. Of that the other laws and the templates only compute, and nobody waits for their answer: they go last, since
 * beside them fifty payments at once had found no time to be answered in. The others talk to clouds, with deadlines, and
 * the end-to-end tests, which come one after the other and so are the longest, go first.
 * Laws count for no coverage: counting made their many thousand runs half as slow again, and examples have to reach
 * every branch without them; nor do templates, which run none of what is counted. Named tests run as they are named.
 */
const wavesOf = (args: readonly string[]): readonly (readonly Part[])[] =>
  args.length > 0
    ? [[{ args }]]
    : [
        [{ ...LAWS, args: [...ofProjects('laws'), RUSHES] }],
        [
          {
            args: [
              ...ofProjects('unit', 'store', 'cloud', 'e2e-beside'),
              '--coverage',
              `--maxWorkers=${WORKERS}`,
            ],
            nice: 5,
          },
          // A person's path where this machine has a browser; `npm run test:browser` asks for one, and walks further.
          { args: ofProjects('e2e', ...(chromiumOf() === undefined ? [] : ['browser'])), quiet: true },
          {
            ...LAWS,
            args: [
              ...ofProjects('laws', 'stacks'),
              `--exclude=${RUSHES}`,
              `--maxWorkers=${WORKERS_THAT_YIELD}`,
            ],
            nice: 19,
          },
        ],
      ];

/** The books once more, when every end-to-end test is over: whatever they did to the city, no money may be lost. */
const closeTheBooks = async (city: CityFile): Promise<boolean> => {
  const wrong = (await closeCityBooks(openStage(city))).filter(({ holds }) => !holds);
  for (const { what, seen } of wrong) process.stdout.write(`✗ after all tests: ${what.en} (${seen.en})\n`);
  if (wrong.length === 0) process.stdout.write('✓ after all tests the books of the city hold\n');
  return wrong.length === 0;
};

const main = async (): Promise<{ counts: Counts; code: number }> => {
  await endCitiesOfTheDead(show);
  const paths = cloudPaths(join(SHARED_PATHS.tests, String(process.pid)));
  const args = process.argv.slice(2).filter((arg) => arg !== '--verbose' && arg !== '--stock');
  const stock = process.argv.includes('--stock') ? stockTests(args) : undefined;
  if (stock) {
    process.stdout.write(`In stock: the end-to-end tests of ${stock.systems.join(', ') || 'every system'}\n`);
  }
  try {
    const port = await freePort();
    const { PATH, HOME, LANG, CI, NO_COLOR, FORCE_COLOR, TERM, DABBA_LETTERS } = process.env;
    const city = await up({
      paths,
      port,
      corrections: stock ? 'none' : undefined,
      progress: show,
      signal,
    });
    const env = {
      ...{ PATH, HOME, LANG, CI, NO_COLOR, FORCE_COLOR, TERM, DABBA_LETTERS },
      ...localAws(paths, port),
      DABBA_HOME: paths.home,
      DABBA_CITY: paths.city,
      DABBA_STORE_ENDPOINT: endpointOf(port),
      // Tests start our commands many dozen times: what one has compiled the next ones load.
      NODE_COMPILE_CACHE: join(paths.home, 'compiled'),
    };
    const played = async (part: Part, name: string) => {
      const file = join(paths.home, `counts-${name}.json`);
      const code = await vitest({ ...env, DABBA_COUNTS: file }, part);
      signal.throwIfAborted();
      return { code, counts: JSON.parse(readFileSync(file, 'utf8')) as Counts };
    };
    const runs: Awaited<ReturnType<typeof played>>[] = [];
    for (const [wave, parts] of wavesOf(stock?.vitest ?? args).entries())
      runs.push(...(await Promise.all(parts.map((part, index) => played(part, `${wave}-${index}`)))));
    signal.throwIfAborted();
    const hold = await closeTheBooks(city);
    return {
      counts: {
        passed: runs.reduce((sum, { counts }) => sum + counts.passed, hold ? 1 : 0),
        failed: runs.reduce((sum, { counts }) => sum + counts.failed, hold ? 0 : 1),
      },
      code: Math.max(hold ? 0 : 1, ...runs.map(({ code }) => code)),
    };
  } finally {
    await down({ paths, progress: show });
    rmSync(paths.home, { recursive: true, force: true });
    // A test that was interrupted left its own city running.
    await endCitiesOfTheDead(show);
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
