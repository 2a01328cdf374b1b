/**
 * Puts the payment saga of the running city under load, and writes bench/payments.md: a thousand payments, twenty at a
 * time, each tenth with an armed fault, and then how many end in a second beside a machine that only writes.
 * `npm run bench:payments` does that against the city that `npm start` left running; `-- 20` plays twenty, tries the
 * rest in small, and writes nothing; a second number is the seed, to arm the same faults again. Ends with 1 when
 * something differs: a payment, a fault that did not happen, or the books.
 */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../localstack/cloud/paths.ts';
import { openStage } from '../localstack/story/stage.ts';
import { circumstancesNow, runningCity } from './beginning.ts';
import { payersOf } from './payments/payers.ts';
import { planOf } from './payments/plan.ts';
import { differencesIn, paymentsPage, stormTables, throughputTables } from './payments/report.ts';
import { stormOf } from './payments/storm.ts';
import { type Size, throughputOf } from './payments/throughput.ts';

/** What the bar asks for. */
const WANTED = 1_000;
const CLIENTS = 20;
const FULL: Size = { rounds: 3, payments: 40, executions: 100 };
const SMALL: Size = { rounds: 1, payments: 20, executions: 20 };
const TOLD_EVERY = 50;

const [count = WANTED, seed = randomInt(2 ** 31)] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || seed < 0) {
  process.stderr.write('How many payments, and from which seed? Whole numbers, the first from 1.\n');
  process.exit(1);
}
const full = count >= WANTED;
const circumstances = circumstancesNow();
process.stdout.write(`${count} payments from seed ${seed}\n`);

const city = runningCity();
const stage = openStage(city);
const payers = await payersOf(city, stage, CLIENTS);
const plan = planOf(seed, count);

let ended = 0;
const onProgress = () => {
  ended += 1;
  if (ended % TOLD_EVERY === 0) process.stderr.write(`${ended} of ${count} have ended\n`);
};
const storm = await stormOf({ city, stage, payers }, { plan, seed, onProgress });
process.stdout.write(`${stormTables(storm)}\n`);
if (differencesIn(storm).length > 0) process.exitCode = 1;

const throughput = await throughputOf({ city, payers, plan }, full ? FULL : SMALL);
process.stdout.write(`\n${throughputTables(throughput)}\n`);
if (full) writeFileSync(join(ROOT, 'bench/payments.md'), paymentsPage(storm, throughput, circumstances));
