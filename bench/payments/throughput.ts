/** How many payments end in a second, beside executions of a machine that writes as often and does nothing else. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { ACCOUNT } from '../../localstack/cloud/environment.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { together } from '../../shared/testing/together.ts';
import { inTurns } from '../emulator/clouds.ts';
import { deployBaseline } from './baseline.ts';
import type { Payers } from './payers.ts';
import { type Planned, STRAIGHT } from './plan.ts';
import { calledIn, groupsOf, historyOf, logOf, statesOf, stateTimes } from './profile.ts';
import { untilQuiet } from './quiet.ts';
import type { Throughput } from './report.ts';
import { executionsOf } from './running.ts';

export interface Size {
  readonly rounds: number;
  /** How many in a round. */
  readonly payments: number;
  readonly executions: number;
}

/** How many payments of the last round are looked at. */
const SAMPLE = 40;
const ENDED_WITHIN_MS = 300_000;

/** @param plan whose methods are mixed; its faults are left out */
export const throughputOf = async (
  { city, payers, plan }: { city: CityFile; payers: Payers; plan: readonly Planned[] },
  size: Size,
): Promise<Throughput> => {
  const aws = { endpoint: city.endpoint, region: city.region };
  const [sfn, logs] = [new SFNClient(aws), new CloudWatchLogsClient(aws)];
  const baseline = await deployBaseline(city, STRAIGHT.length);
  try {
    const written = executionsOf(sfn, baseline.machine);
    const methods = plan.map(({ method }) => method);
    let last: readonly string[] = [];
    let span = { startTime: 0, endTime: 0 };
    const pays = async (): Promise<number> => {
      const startTime = Date.now();
      const ids = await together(size.payments, payers.clients, async (n, client) => {
        const id = await payers.start(client, methods[n % methods.length] ?? 'upi');
        await payers.over(id);
        return id;
      });
      const seconds = (Date.now() - startTime) / 1_000;
      await completed(payers, ids);
      last = ids;
      // Until the next thing is measured, so that what hangs on these payments is told with them, and slows nobody.
      span = { startTime, endTime: await untilQuiet(logs) };
      return ids.length / seconds;
    };
    let ran = { startTime: 0, endTime: 0 };
    const writes = async (): Promise<number> => {
      const startTime = Date.now();
      await together(size.executions, payers.clients, async () => {
        await written.over(await baseline.start(), ENDED_WITHIN_MS);
      });
      ran = { startTime, endTime: Date.now() };
      return size.executions / ((ran.endTime - startTime) / 1_000);
    };
    const run = { payments: pays, baseline: writes };
    // Does not count: it starts the workers.
    for (const name of ['payments', 'baseline'] as const) await run[name]();
    const rates = await inTurns(size.rounds, ['payments', 'baseline'], (name) => run[name]());

    const read = (names: readonly string[], when: typeof span) =>
      Promise.all(names.map((name) => logOf(logs, name, when)));
    const own = await read(functionsOf(city), span);
    const sampled = last.slice(-SAMPLE);
    const times = await Promise.all(
      sampled.map(async (id) => stateTimes(await historyOf(sfn, executionOf(city, id)))),
    );
    return {
      ...{ clients: payers.clients, payments: size.payments, executions: size.executions, rates },
      profile: {
        sampled: sampled.length,
        states: statesOf(
          times,
          own.filter(({ name }) => name.startsWith('paytm-saga-')),
        ),
        functions: groupsOf(own, last.length, groupOf),
        baseline: calledIn(await read(baseline.functions, ran), size.executions),
      },
    };
  } finally {
    await baseline.remove();
  }
};

const executionOf = (city: CityFile, id: string): string =>
  `arn:aws:states:${city.region}:${ACCOUNT}:execution:paytm-saga-payment:${id}.1`;

const functionsOf = ({ systems }: CityFile): readonly string[] =>
  Object.values(systems).flatMap(({ functions }) => (functions as readonly string[] | undefined) ?? []);

const TASKS: ReadonlySet<string> = new Set(STRAIGHT.map((file) => `paytm-saga-${file}`));

const groupOf = (name: string): string => {
  if (TASKS.has(name)) return 'tasks of the machine';
  if (name === 'paytm-saga-start-payment') return 'the door that starts it';
  if (/-list-payments$|-get-payment$/.test(name)) return 'this bench, looking';
  if (name.startsWith('sandbox-bank-')) return 'the bank';
  if (name.startsWith('paytm-saga-')) return 'what the payment tells: notices, callbacks, the sweeper';
  return `\`${name}\``;
};

/** @throws {Error} one of them did not complete */
const completed = (payers: Payers, ids: readonly string[]): Promise<unknown> =>
  waitFor(
    async (seen) => {
      const all = await payers.all();
      const others = ids.filter((id) => all.get(id)?.status !== 'completed');
      seen(others.map((id) => `${id}: ${all.get(id)?.status}`));
      return others.length === 0;
    },
    { what: 'every payment to have completed', timeoutMs: 60_000, everyMs: 500 },
  );
