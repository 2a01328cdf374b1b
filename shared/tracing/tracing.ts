/**
 * Traces: OpenTelemetry spans that leave as log lines when they end. Nothing waits for a network; the platform
 * collects them from the log.
 */
import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { parseTraceParent } from '@opentelemetry/core';
import { AlwaysOnSampler, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { lineExporter } from './exporter.ts';

let tracer: Tracer | undefined;

/**
 * Makes spans and scopes work in this process; done once, by the first handler that runs. Without it spans cost
 * nothing and are written nowhere: a command line that calls doors is no place for them. Whatever a caller's
 * traceparent says about sampling, every span is kept: a city whose traces can be switched off from outside could
 * not be taught from.
 */
export const startTracing = (): void => {
  if (tracer) return;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new SimpleSpanProcessor({ exporter: lineExporter })],
  });
  tracer = provider.getTracer('dabbawala');
};

export interface SpanOptions {
  readonly name: string;
  /** @default 'internal' */
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** No personal data: ids, names, counts. */
  readonly attributes?: Attributes;
  /** W3C traceparent of the span that caused this one. @default the running span, else a new trace */
  readonly parent?: string | undefined;
  /** W3C traceparents of what else it has to do with. */
  readonly links?: readonly string[];
  /**
   * For what is thrown but is an answer rather than a failure: what to note instead of marking the span as failed.
   * @default nothing is
   */
  readonly answers?: (thrown: unknown) => Attributes | undefined;
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** A running span, as the work in it sees it. */
export interface RunningSpan {
  /** Adds what became known during the work. */
  note(attributes: Attributes): void;
  /** Marks the span as failed where the work answers instead of throwing. */
  failed(errorName: string): void;
}

/** Runs work in a span. What it throws marks the span with the error's name unless it `answers`, and passes on. */
export const inSpanOf = async <T>(
  { name, kind = 'internal', attributes = {}, parent, links = [], answers }: SpanOptions,
  work: (span: RunningSpan) => Promise<T>,
): Promise<T> => {
  const around = parent === undefined ? context.active() : under(parent);
  const span = (tracer ?? trace.getTracer('dabbawala')).startSpan(
    name,
    { kind: KINDS[kind], attributes, links: links.flatMap(linkTo) },
    around,
  );
  const noted = handleOf(span);
  try {
    return await context.with(trace.setSpan(around, span), () => work(noted));
  } catch (error) {
    const answer = answers?.(error);
    if (answer) noted.note(answer);
    // The name alone: a message may hold what a caller has written.
    else noted.failed(error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
};

/** Runs work in a span inside the running one: `inSpan('score fraud', { payment }, () => …)`. */
export const inSpan = <T>(
  name: string,
  attributes: Attributes,
  work: (span: RunningSpan) => Promise<T>,
): Promise<T> => inSpanOf({ name, attributes }, work);

const handleOf = (span: Span | undefined): RunningSpan => ({
  note: (attributes) => void span?.setAttributes(attributes),
  failed: (errorName) => {
    span?.setAttribute('error.type', errorName);
    span?.setStatus({ code: SpanStatusCode.ERROR });
  },
});

/** The running span; where there is none, what is noted on it is lost. */
export const currentSpan = (): RunningSpan => handleOf(trace.getSpan(context.active()));

const under = (traceparent: string): Context => {
  const remote = parseTraceParent(traceparent);
  return remote ? trace.setSpanContext(context.active(), { ...remote, isRemote: true }) : context.active();
};

const linkTo = (traceparent: string): Link[] => {
  const remote = parseTraceParent(traceparent);
  return remote ? [{ context: remote }] : [];
};

const running = () => {
  const span = trace.getSpanContext(context.active());
  return span && isSpanContextValid(span) ? span : undefined;
};

/** W3C traceparent of the running span, to send along. */
export const currentTraceparent = (): string | undefined => {
  const span = running();
  return span && `00-${span.traceId}-${span.spanId}-01`;
};

/** What a person searches for. */
export const currentTraceId = (): string | undefined => running()?.traceId;

export const currentSpanId = (): string | undefined => running()?.spanId;
