/**
 * What can be said about the code without running the city, a named line each; all of them run, and one that fails
 * shows its whole output. `npm run check -- types sizes` runs only those; `-- --update` writes what is generated.
 */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { ROOT, SHARED_PATHS } from './paths.ts';

interface Check {
  readonly name: string;
  /** The program, of node_modules/.bin or ours, and its arguments. */
  readonly command: readonly [string, ...string[]];
}

const update = process.argv.includes('--update');
const bin = (name: string): string => join(SHARED_PATHS.bin, name);
const ours = (file: string, ...args: string[]): [string, ...string[]] => [process.execPath, file, ...args];

const checks: readonly Check[] = [
  {
    name: 'format',
    command: [bin('biome'), 'check', '--error-on-warnings', ...(update ? ['--write'] : [])],
  },
  { name: 'types', command: [bin('tsc')] },
  { name: 'types of the console', command: [bin('tsc'), '-p', 'console'] },
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'import directions', command: ours('localstack/cloud/imports-run.ts') },
  { name: 'lengths', command: ours('localstack/cloud/lengths-run.ts') },
  { name: 'errors have tests', command: ours('localstack/cloud/named-errors-run.ts') },
  { name: 'dead code', command: [bin('knip')] },
  { name: 'generated machines', command: ours('statemachines/generate.ts', ...(update ? [] : ['--check'])) },
  { name: 'described interfaces', command: ours('functions/openapi.ts', ...(update ? [] : ['--check'])) },
  {
    name: 'template rules',
    command: ours('node_modules/vitest/vitest.mjs', 'run', '--project', 'stacks'),
  },
  { name: 'size of the console', command: ours('localstack/cloud/page-size-run.ts') },
  { name: 'sizes', command: ours('localstack/cloud/sizes-run.ts', ...(update ? ['--update'] : [])) },
];

const run = ([command, ...args]: Check['command']): Promise<{ ok: boolean; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    child.on('error', ({ message }) => resolve({ ok: false, output: message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });

const named = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const chosen = named.length === 0 ? checks : checks.filter(({ name }) => named.includes(name));
if (chosen.length < named.length) {
  process.stderr.write(`There are these checks: ${checks.map(({ name }) => `"${name}"`).join(', ')}\n`);
  process.exit(1);
}
for (const { name, command } of chosen) {
  const started = performance.now();
  const { ok, output } = await run(command);
  const mark = ok ? styleText('green', '✓') : styleText('red', '✗');
  process.stdout.write(`${mark} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  if (!ok) {
    process.stdout.write(`${output.trimEnd()}\n\n`);
    process.exitCode = 1;
  }
}
