/** `npm test`: installs what is missing, then runs every kind of test on a cloud of its own, under Node 24. */

import { installThenRun } from './install.mjs';

await installThenRun('localstack/cloud/test-run.ts', process.argv.slice(2));
