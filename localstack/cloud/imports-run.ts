/** Holds every file of the project to the directions of imports.ts. */
import { againstDirections, importsOf } from './imports.ts';
import { ROOT } from './paths.ts';
import { projectFiles } from './project-files.ts';

const files = projectFiles('*.ts', '*.tsx', '*.mjs');
const imports = files.flatMap((file) => importsOf(ROOT, file));
const wrong = againstDirections(imports);
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(`${imports.length} imports in ${files.length} files\n`);
process.exitCode = wrong.length === 0 && imports.length > 0 ? 0 : 1;
