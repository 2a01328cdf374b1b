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
  /** The types of the events that it told. */
  readonly told: readonly string[];
}

/** Where events and messages go, by what they cost. */
export interface Ways {
  /** @param type of an event */
  readonly to: (type: string) => 'bus' | 'topic' | 'fifoTopic';
  /** Functions whose queue keeps order. */
  readonly inOrder: readonly string[];
}

/** Of systems that tell everything on the bus. */
export const ON_THE_BUS: Ways = { to: () => 'bus', inOrder: [] };

/** What the relay calls the span of an event. */
const SENT = ' sent';

const logOf = async (client: CloudWatchLogsClient, name: string, startTime: number): Promise<Log> => {
  const ms: number[] = [];
  const told: string[] = [];
  let [bytes, received] = [0, 0];
  const pages = paginateFilterLogEvents({ client }, { logGroupName: `/aws/lambda/${name}`, startTime });
  for await (const { events = [] } of pages) {
    for (const { message = '' } of events) {
      bytes += Buffer.byteLength(message) + LINE_BYTES;
      const billed = /^REPORT .*Billed Duration: (\d+) ms/.exec(message)?.[1];
      if (billed !== undefined) ms.push(Number(billed));
      const span = /^\{"_span":.*?"name":"([^"]+)"/.exec(message)?.[1] ?? '';
      if (span.endsWith(SENT)) told.push(span.slice(0, -SENT.length));
      if (span.endsWith(' message')) received += 1;
    }
  }
  return { ms, bytes, received, told };
};

/** Reads what functions have logged since a moment, and shares it out among so many payments or other acts. */
export const readLogs =
  (aws: { endpoint: string; region: string }, { to, inOrder }: Ways = ON_THE_BUS) =>
  async (names: readonly string[], from: number, times: number, heard: Capacity): Promise<Use> => {
    const client = new CloudWatchLogsClient(aws);
    const logs = await Promise.all(names.map((name) => logOf(client, name, from)));
    const sum = (of: (log: Log) => number, among: readonly Log[] = logs) =>
      among.reduce((total, log) => total + of(log), 0) / times;
    const told = (way: ReturnType<Ways['to']>) =>
      sum(({ told: types }) => types.filter((type) => to(type) === way).length);
    const ordered = logs.filter((_, nth) => inOrder.includes(names[nth] ?? ''));
    const fifoMessages = sum(({ received }) => received, ordered);
    return {
      transitions: 0,
      invocations: sum(({ ms }) => ms.length),
      lambdaMs: sum(({ ms }) => median(ms) * ms.length),
      writes: heard.writes / times,
      reads: heard.reads / times,
      events: told('bus'),
      ...(inOrder.length > 0
        ? { topicEvents: told('topic'), fifoTopicEvents: told('fifoTopic'), fifoMessages }
        : {}),
      messages: sum(({ received }) => received) - fifoMessages,
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
