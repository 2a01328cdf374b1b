/**
 * What the console's models take of the thread that draws, at 10,000 events and 5,000 executions; writes
 * bench/console.md. Ends with 1 if a move of the cursor takes longer than a frame. bench/README.md tells how it measures.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { measuredCommit } from './commit.ts';
import { measured } from './console/measure.ts';
import { consolePage, holds } from './console/report.ts';

const [load = Number.NaN] = loadavg();
const found = measured({ events: 10_000, runs: 5_000, places: 20, rounds: 31 });
const page = `${consolePage(found, { commit: measuredCommit(), load })}\n`;
writeFileSync(join(import.meta.dirname, 'console.md'), page);
process.stdout.write(page);
if (!holds(found)) process.exitCode = 1;
