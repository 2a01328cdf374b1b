/** Where a payment's time goes: by the histories of executions, and by what functions say of themselves. */
import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';

/** One state, on the average of the payments that were looked at. */
export interface StateTime {
  readonly state: string;
  /** From entering it to leaving it. */
  readonly ms: number;
  readonly handlerMs: number;
  readonly dynamoMs: number;
  readonly dynamoCalls: number;
  /** Calls of the bank, with everything that it does. */
  readonly bankMs: number;
  /** Looks for armed faults, before the handler: only a local city has any. */
  readonly faultsMs: number;
}

/** Calls for one payment, or for one execution of the baseline. */
export interface Called {
  readonly calls: number;
  /** What Lambda says they took, in all. */
  readonly ms: number;
}

export interface Profile {
  readonly sampled: number;
  readonly states: readonly StateTime[];
  readonly functions: readonly (Called & { readonly group: string })[];
  readonly baseline: Called;
}

/** What a function said of itself. */
export interface FunctionLog {
  readonly name: string;
  readonly calls: number;
  readonly ms: number;
  readonly spans: readonly Span[];
}

interface Span {
  readonly name: string;
  readonly kind: string;
  readonly id: string;
  readonly parent?: string;
  readonly ms: number;
}

/** @param startTime epoch milliseconds @param endTime likewise */
export const logOf = async (
  client: CloudWatchLogsClient,
  name: string,
  { startTime, endTime }: { readonly startTime: number; readonly endTime: number },
): Promise<FunctionLog> => {
  const lines: string[] = [];
  const asked = { logGroupName: `/aws/lambda/${name}`, startTime, endTime };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, asked)) {
    for (const { message = '' } of events) lines.push(message);
  }
  return readLog(name, lines);
};

export const readLog = (name: string, lines: readonly string[]): FunctionLog => {
  const billed = lines.flatMap((line) => /^REPORT .*Billed Duration: (\d+) ms/.exec(line)?.[1] ?? []);
  const spans = lines
    .filter((line) => line.startsWith('{"_span":'))
    .map((line) => spanOf((JSON.parse(line) as { _span: SpanLine })._span));
  return { name, calls: billed.length, ms: billed.reduce((sum, ms) => sum + Number(ms), 0), spans };
};

interface SpanLine {
  readonly name: string;
  readonly kind: string;
  readonly spanId: string;
  readonly parentId?: string;
  readonly startMs: number;
  readonly endMs: number;
}

const spanOf = ({ name, kind, spanId, parentId, startMs, endMs }: SpanLine): Span => ({
  ...{ name, kind, id: spanId, ms: endMs - startMs },
  ...(parentId === undefined ? {} : { parent: parentId }),
});

/** Milliseconds in each task of an execution, by its states; one that was entered twice counts both. */
export const stateTimes = (events: readonly HistoryEvent[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  let entered: { name: string; at: number } | undefined;
  for (const { type, timestamp, stateEnteredEventDetails: details } of events) {
    const at = timestamp?.getTime() ?? 0;
    if (type === 'TaskStateEntered') entered = { name: details?.name ?? '', at };
    if (type !== 'TaskStateExited' || !entered) continue;
    times.set(entered.name, (times.get(entered.name) ?? 0) + at - entered.at);
    entered = undefined;
  }
  return times;
};

export const historyOf = async (sfn: SFNClient, executionArn: string): Promise<readonly HistoryEvent[]> =>
  (await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }))).events ?? [];

/**
 * @param times of each sampled payment
 * @param logs of the functions of the machine's tasks, whose handlers' spans have the names of their states
 */
export const statesOf = (
  times: readonly ReadonlyMap<string, number>[],
  logs: readonly FunctionLog[],
): StateTime[] => {
  const states = [...new Set(times.flatMap((one) => [...one.keys()]))];
  return states.map((state) => {
    const spans = logs.find((log) => log.spans.some(({ name }) => name === state))?.spans ?? [];
    const handled = spans.filter(({ name, kind }) => name === state && kind === 'consumer');
    const handlers = new Set(handled.map(({ id }) => id));
    const asked = (like: RegExp, within: boolean) =>
      spans.filter(
        ({ name, kind, parent = '' }) =>
          kind === 'client' && like.test(name) && handlers.has(parent) === within,
      );
    const perCall = (total: number) => total / Math.max(1, handled.length);
    const dynamo = asked(/^DynamoDB /, true);
    return {
      state,
      ms: times.reduce((sum, one) => sum + (one.get(state) ?? 0), 0) / Math.max(1, times.length),
      handlerMs: perCall(sumOf(handled)),
      dynamoMs: perCall(sumOf(dynamo)),
      dynamoCalls: perCall(dynamo.length),
      bankMs: perCall(sumOf(asked(/^sandbox-bank /, true))),
      faultsMs: perCall(sumOf(asked(/^DynamoDB Query$/, false))),
    };
  });
};

const sumOf = (spans: readonly Span[]): number => spans.reduce((sum, { ms }) => sum + ms, 0);

/** Calls for one of so many payments, by groups of functions; the largest share first. */
export const groupsOf = (
  logs: readonly FunctionLog[],
  payments: number,
  groupOf: (name: string) => string,
): Profile['functions'] =>
  [...Map.groupBy(logs, ({ name }) => groupOf(name))]
    .map(([group, of]) => ({ group, ...calledIn(of, payments) }))
    .filter(({ calls }) => calls > 0)
    .sort((one, other) => other.ms - one.ms);

export const calledIn = (logs: readonly FunctionLog[], times: number): Called => ({
  calls: logs.reduce((sum, log) => sum + log.calls, 0) / times,
  ms: logs.reduce((sum, log) => sum + log.ms, 0) / times,
});
