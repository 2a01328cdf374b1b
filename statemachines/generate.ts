/**
 * Writes `<name>.asl.json` beside each `<name>.machine.ts`, for Workflow Studio and for readers who know ASL.
 * `--check` writes nothing and exits 1 when a file is out of date.
 */
import { writeFile } from 'node:fs/promises';
import { committed, machines, rendered } from './machines.ts';

const checkOnly = process.argv.includes('--check');
for (const [path, definition] of Object.entries(machines)) {
  const wanted = rendered(definition);
  if (!checkOnly) {
    await writeFile(new URL(path, import.meta.url), wanted);
  } else if ((await committed(path).catch(() => '')) !== wanted) {
    console.error(`statemachines/${path} is out of date: npm run generate`);
    process.exitCode = 1;
  }
}
