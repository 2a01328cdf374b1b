import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { invoke, makeWorker, type Worker } from './harness/lambda.ts';
import { readGroup } from './harness/logs.ts';
import { LOGS } from './harness/pages.ts';

/** What a worker's log group has when so many of its calls are over, as their REPORT lines tell. */
const logAfter = async (cloud: Cloud, { name }: Worker, calls: number, pattern?: string) => {
  const group = `/aws/lambda/${name}`;
  await waitFor(
    async (seen) => {
      const reports = await readGroup(cloud, group, 'REPORT');
      seen(reports.length);
      return reports.length >= calls;
    },
    { what: 'the log', timeoutMs: cloud.place.target === 'aws' ? 120_000 : 10_000 },
  );
  return readGroup(cloud, group, pattern);
};

/** The word that a line begins with. */
const first = ({ message }: FilteredLogEvent): string => message?.trim().split(' ')[0] ?? '';

behaviour(
  'The lines of a call are its START, what it wrote, its END and its REPORT',
  { page: LOGS.functionLines },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        process.stdout.write('one\n');
        process.stderr.write('two\n');
      },
    });
    for (let n = 0; n < 2; n++) await invoke(cloud, worker);
    const lines = (await logAfter(cloud, worker, 2)).map(first).filter((word) => word !== 'INIT_START');
    const ofCall = ['START', 'one', 'two', 'END', 'REPORT'];
    expectSeen('lines', lines, [...ofCall, ...ofCall]);
  },
);

behaviour(
  'However many lines a call writes, all of them are in its log',
  { page: LOGS.lambda },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      timeout: 20,
      does: async ({ thousands }: { thousands: number }, { pause }) => {
        const thousand = `${'line\n'.repeat(999)}milestone\n`;
        for (let n = 0; n < thousands; n++) process.stdout.write(thousand);
        // So long that all of them have come to whoever keeps them, before the call is over.
        await pause(2_000);
      },
    });
    const thousands = 30;
    await invoke(cloud, worker, { thousands });
    const milestones = await logAfter(cloud, worker, 1, 'milestone');
    expectSeen('thousands of lines', milestones.length, thousands);
  },
);

behaviour(
  'An environment writes what it does into one log stream, which its context names',
  { page: LOGS.functionLines },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: (_event: object, { context }) => context.logStreamName });
    const { body: told } = await invoke(cloud, worker);
    expectSeen('its name at the second call', (await invoke(cloud, worker)).body, told);
    const streams = new Set((await logAfter(cloud, worker, 2)).map(({ logStreamName }) => logStreamName));
    expectSeen('streams', streams.size, 1);
    expectSeen('the stream is the one that was told', streams.has(String(told)), true);
  },
);
