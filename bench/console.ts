/**
 * What the console takes at 10,000 events and 5,000 executions, in a Chromium and its models alone; writes
 * bench/console.md. Ends with 1 if something is not fluid. bench/README.md tells how it measures.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { measuredCommit } from './commit.ts';
import { inBrowser } from './console/browser.ts';
import { fluidBars } from './console/browser-report.ts';
import { measured } from './console/measure.ts';
import { consolePage, holds } from './console/report.ts';

const [load = Number.NaN] = loadavg();
const found = measured({ events: 10_000, runs: 5_000, places: 20, rounds: 31 });
const browser = await inBrowser(3);
const page = `${consolePage(found, browser, { commit: measuredCommit(), load })}\n`;
writeFileSync(join(import.meta.dirname, 'console.md'), page);
process.stdout.write(page);
if (!holds(found) || fluidBars(browser).some((bar) => !bar.holds)) process.exitCode = 1;
