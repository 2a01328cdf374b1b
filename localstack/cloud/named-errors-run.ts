/** Holds every error class of functions/ and shared/ to having a test that names it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namedByNoTest } from './named-errors.ts';
import { ROOT } from './paths.ts';
import { projectFiles } from './project-files.ts';

const files = projectFiles('functions/**/*.ts', 'shared/**/*.ts', 'localstack/e2e/*.ts');
// The tools of tests throw what only tests read.
const sources = files
  .filter((file) => !file.startsWith('shared/testing/'))
  .map((file) => ({
    file,
    text: readFileSync(join(ROOT, file), 'utf8'),
  }));
const { errors, missing } = namedByNoTest(sources);
for (const line of missing) process.stdout.write(`${line}\n`);
process.stdout.write(`${errors} errors\n`);
process.exitCode = missing.length === 0 && errors > 0 ? 0 : 1;
