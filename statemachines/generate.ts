/**
 * Writes `<name>.asl.json` beside each `<name>.machine.ts`, for Workflow Studio and for readers who know ASL, and draws
 * the machines into the READMEs that ask for it. `--check` writes nothing and exits 1 when a file is out of date.
 */
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDiagrams } from './diagram.ts';
import { committed, machines, rendered } from './machines.ts';

const checkOnly = process.argv.includes('--check');
const ROOT = join(import.meta.dirname, '..');

const place = async (path: string, found: string, wanted: string): Promise<void> => {
  if (found === wanted) return;
  if (!checkOnly) return writeFile(join(ROOT, path), wanted);
  console.error(`${path} is out of date: npm run generate`);
  process.exitCode = 1;
};

for (const [path, definition] of Object.entries(machines)) {
  await place(`statemachines/${path}`, await committed(path).catch(() => ''), rendered(definition));
}
for (const path of globSync('{functions,statemachines}/**/*.md', { cwd: ROOT })) {
  const page = await readFile(join(ROOT, path), 'utf8');
  await place(path, page, withDiagrams(page, machines));
}
