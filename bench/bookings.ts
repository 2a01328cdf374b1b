/**
 * Measures how many bookings a second a line of railway booking gives places to, beside a FIFO consumer that writes once, and
 * writes bench/bookings.md. `npm run bench:bookings` does that against the city that `npm start` left running; `-- quick` tries
 * it in small and writes nothing. Ends with 1 when the bar does not hold, or a booking did not become a ticket.
 */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../localstack/cloud/paths.ts';
import { openStage } from '../localstack/story/stage.ts';
import { circumstancesNow, emulatorPid, runningCity, sizeAsked } from './beginning.ts';
import { baselineLine, deployBaseline } from './bookings/baseline.ts';
import { customersIn, ourLine } from './bookings/ours.ts';
import { barsOf, bookingsPage, bookingsTables } from './bookings/report.ts';
import { type Size, throughputOf } from './bookings/throughput.ts';
import { holds } from './emulator/report.ts';

const FULL: Size = { rounds: 3, requests: 60, lines: 10 };
const QUICK: Size = { rounds: 1, requests: 40, lines: 10 };

const size = sizeAsked({ full: FULL, quick: QUICK });
const circumstances = circumstancesNow();
const seed = randomInt(2 ** 31);
process.stdout.write(`${size.requests} requests a round from seed ${seed}\n`);

const city = runningCity();
const stage = openStage(city);
const customers = await customersIn(stage, size.requests);
const bare = await deployBaseline(city);
try {
  const found = await throughputOf(
    { city, pid: emulatorPid() },
    { ours: ourLine(city, stage, customers), baseline: baselineLine(bare), bare: bare.function },
    { size, seed },
  );
  process.stdout.write(`${bookingsTables(found)}\n`);
  if (found.others.length > 0 || !barsOf(found).every(holds)) process.exitCode = 1;
  if (size === FULL) writeFileSync(join(ROOT, 'bench/bookings.md'), bookingsPage(found, circumstances));
} finally {
  await bare.remove();
}
