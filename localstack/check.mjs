/** `npm run check`: installs what is missing, then everything that can be said without running the city. */

import { installThenRun } from './install.mjs';

await installThenRun('localstack/cloud/check-run.ts', process.argv.slice(2));
