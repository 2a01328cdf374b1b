/**
 * Measures what the acts of a system ask of AWS, and writes what a thousand of them cost into its pages. `npm run bench:costs`
 * plays twenty payments of each kind against the city that `npm start` left running, `-- zomato-ordering` searches and orders,
 * `-- swiggy-tracking` orders that are followed, `-- irctc-booking` tickets and cancellations; a number plays so many of each and writes nothing where they are too few;
 * `-- pages` writes all pages anew from the last measurements and the prices.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { CityFile } from '../localstack/cloud/city.ts';
import { runningCity } from './beginning.ts';
import { measuredCommit } from './commit.ts';
import { ACTS, type ActsSystem } from './costs/acts.ts';
import { measuredFile, SYSTEMS, type System, writePages } from './costs/pages.ts';

/** How many payments of each kind stand for all. */
const PAYMENTS = 20;
const wantedOf = (system: System): number => (system === 'paytm-saga' ? PAYMENTS : ACTS[system].wanted);

const measure = async (system: System, times: number): Promise<void> => {
  const city = runningCity();
  const day = new Date().toISOString().slice(0, 10);
  const circumstances = { commit: measuredCommit(), day };
  const text = `${JSON.stringify({ ...circumstances, ...(await run(system, city, times)) }, rounded, 2)}\n`;
  process.stdout.write(text);
  if (times < wantedOf(system)) return;
  mkdirSync(dirname(measuredFile(system)), { recursive: true });
  writeFileSync(measuredFile(system), text);
  writePages(system);
};

/** What differs by systems is loaded when it is asked for: the clients of the SDK take their keys from the environment. */
const MEASURES = {
  'zomato-ordering': async () => (await import('./costs/ordering.ts')).measureOrdering,
  'swiggy-tracking': async () => (await import('./costs/tracking.ts')).measureTracking,
  'irctc-booking': async () => (await import('./costs/booking.ts')).measureBookings,
} as const satisfies { readonly [system in ActsSystem]: () => Promise<unknown> };

const run = async (system: System, city: CityFile, times: number): Promise<object> => {
  const cores = availableParallelism();
  if (system === 'paytm-saga') {
    const { measurePayments } = await import('./costs/payments.ts');
    return { payments: times, cores, ...(await measurePayments(city, times)) };
  }
  const { kinds, memory } = await (await MEASURES[system]())(city, times);
  return { times, cores, memory, kinds };
};

/** Three digits after the point are more than a run can tell. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;

const given = process.argv.slice(2);
const system = SYSTEMS.find((name) => name === given[0]) ?? 'paytm-saga';
const [asked = String(wantedOf(system)), ...more] = given.filter((one) => one !== system);
if (more.length > 0 || (asked !== 'pages' && !/^[1-9]\d*$/.test(asked))) {
  process.stderr.write(`Which system (${SYSTEMS.join(', ')}), and how many of each? Or: pages.\n`);
  process.exit(1);
}
if (asked === 'pages') for (const one of SYSTEMS) writePages(one);
else await measure(system, Number(asked));
