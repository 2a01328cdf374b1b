/** What functions logged, and what executions did, as AWS would bill it. */
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Capacity } from './door.ts';
import type { Use } from './measured.ts';

/** What CloudWatch adds to each line of a log. */
const LINE_BYTES = 26;

/** What a function logged. */
interface Log {
  /** The billed time of each invocation. */
  readonly ms: readonly number[];
  readonly bytes: number;
  /** Messages that it took from its queue. */
  readonly received: number;
  /** Events that it put on the bus. */
  readonly sent: number;
}

const logOf = async (client: CloudWatchLogsClient, name: string, startTime: number): Promise<Log> => {
  const ms: number[] = [];
  let [bytes, received, sent] = [0, 0, 0];
  const pages = paginateFilterLogEvents({ client }, { logGroupName: `/aws/lambda/${name}`, startTime });
  for await (const { events = [] } of pages) {
    for (const { message = '' } of events) {
      bytes += Buffer.byteLength(message) + LINE_BYTES;
      const billed = /^REPORT .*Billed Duration: (\d+) ms/.exec(message)?.[1];
      if (billed !== undefined) ms.push(Number(billed));
      const span = /^\{"_span":.*?"name":"([^"]+)"/.exec(message)?.[1] ?? '';
      if (span.endsWith(' sent')) sent += 1;
      if (span.endsWith(' message')) received += 1;
    }
  }
  return { ms, bytes, received, sent };
};

/** Reads what functions have logged since a moment, and shares it out among so many payments or other acts. */
export const readLogs =
  (aws: { endpoint: string; region: string }) =>
  async (names: readonly string[], from: number, times: number, heard: Capacity): Promise<Use> => {
    const client = new CloudWatchLogsClient(aws);
    const logs = await Promise.all(names.map((name) => logOf(client, name, from)));
    const sum = (of: (log: Log) => number) => logs.reduce((total, log) => total + of(log), 0) / times;
    return {
      transitions: 0,
      invocations: sum(({ ms }) => ms.length),
      lambdaMs: sum(({ ms }) => median(ms) * ms.length),
      writes: heard.writes / times,
      reads: heard.reads / times,
      events: sum(({ sent }) => sent),
      messages: sum(({ received }) => received),
      logBytes: sum(({ bytes }) => bytes),
    };
  };

/** How often functions were called since a moment. */
export const callsOf =
  (aws: { endpoint: string; region: string }) =>
  async (names: readonly string[], from: number): Promise<number> => {
    const client = new CloudWatchLogsClient(aws);
    const logs = await Promise.all(names.map((name) => logOf(client, name, from)));
    return logs.reduce((sum, { ms }) => sum + ms.length, 0);
  };

/** States entered, and tasks that were tried again. */
export const transitionsIn = (events: readonly HistoryEvent[]): number => {
  const count = (like: RegExp) => events.filter(({ type = '' }) => like.test(type)).length;
  return count(/StateEntered$/) + count(/^TaskScheduled$/) - count(/^TaskStateEntered$/);
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
