/** How many bookings a second a line has, beside a consumer that writes once, and where the time goes. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { snsClient } from '../../shared/aws/index.ts';
import { topic } from '../../shared/messaging/topic.ts';
import { inTurns } from '../emulator/clouds.ts';
import { hasProc, workedSeconds } from '../emulator/process.ts';
import { calledIn, groupsOf, logOf } from '../payments/profile.ts';
import { untilQuiet } from '../payments/quiet.ts';
import { askedIn } from '../rest/profile.ts';
import { OURS } from './baseline.ts';
import { whileHeld } from './hold.ts';
import { type Filling, type Line, readerOf } from './line.ts';
import { hasEnded, hasTicket } from './ours.ts';
import { planOf } from './plan.ts';
import { type Round, SIDES, type Side, type Throughput } from './report.ts';

export interface Size {
  readonly rounds: number;
  /** Messages of a round, and in how many groups. */
  readonly requests: number;
  readonly lines: number;
}

/** A city that runs, and the process of its emulator. */
interface Running {
  readonly city: CityFile;
  readonly pid: number;
}

interface Compared {
  readonly ours: Line;
  readonly baseline: Line;
  /** The baseline's function. */
  readonly bare: string;
}

/** Between two looks; one look is a few items. */
const LOOK_EVERY_MS = 50;
const TICKETS_EVERY_MS = 500;

export const throughputOf = async (
  { city, pid }: Running,
  { ours, baseline, bare }: Compared,
  { size, seed }: { readonly size: Size; readonly seed: number },
): Promise<Throughput> => {
  const logs = new CloudWatchLogsClient({ endpoint: city.endpoint, region: city.region });
  const reader = readerOf(city);
  const workedMs = () => (hasProc ? workedSeconds(pid) * 1_000 : Number.NaN);
  const found: { readonly [side in Side]: Round[] } = { alone: [], live: [], baseline: [] };
  const spans = Object.fromEntries(SIDES.map((side) => [side, { startTime: 0, endTime: 0 }])) as {
    [side in Side]: { startTime: number; endTime: number };
  };
  const others: string[] = [];
  let played = 0;

  const workedOff = async ({ topicArn, table, isDone }: Line, filled: Filling): Promise<Round> => {
    const [started, workedBefore] = [performance.now(), workedMs()];
    const elapsed = () => (performance.now() - started) / 1_000;
    await topic({ client: snsClient(), topicArn }).publish(filled.events);
    const told = elapsed();
    // The last of each line: whatever is before it was worked on before it.
    const last = filled.items.slice(-size.lines);
    await reader.until(table, last, isDone, { what: 'the line to be worked off', everyMs: LOOK_EVERY_MS });
    return { told, done: elapsed(), emulatorMs: (workedMs() - workedBefore) / size.requests };
  };
  const ticketed = async ({ items }: Filling): Promise<void> => {
    const what = 'the bookings to be tickets';
    await reader.until(ours.table, items, hasEnded, { what, everyMs: TICKETS_EVERY_MS });
    const ended = await reader.read(ours.table, items);
    others.push(
      ...ended
        .filter((item) => !hasTicket(item))
        .map((item) => `${item?.id} is ${item?.state}: ${item?.reason}`),
    );
  };
  const round = async (side: Side): Promise<number> => {
    const line = side === 'baseline' ? baseline : ours;
    const filled = await line.filling(planOf(seed + played, size), played);
    played += 1;
    await untilQuiet(logs);
    const startTime = Date.now();
    const work = () => workedOff(line, filled);
    const one = side === 'alone' ? await whileHeld(city, work) : await work();
    if (side !== 'baseline') await ticketed(filled);
    const ticketedAfter = (Date.now() - startTime) / 1_000;
    spans[side] = { startTime, endTime: await untilQuiet(logs) };
    found[side].push(side === 'live' ? { ...one, ticketed: ticketedAfter } : one);
    return one.done;
  };

  // Does not count: it starts the workers.
  for (const side of SIDES) await round(side);
  for (const side of SIDES) found[side].length = 0;
  await inTurns(size.rounds, SIDES, round);

  const read = (names: readonly string[], side: Side) =>
    Promise.all(names.map((name) => logOf(logs, name, spans[side])));
  const own = await read(functionsOf(city), 'live');
  const consumer = own.filter(({ name }) => name === OURS);
  const { requests } = size;
  const clients = own.flatMap(({ spans: said }) => said).filter(({ kind }) => kind === 'client');
  return {
    ...{ seed, size, rounds: found, others },
    profile: {
      consumer: calledIn(consumer, requests),
      asked: askedIn(
        consumer.flatMap(({ spans: said }) => said.filter(({ kind }) => kind === 'client')),
        requests,
      ),
      baseline: calledIn(await read([bare], 'baseline'), requests),
      functions: groupsOf(own, requests, (name) => `\`${name}\``),
      all: askedIn(clients, requests),
    },
  };
};

const functionsOf = ({ systems }: CityFile): readonly string[] =>
  Object.values(systems).flatMap(({ functions }) => (functions as readonly string[] | undefined) ?? []);
