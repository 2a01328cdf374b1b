/** How many requests a second ordering answers, beside Lambdas that read or write once. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { inTurns } from '../emulator/clouds.ts';
import { hasProc, workedSeconds } from '../emulator/process.ts';
import { groupsOf, logOf } from '../payments/profile.ts';
import { untilQuiet } from '../payments/quiet.ts';
import type { Baseline } from './baseline.ts';
import { fire, type Round, type Target } from './load.ts';
import type { People } from './people.ts';
import { askedIn } from './profile.ts';
import type { Compared, Door } from './report.ts';

export interface Size {
  readonly rounds: number;
  /** How many requests in a round. */
  readonly amounts: { readonly [door in Door]: number };
  /** Before anything counts: they start the workers. */
  readonly warmUp: number;
  readonly connections: number;
}

/** A city that runs, and the process of its emulator. */
export interface Running {
  readonly city: CityFile;
  readonly pid: number;
}

const SIDES = ['ours', 'baseline'] as const;
type Side = (typeof SIDES)[number];

/** The functions of a door: its own, and what hangs on each call of it. */
const DOORS = {
  search: { path: 'restaurants', method: 'GET', function: 'list-restaurants' },
  order: { path: 'orders', method: 'POST', function: 'place-order' },
} as const;

export const compared = async (
  { city, pid }: Running,
  { people, baseline }: { readonly people: People; readonly baseline: Baseline },
  door: Door,
  { rounds, amounts, warmUp, connections }: Size,
): Promise<Compared> => {
  const logs = new CloudWatchLogsClient({ endpoint: city.endpoint, region: city.region });
  const { path, method, function: file } = DOORS[door];
  const workedMs = () => (hasProc ? workedSeconds(pid) * 1_000 : Number.NaN);
  const targetOf = (side: Side): Target => ({
    ...{ url: `${side === 'ours' ? city.urls['zomato-ordering'] : baseline.url}/${path}`, method },
    ...(door === 'order' ? { body: people.order, asker: people.orderers[side] } : { asker: people.searcher }),
  });
  const amount = amounts[door];
  const shots: { readonly [side in Side]: Round[] } = { ours: [], baseline: [] };
  const spans = { ours: { startTime: 0, endTime: 0 }, baseline: { startTime: 0, endTime: 0 } };
  const round = async (side: Side): Promise<number> => {
    const startTime = Date.now();
    const before = workedMs();
    const found = await fire(targetOf(side), { amount, connections });
    const emulatorMs = (workedMs() - before) / amount;
    shots[side].push({ ...found, emulatorMs, emulatorBusy: (emulatorMs * found.rate) / 10 });
    // What hangs on these requests is told with them, and slows nobody else.
    spans[side] = { startTime, endTime: await untilQuiet(logs) };
    return found.rate;
  };
  for (const side of SIDES) await fire(targetOf(side), { amount: warmUp, connections });
  await untilQuiet(logs);
  await inTurns(rounds, SIDES, round);

  const own = await Promise.all(functionsOf(city).map((name) => logOf(logs, name, spans.ours)));
  const bare = baseline.functions[door === 'search' ? 'read' : 'write'];
  const called = await logOf(logs, bare, spans.baseline);
  const handler = `zomato-ordering-${file}`;
  return {
    ...{ amount, connections, shots },
    profile: {
      asked: askedIn(own.find(({ name }) => name === handler)?.spans ?? [], amount),
      dynamoCalls:
        own.flatMap(({ spans: said }) => said).filter(({ name }) => name.startsWith('DynamoDB ')).length /
        amount,
      functions: groupsOf(own, amount, (name) => `\`${name}\``),
      baseline: { calls: called.calls / amount, ms: called.ms / amount },
    },
  };
};

const functionsOf = ({ systems }: CityFile): readonly string[] =>
  Object.values(systems).flatMap(({ functions }) => (functions as readonly string[] | undefined) ?? []);
