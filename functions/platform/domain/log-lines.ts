/** Reads spans and log lines out of what CloudWatch Logs delivers to a subscription. Pure. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { jsonOf } from '../../../shared/json/index.ts';
import {
  correlationKey,
  LogLine,
  SpanLine,
  TRACE_KEEP_DAYS,
  type TraceItem,
  type TraceLine,
} from '../contract.ts';
import { entryOf, partitionOf } from './trace-list.ts';

/** The event of a subscription; `data` is gzip in base64. */
export const SubscriptionEvent = z.object({ awslogs: z.object({ data: z.string() }) });

const Delivery = z.object({
  /** `CONTROL_MESSAGE` only asks whether somebody is there. */
  messageType: z.string(),
  logGroup: z.string(),
  logEvents: z.array(z.object({ id: z.string(), timestamp: z.number(), message: z.string() })),
});
export type Delivery = z.infer<typeof Delivery>;

/** @throws {Error} it is not what a subscription delivers */
export const unpack = (event: unknown): Delivery => {
  const { awslogs } = SubscriptionEvent.parse(event);
  return Delivery.parse(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()));
};

/** A line has far less than this; what has more is a mistake that is not worth storing. */
const MAX_LINE_CHARS = 16_384;

/** Below DynamoDB's 400 kB for an item, with room for its other attributes. */
const MAX_ITEM_BYTES = 300_000;

/**
 * The items to store: one for each trace that the delivery has lines of, more where one would be too large, each with an
 * entry for the list of traces if it holds spans; and one a correlation id. Lines of no trace are left out: the platform's own, text that is no JSON, metrics, other log lines. A
 * delivery that comes again has the same keys.
 */
export const itemsOf = ({ messageType, logGroup, logEvents }: Delivery): readonly TraceItem[] => {
  if (messageType !== 'DATA_MESSAGE') return [];
  const lines = logEvents.flatMap(({ id, timestamp, message }) =>
    message.split('\n').flatMap((line, n) => lineOf(line, { id: `${id}.${n}`, timestamp, logGroup })),
  );
  const onceEach = [...new Map(lines.map((line) => [line.id, line])).values()];
  return [...Map.groupBy(onceEach, ({ traceId }) => traceId)].flatMap(([traceId, found]) => [
    ...parted(found).flatMap((part) => linesItems(traceId, part)),
    ...correlationItems(traceId, found),
  ]);
};

interface Found {
  /** Of the span or of the log event, so that a line that was delivered twice is kept once. */
  readonly id: string;
  readonly traceId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly line: TraceLine;
}

interface Origin {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly logGroup: string;
}

const lineOf = (text: string, origin: Origin): readonly Found[] => {
  const found = jsonIn(text);
  if (found === undefined) return [];
  const { success, data: span } = SpanLine.safeParse(found._span);
  if (success) {
    return [{ id: span.spanId, traceId: span.traceId, at: span.startMs, line: { kind: 'span', span } }];
  }
  const isFact = typeof found.traceId === 'string' && found._aws === undefined;
  if (!isFact) return [];
  const log = logLine(found, String(found.traceId), origin);
  return [{ id: origin.id, traceId: log.traceId, at: log.at, line: { kind: 'log', log } }];
};

/** The JSON object of a line. A runtime may write time, request id and level before it, parted by tabs. */
const jsonIn = (line: string): { readonly [field: string]: unknown } | undefined => {
  const text = line.slice(line.lastIndexOf('\t{') + 1).trim();
  if (!text.startsWith('{') || text.length > MAX_LINE_CHARS) return undefined;
  // Undefined for a line of a program that only looked like JSON.
  return jsonOf(text) as { readonly [field: string]: unknown } | undefined;
};

const logLine = (line: Record<string, unknown>, traceId: string, origin: Origin): LogLine => {
  const { level, message, spanId, system, function: name, traceId: _is, timestamp: _at, ...fields } = line;
  const { timestamp, logGroup } = origin;
  return LogLine.parse({
    traceId,
    at: timestamp,
    level: textOr(level, 'INFO'),
    message: textOr(message, ''),
    spanId: textOr(spanId, undefined),
    system: textOr(system, undefined),
    function: textOr(name, logGroup.replace(/^\/aws\/lambda\//, '')),
    fields,
  });
};

const textOr = <D extends string | undefined>(value: unknown, otherwise: D): string | D =>
  typeof value === 'string' ? value : otherwise;

/** The same lines in parts that each fit into one item. */
const parted = (lines: readonly Found[]): readonly (readonly Found[])[] => {
  const parts: Found[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const found of lines) {
    const more = Buffer.byteLength(JSON.stringify(found.line)) + 1;
    bytes += more;
    if (bytes > MAX_ITEM_BYTES) {
      parts.push([]);
      bytes = more;
    }
    parts.at(-1)?.push(found);
  }
  return parts;
};

const linesItems = (traceId: string, found: readonly Found[]): readonly TraceItem[] => {
  const lines = JSON.stringify(found.map(({ line }) => line));
  const times = found.map(({ at }) => at);
  const fingerprint = createHash('sha256').update(lines).digest('hex').slice(0, 16);
  const expiresAt = expiryOf(Math.max(...times));
  const entry = entryOf(
    traceId,
    fingerprint,
    found.map(({ line }) => line),
  );
  return [
    {
      kind: 'lines',
      pk: traceId,
      // Times of the same length sort like numbers.
      sk: `${String(Math.floor(Math.min(...times))).padStart(13, '0')}#${fingerprint}`,
      expiresAt,
      lines,
    },
    ...(entry ? [{ kind: 'entry', pk: partitionOf(traceId), expiresAt, ...entry } as const] : []),
  ];
};

/** So that a trace is found by what the caller knows. */
const correlationItems = (traceId: string, found: readonly Found[]): readonly TraceItem[] => {
  const expiresAt = expiryOf(Math.max(...found.map(({ at }) => at)));
  const ids = found.flatMap(({ line }) => (line.kind === 'span' ? (line.span.correlationId ?? []) : []));
  return [...new Set(ids)].map((id) => ({
    kind: 'correlation',
    pk: correlationKey(id),
    sk: traceId,
    expiresAt,
  }));
};

const expiryOf = (ms: number): number => Math.floor(ms / 1000) + TRACE_KEEP_DAYS * 24 * 60 * 60;
