/** What the house costs a function, against its bars; writes bench/kernel.md. bench/README.md tells how it measures. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measured } from './kernel/measure.ts';
import { holds, report } from './kernel/report.ts';

const { bars, loaded, called } = await measured({
  // The first reads the files from the disk.
  loads: { count: 31, warmUp: 2 },
  // The first are for the compiler.
  calls: { count: 5_000, warmUp: 2_000 },
});
const text = `${report(bars, loaded, called)}\n`;
writeFileSync(join(import.meta.dirname, 'kernel.md'), text);
process.stdout.write(text);
if (!bars.every(holds)) process.exitCode = 1;
