/** Holds every source file to a length that one can keep in mind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { projectFiles } from './project-files.ts';

const MOST_LINES = 300;

const files = projectFiles('*.ts', '*.tsx', '*.mjs', '*.py');
for (const file of files) {
  const lines = readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n').length;
  if (lines <= MOST_LINES) continue;
  process.stdout.write(
    `${file} has ${lines} lines; the limit is ${MOST_LINES}. Which part has a name of its own?\n`,
  );
  process.exitCode = 1;
}
process.stdout.write(`${files.length} files\n`);
