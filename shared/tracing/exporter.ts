import type { HrTime, SpanContext } from '@opentelemetry/api';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { writeLine } from '../logging/line.ts';
import { currentScope } from './scope.ts';

/** A span as it stands in the log, under `_span`. */
export interface SpanLine {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId?: string;
  readonly name: string;
  readonly kind: string;
  /** Epoch milliseconds, with fractions. */
  readonly startMs: number;
  readonly endMs: number;
  readonly status: 'ok' | 'error';
  readonly system?: string;
  readonly function?: string;
  readonly correlationId?: string;
  readonly attributes: object;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
}

const lineOf = (span: ReadableSpan): SpanLine => {
  const { traceId, spanId } = span.spanContext();
  const scope = currentScope();
  const parentId = span.parentSpanContext?.spanId;
  return {
    traceId,
    spanId,
    ...(parentId === undefined ? {} : { parentId }),
    name: span.name,
    kind: SpanKind[span.kind].toLowerCase(),
    startMs: milliseconds(span.startTime),
    endMs: milliseconds(span.endTime),
    status: span.status.code === SpanStatusCode.ERROR ? 'error' : 'ok',
    ...(process.env.SYSTEM === undefined ? {} : { system: process.env.SYSTEM }),
    ...(scope === undefined ? {} : { function: scope.function, correlationId: scope.correlationId }),
    attributes: span.attributes,
    ...(span.links.length === 0 ? {} : { links: span.links.map(({ context }) => idsOf(context)) }),
  };
};

const idsOf = ({ traceId, spanId }: SpanContext) => ({ traceId, spanId });

const milliseconds = ([seconds, nanos]: HrTime): number => seconds * 1000 + Math.round(nanos / 1000) / 1000;

/** Writes each span as one line of the log, at once: when the handler answers, it is out. */
export const lineExporter: SpanExporter = {
  export(spans, done) {
    for (const span of spans) writeLine({ _span: lineOf(span) });
    done({ code: ExportResultCode.SUCCESS });
  },
  async shutdown() {},
};
