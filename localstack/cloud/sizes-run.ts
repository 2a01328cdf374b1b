/** Bundles every Lambda as for AWS and compares with the committed table; `--update` writes the table. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleAws } from './bundle.ts';
import { listLambdas } from './lambdas.ts';
import { ROOT, SHARED_PATHS } from './paths.ts';
import { measure, objections, readTable, table } from './sizes.ts';

const TABLE = join(ROOT, 'bench/lambda-sizes.md');

const { metafile } = await bundleAws(listLambdas());
const sizes = measure(metafile, join(SHARED_PATHS.build, 'aws'));
if (process.argv.includes('--update')) writeFileSync(TABLE, table(sizes));
const committed = existsSync(TABLE) ? readFileSync(TABLE, 'utf8') : '';
for (const objection of objections(sizes, readTable(committed))) {
  process.stderr.write(`${objection}\n`);
  process.exitCode = 1;
}
if (process.exitCode) process.stderr.write('If it is meant: npm run check -- sizes --update\n');
