/** Measures what the house costs a function. bench/README.md tells how. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleOptions } from '../../localstack/cloud/bundle.ts';
import { LIMIT_KB } from '../../localstack/cloud/sizes.ts';
import type { Bar, Called, Loaded } from './report.ts';

/** How often something is done, and how often before that does not count. */
export interface Rounds {
  readonly count: number;
  readonly warmUp: number;
}

/** What was measured, as the page shows it. */
export interface Kernel {
  readonly bars: readonly Bar[];
  readonly loaded: readonly Loaded[];
  readonly called: readonly Called[];
}

/**
 * What is loaded. The house is measured against a document client bundled as ours are, but with nothing left out of it,
 * as it comes; with our rules of what to leave out it is smaller than any client without the house would be.
 */
const BUNDLES = {
  bare: 'a bare document client',
  ruled: 'the same, with what our rules leave',
  house: 'a door with the whole house and the document client',
} as const;

/** Times the load of a bundle in a process of its own, as a cold start has it: read, compile, make the client. */
const LOAD = `const started = performance.now();
require(process.argv[1]);
process.stdout.write(String(performance.now() - started));`;

const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_LAMBDA_FUNCTION_NAME: 'bench', // so that ports are made while loading
  AWS_REGION: 'ap-south-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  SYSTEM: 'bench',
  TABLE: 'bench',
};

/** Where the bundle of a name is. */
type Bundled = (name: string) => string;

const bundle = async (folder: string): Promise<Bundled> => {
  const from = (file: string, out: string) => ({ in: join(import.meta.dirname, `${file}.ts`), out });
  const options = { ...bundleOptions, outdir: folder, outExtension: { '.js': '.cjs' }, write: true };
  await build({
    ...options,
    entryPoints: [from('bare', 'ruled'), from('house', 'house'), from('warm', 'warm')],
  });
  await build({ ...options, plugins: [], entryPoints: [from('bare', 'bare')] });
  return (name) => join(folder, `${name}.cjs`);
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** One after the other in each round, so that whatever else the machine does meets all alike. */
const loads = (
  bundled: Bundled,
  { count, warmUp }: Rounds,
): { readonly [name in keyof typeof BUNDLES]: Loaded } => {
  const samples = { bare: [] as number[], ruled: [] as number[], house: [] as number[] };
  for (let round = -warmUp; round < count; round++) {
    for (const name of ['bare', 'ruled', 'house'] as const) {
      const args = ['-e', LOAD, bundled(name)];
      const took = execFileSync(process.execPath, args, { env: ENVIRONMENT, encoding: 'utf8' });
      if (round >= 0) samples[name].push(Number(took));
    }
  }
  const loaded = (name: keyof typeof BUNDLES): Loaded => ({
    bundle: BUNDLES[name],
    kb: gzipSync(readFileSync(bundled(name)), { level: 9 }).length / 1000,
    loadMs: median(samples[name]),
  });
  return { bare: loaded('bare'), ruled: loaded('ruled'), house: loaded('house') };
};

/** Milliseconds of each call, from the process that makes them. */
interface WarmCalls {
  readonly bare: number[];
  readonly house: number[];
}

const warmCalls = (bundled: Bundled, { count, warmUp }: Rounds): Promise<WarmCalls> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundled('warm'), String(count), String(warmUp)], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child.stdout?.resume(); // the log is read, as Lambda would
    child.once('message', (calls) => resolve(calls as WarmCalls));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it had told its times`)));
  });

/** Bundles, loads and calls; leaves nothing behind. */
export const measured = async (rounds: {
  readonly loads: Rounds;
  readonly calls: Rounds;
}): Promise<Kernel> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-kernel-'));
  try {
    const bundled = await bundle(folder);
    const loaded = loads(bundled, rounds.loads);
    return kernelOf(loaded, await warmCalls(bundled, rounds.calls));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const kernelOf = ({ bare, ruled, house }: ReturnType<typeof loads>, calls: WarmCalls): Kernel => {
  const [bareMs, houseMs] = [median(calls.bare), median(calls.house)];
  const bars: readonly Bar[] = [
    { what: 'Size of such a door, gzip', limit: LIMIT_KB, measured: house.kb, unit: 'kB' },
    {
      what: 'Its load, against a bare document client',
      limit: 1.5,
      measured: house.loadMs / bare.loadMs,
      unit: 'times',
    },
    { what: 'What `restHandler` adds to a warm call', limit: 1, measured: houseMs - bareMs, unit: 'ms' },
  ];
  const called: readonly Called[] = [
    { handler: 'a bare handler', ms: bareMs },
    { handler: 'the same behind `restHandler`, with the lines it logs', ms: houseMs },
  ];
  return { bars, loaded: [bare, ruled, house], called };
};
