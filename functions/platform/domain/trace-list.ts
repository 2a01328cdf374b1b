/**
 * How a trace is found in a list, newest first, and what the list says of it. Pure.
 *
 * Spans of a trace come in many deliveries, in any order, some twice. So nothing of it is counted while it is
 * written: each item of spans has an entry with the same fingerprint, and who lists reads the items themselves. A
 * trace stands where its first entry stands, of those that are asked for; its other entries are passed over.
 */
import { shardOf } from '../../../shared/effects/shard.ts';
import {
  RECENT_SHARDS,
  recentKey,
  type SpanLine,
  type TraceEntry,
  type TraceLine,
  type TraceSummary,
} from '../contract.ts';
import { linesIn, spansIn } from './trace.ts';

/** What is asked for. */
export interface TraceQuestion {
  readonly system?: string | undefined;
  readonly status?: 'error' | undefined;
}

/** What the lines of one item say to whoever looks for traces; nothing where none of them is a span. */
export const entryOf = (
  traceId: string,
  fingerprint: string,
  lines: readonly TraceLine[],
): TraceEntry | undefined => {
  const spans = spansIn(lines);
  const [first] = spans;
  if (!first) return undefined;
  return {
    traceId,
    // Times of the same length sort like numbers.
    sk: `${String(Math.floor(first.startMs)).padStart(13, '0')}.${traceId}.${fingerprint}`,
    systems: [...new Set(spans.flatMap(({ system }) => system ?? []))].sort(),
    failed: spans.some(isFailed),
  };
};

/** Where the entry of a trace is written: spread over partitions, since one would take the whole city’s writes. */
export const partitionOf = (traceId: string): string => recentKey(shardOf(traceId, RECENT_SHARDS));

/** Whether an entry leads to what is asked for. An error is rarer than a system, so it leads where both are. */
export const leadsTo =
  ({ system, status }: TraceQuestion) =>
  (entry: TraceEntry): boolean => {
    if (status === 'error') return entry.failed;
    return system === undefined || entry.systems.includes(system);
  };

/** The oldest entry of each trace, newest first. */
export const oldestOfEach = (entries: readonly TraceEntry[]): readonly TraceEntry[] => {
  const newestFirst = entries.toSorted((one, other) => (one.sk < other.sk ? 1 : -1));
  return [...new Map(newestFirst.map((entry) => [entry.traceId, entry])).values()].sort((one, other) =>
    one.sk < other.sk ? 1 : -1,
  );
};

/**
 * The trace to which an entry leads, if this is where it stands in the list.
 * @param items what was read of it, the oldest first
 */
export const listed = (
  { traceId, sk }: TraceEntry,
  items: readonly object[],
  question: TraceQuestion,
): TraceSummary | undefined => {
  const entries = items.flatMap((item) => {
    const fingerprint = String((item as { readonly sk?: unknown }).sk).split('#')[1] ?? '';
    return entryOf(traceId, fingerprint, linesIn([item])) ?? [];
  });
  const isThere = oldestOfEach(entries.filter(leadsTo(question)))[0]?.sk === sk;
  const { system } = question;
  const isOfIt = system === undefined || entries.some(({ systems }) => systems.includes(system));
  return isThere && isOfIt ? summaryOf(traceId, linesIn(items)) : undefined;
};

const summaryOf = (traceId: string, lines: readonly TraceLine[]): TraceSummary | undefined => {
  const spans = spansIn(lines);
  const begins = beginningOf(spans);
  if (!begins) return undefined;
  const startMs = Math.min(...spans.map((span) => span.startMs));
  const endMs = Math.max(...spans.map((span) => span.endMs));
  const correlationId = spans.find((span) => span.correlationId !== undefined)?.correlationId;
  return {
    ...{ traceId, startedAt: new Date(startMs).toISOString() },
    durationMs: Math.max(0, Math.round(endMs - startMs)),
    ...{ name: begins.name, system: begins.system ?? '-' },
    ...{ spans: spans.length, errors: spans.filter(isFailed).length },
    ...(correlationId === undefined ? {} : { correlationId }),
  };
};

/** The first span that nobody in the trace has called; that of the authorizer, before a door, only where it is alone. */
const beginningOf = (spans: readonly SpanLine[]): SpanLine | undefined => {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const roots = spans.filter(({ parentId }) => parentId === undefined || !known.has(parentId));
  return roots.find((span) => span.function !== 'platform-authorizer') ?? spans[0];
};

const isFailed = ({ status }: Pick<SpanLine, 'status'>): boolean => status !== 'ok';
