/**
 * Measures how many searches and orders a second ordering answers in the running city, beside Lambdas that read or write
 * once, and writes bench/rest.md. `npm run bench:rest` does that against the city that `npm start` left running; `-- quick`
 * tries it in small and writes nothing. Ends with 1 when a bar does not hold, or a request was not answered as it should be.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../localstack/cloud/paths.ts';
import { openStage } from '../localstack/story/stage.ts';
import { circumstancesNow, emulatorPid, runningCity, sizeAsked } from './beginning.ts';
import { holds } from './emulator/report.ts';
import { deployBaseline } from './rest/baseline.ts';
import { peopleOf } from './rest/people.ts';
import { customersFor } from './rest/plan.ts';
import { barsOf, type Doors, differencesIn, restPage, restTables } from './rest/report.ts';
import { compared, type Size } from './rest/throughput.ts';

const FULL: Size = { rounds: 3, amounts: { search: 600, order: 120 }, warmUp: 40, connections: 8 };
const QUICK: Size = { rounds: 1, amounts: { search: 100, order: 30 }, warmUp: 20, connections: 8 };

const size = sizeAsked({ full: FULL, quick: QUICK });
const circumstances = circumstancesNow();
const city = runningCity();
/** Those that start workers too, and some for each connection, which autocannon has ready and never sends. */
const orders = size.rounds * (size.amounts.order + 2 * size.connections) + size.warmUp + 2 * size.connections;
const people = await peopleOf(city, openStage(city), customersFor(orders));
const running = { city, pid: emulatorPid() };
const baseline = await deployBaseline(city, people.stored);
try {
  const sides = { people, baseline };
  const doors: Doors = {
    search: await compared(running, sides, 'search', size),
    order: await compared(running, sides, 'order', size),
  };
  process.stdout.write(`${restTables(doors)}\n`);
  if (differencesIn(doors).length > 0 || !barsOf(doors).every(holds)) process.exitCode = 1;
  if (size === FULL) writeFileSync(join(ROOT, 'bench/rest.md'), restPage(doors, circumstances));
} finally {
  await baseline.remove();
}
