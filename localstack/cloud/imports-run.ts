/** Holds every file of the project to the directions of imports.ts. */
import { execFileSync } from 'node:child_process';
import { againstDirections, importsOf } from './imports.ts';
import { ROOT } from './paths.ts';

const listed = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.ts', '*.mjs'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
);
const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: ROOT, encoding: 'utf8' }).split(
  '\0',
);
const files = listed.split('\0').filter((file) => file !== '' && !deleted.includes(file));
const imports = files.flatMap((file) => importsOf(ROOT, file));
const wrong = againstDirections(imports);
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(`${imports.length} imports in ${files.length} files\n`);
process.exitCode = wrong.length === 0 && imports.length > 0 ? 0 : 1;
