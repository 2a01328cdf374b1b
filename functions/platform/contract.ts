/**
 * What goes in and out of the platform's rooms: the authorizer answers API Gateway, the relay and the sweeper carry each
 * system's outbox to the bus, the collector keeps the traces, and a door shows them. The doors that
 * arm faults exist in a local city alone.
 */
import * as z from 'zod';
import { ArmedFault, FaultToArm } from '../../shared/faults/index.ts';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.2.0',
  summary: 'What was traced; and faults on command, in a local city alone.',
};

/** Doors of a local city. */
const faultRoutes = {
  armFault: defineRoute({
    name: 'arm-fault',
    method: 'POST',
    path: '/faults',
    summary: 'Makes the next calls of a function fail. Every worker knows of it from `activeFrom` on.',
    access: { roles: ['operator'] },
    request: { body: FaultToArm },
    answers: { 201: ArmedFault },
    errors: [],
  }),
  listFaults: defineRoute({
    name: 'list-faults',
    method: 'GET',
    path: '/faults',
    summary: 'Faults that have calls left.',
    access: { roles: ['operator'] },
    request: {},
    answers: { 200: z.object({ items: z.array(ArmedFault) }) },
    errors: [],
  }),
  disarmFaults: defineRoute({
    name: 'disarm-faults',
    method: 'DELETE',
    path: '/faults',
    summary: 'Takes every fault back.',
    access: { roles: ['operator'] },
    request: {},
    answers: { 204: null },
    errors: [],
  }),
};

/** What the sweeper's schedule puts into its queue. */
export const SweepRequested = z.strictObject({ sweep: z.literal('outbox') });
export type SweepRequested = z.infer<typeof SweepRequested>;

/** An event that nobody has confirmed for so long is sent (again) by the sweeper. */
export const UNSENT_FOR_SECONDS = 30;
/** Traces are for looking at what just happened, not for keeping. */
export const TRACE_KEEP_DAYS = 3;

/** What the authorizer hands to every handler. API Gateway carries text only, so the roles are joined. */
export const AuthorizerContext = z.object({ subject: z.string(), roles: z.string() });
export type AuthorizerContext = z.infer<typeof AuthorizerContext>;

/** One span, as `shared/tracing` writes it into the log. */
export const SpanLine = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentId: z.string().optional(),
  name: z.string(),
  kind: z.string().optional(),
  startMs: z.number(),
  endMs: z.number(),
  status: z.string(),
  system: z.string().optional(),
  function: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  correlationId: z.string().optional(),
});
export type SpanLine = z.infer<typeof SpanLine>;

/** One log line of a trace. */
export const LogLine = z.object({
  traceId: z.string(),
  /** The span in which it was written, where the line says so. */
  spanId: z.string().optional(),
  /** Epoch milliseconds. */
  at: z.number(),
  level: z.string(),
  message: z.string(),
  system: z.string().optional(),
  function: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type LogLine = z.infer<typeof LogLine>;

/** The partition that says which trace a correlation id belongs to. */
export const correlationKey = (correlationId: string): string => `CORRELATION#${correlationId}`;

/** What the collector found in a log. */
export const TraceLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('span'), span: SpanLine }),
  z.object({ kind: z.literal('log'), log: LogLine }),
]);
export type TraceLine = z.infer<typeof TraceLine>;

/** So many partitions the entries of the list of traces are written into, each trace’s into one. */
export const RECENT_SHARDS = 8;
/** A partition of the list of traces. */
export const recentKey = (shard: number): string => `RECENT#${shard}`;

/** What the spans of one item say to whoever looks for traces of a kind. */
export const TraceEntry = z.object({
  traceId: z.string(),
  /** `<time of the first span>.<trace id>.<fingerprint>`: the same for the same spans, and newer ones are greater. */
  sk: z.string(),
  systems: z.array(z.string()),
  /** A span of them ended in an error. */
  failed: z.boolean(),
});
export type TraceEntry = z.infer<typeof TraceEntry>;

/**
 * An item of the traces table: pk = trace id, sk = time of the first line and a fingerprint of all; the way from a
 * correlation id to its trace; or an entry in the list of traces, one for each item that holds spans.
 */
export const TraceItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lines'),
    pk: z.string(),
    sk: z.string(),
    expiresAt: z.number(),
    /** What one delivery held of the trace, as the JSON of `TraceLine[]`: nothing is asked of a line by itself. */
    lines: z.string(),
  }),
  z.object({
    kind: z.literal('correlation'),
    pk: z.string(),
    /** The trace id. */
    sk: z.string(),
    expiresAt: z.number(),
  }),
  TraceEntry.extend({ kind: z.literal('entry'), pk: z.string(), expiresAt: z.number() }),
]);
export type TraceItem = z.infer<typeof TraceItem>;

/** One span of a trace in its place: rows come in the order in which a person reads them, parents before children. */
export const TraceRow = z.object({
  spanId: z.string(),
  /** 0 for a span without a parent in the trace. */
  depth: z.number().int(),
  /** Milliseconds from the start of the trace. */
  offsetMs: z.number().int(),
  durationMs: z.number().int(),
  system: z.string(),
  function: z.string(),
  name: z.string(),
  status: z.string(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  /** What was logged inside it, oldest first; personal data was masked when it was written. */
  logs: z.array(LogLine),
});
export type TraceRow = z.infer<typeof TraceRow>;

/** So many rows are shown of a trace. */
export const ROWS_SHOWN = 1_000;

export const TraceView = z.object({
  traceId: z.string(),
  startedAt: z.iso.datetime(),
  spans: z.array(TraceRow),
  /** How many spans have arrived; {@link ROWS_SHOWN} of them are shown. */
  total: z.number().int(),
  /** There is more of the trace than one look reads. */
  more: z.boolean(),
});
export type TraceView = z.infer<typeof TraceView>;

/** A trace in a list: what has arrived of it so far, so at least so much. */
export const TraceSummary = z.object({
  traceId: z.string(),
  startedAt: z.iso.datetime(),
  /** From its first span to the end of its last one. */
  durationMs: z.number().int(),
  /** Of the door, consumer or other span with which it begins. */
  name: z.string(),
  /** Whose span that is. */
  system: z.string(),
  /** How many spans have arrived, each counted once. */
  spans: z.number().int(),
  /** How many of them ended in an error. */
  errors: z.number().int(),
  correlationId: z.string().optional(),
});
export type TraceSummary = z.infer<typeof TraceSummary>;

/** Where a list of traces goes on: behind the entry of this time and trace. */
export const TraceCursor = z.string().regex(/^\d{13}\.[\w-]{1,64}\.[0-9a-f]{16}$/, {
  error: phrase({ en: 'the cursor of an earlier page', hi: 'किसी पिछले पन्ने का कर्सर' }),
});

const traceRoutes = {
  listTraces: defineRoute({
    name: 'list-traces',
    method: 'GET',
    path: '/traces',
    summary:
      'Traces of the last three days, newest first, by page: all, those that a system had a part in, or those with an error.',
    access: { roles: ['viewer', 'operator'] },
    request: {
      query: z.object({
        system: z.string().min(1).max(80).optional(),
        status: z.enum(['error']).optional(),
        cursor: TraceCursor.optional(),
        limit: z.coerce.number().int().min(1).max(50).default(20),
      }),
    },
    answers: {
      200: z.object({
        items: z.array(TraceSummary),
        /** A page may be short, even empty, and still have a next one: a look reads only so far. */
        next: TraceCursor.optional(),
      }),
    },
    errors: [],
  }),
  getTrace: defineRoute({
    name: 'get-trace',
    method: 'GET',
    path: '/traces/{traceId}',
    summary:
      'What has arrived of a trace, as a waterfall with its log lines. Traces are kept for three days.',
    access: { roles: ['viewer', 'operator'] },
    request: {
      path: z.object({
        traceId: z.string().regex(/^[0-9a-f]{32}$/, {
          error: phrase({ en: '32 hexadecimal digits', hi: '32 हेक्साडेसिमल अंक' }),
        }),
      }),
    },
    answers: { 200: TraceView },
    errors: [],
  }),
};

export const routes = { ...traceRoutes, ...faultRoutes };
/** The doors that every city has, on AWS too. */
export const routesEverywhere = traceRoutes;
