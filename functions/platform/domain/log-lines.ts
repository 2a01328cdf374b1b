/** Reads spans and log lines out of what CloudWatch Logs delivers to a subscription. Pure. */
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { correlationKey, LogLine, SpanLine, TRACE_KEEP_DAYS, type TraceItem } from '../contract.ts';

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

/**
 * The items to store: one a span, one a log line of a trace, one a correlation id, each once. Everything else is left
 * out: the platform's own lines, text that is no JSON, metrics, log lines that belong to no trace.
 */
export const itemsOf = ({ messageType, logGroup, logEvents }: Delivery): readonly TraceItem[] => {
  if (messageType !== 'DATA_MESSAGE') return [];
  const items = logEvents.flatMap(({ id, timestamp, message }) =>
    message.split('\n').flatMap((line, n) => itemOf(line, { id: `${id}.${n}`, timestamp, logGroup })),
  );
  return [...new Map(items.map((item) => [`${item.pk}/${item.sk}`, item])).values()];
};

interface Origin {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly logGroup: string;
}

const itemOf = (line: string, origin: Origin): readonly TraceItem[] => {
  const found = jsonIn(line);
  if (found === undefined) return [];
  const span = SpanLine.safeParse(found._span);
  if (span.success) return [spanItem(span.data), ...correlationItem(span.data)];
  const isFact = typeof found.traceId === 'string' && found._aws === undefined;
  return isFact ? [logItem(found, String(found.traceId), origin)] : [];
};

/** The JSON object of a line. A runtime may write time, request id and level before it, parted by tabs. */
const jsonIn = (line: string): { readonly [field: string]: unknown } | undefined => {
  const text = line.slice(line.lastIndexOf('\t{') + 1).trim();
  if (!text.startsWith('{') || text.length > MAX_LINE_CHARS) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A line of a program that only looked like JSON.
  }
};

const spanItem = (span: SpanLine): TraceItem => ({
  kind: 'span',
  pk: span.traceId,
  sk: sortKey(span.startMs, span.spanId),
  expiresAt: expiryOf(span.endMs),
  span,
});

/** So that a trace is found by what the caller knows. */
const correlationItem = ({ correlationId, traceId, endMs }: SpanLine): readonly TraceItem[] =>
  correlationId === undefined
    ? []
    : [
        {
          kind: 'correlation',
          pk: correlationKey(correlationId),
          sk: traceId,
          expiresAt: expiryOf(endMs),
        },
      ];

const logItem = (line: Record<string, unknown>, traceId: string, origin: Origin): TraceItem => {
  const { level, message, spanId, system, function: name, traceId: _is, timestamp: _at, ...fields } = line;
  const { id, timestamp, logGroup } = origin;
  return {
    kind: 'log',
    pk: traceId,
    sk: sortKey(timestamp, id),
    expiresAt: expiryOf(timestamp),
    log: LogLine.parse({
      traceId,
      at: timestamp,
      level: textOr(level, 'INFO'),
      message: textOr(message, ''),
      spanId: textOr(spanId, undefined),
      system: textOr(system, undefined),
      function: textOr(name, logGroup.replace(/^\/aws\/lambda\//, '')),
      fields,
    }),
  };
};

const textOr = <D extends string | undefined>(value: unknown, otherwise: D): string | D =>
  typeof value === 'string' ? value : otherwise;

/** Times of the same length sort like numbers. */
const sortKey = (ms: number, id: string): string => `${String(Math.floor(ms)).padStart(13, '0')}#${id}`;

const expiryOf = (ms: number): number => Math.floor(ms / 1000) + TRACE_KEEP_DAYS * 24 * 60 * 60;
