/** What every kind of handler does around its work: one scope, one span, one line of metrics. */
import type { Context } from 'aws-lambda';
import { TransientError } from '../errors/index.ts';
import { CORRELATION_ID } from '../http/route.ts';
import {
  currentScope,
  currentTraceparent,
  inScope,
  inSpanOf,
  type Scope,
  type SpanOptions,
  startTracing,
} from '../tracing/index.ts';
import { type Measured, measure } from './metrics.ts';

/** What is used of Lambda's own context. */
export type LambdaContext = Pick<Context, 'functionName' | 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** What the use case learns of the call beside its input. */
export interface CallContext {
  /** The same from the first door to the last consumer. */
  readonly correlationId: string;
  /** W3C traceparent of the running span, for what is stored and carried on later. */
  readonly traceparent: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs: () => number;
}

/** How an invocation went; what it answers, and what it counts for. */
export interface Outcome<T> {
  readonly answer: T;
  /** @default 1 */
  readonly count?: number;
  /** @default 0 */
  readonly faults?: number;
}

/**
 * Runs the work of one invocation. What it throws counts as a fault and passes on.
 */
export const invoked = async <T>(
  lambda: LambdaContext,
  { correlationId, span }: { readonly correlationId: string; readonly span: SpanOptions },
  work: () => Promise<Outcome<T>>,
): Promise<T> => {
  startTracing();
  const scope: Scope = {
    correlationId,
    function: lambda.functionName,
    remainingMs: () => lambda.getRemainingTimeInMillis(),
  };
  const startedAt = performance.now();
  const attributes = { ...span.attributes, requestId: lambda.awsRequestId };
  const measured = async (): Promise<T> => {
    let outcome: Omit<Measured, 'durationMs'> = { count: 1, faults: 1 };
    try {
      const { answer, count = 1, faults = 0 } = await work();
      outcome = { count, faults };
      return answer;
    } finally {
      measure(lambda.functionName, { ...outcome, durationMs: performance.now() - startedAt });
    }
  };
  return inScope(scope, () => inSpanOf({ ...span, attributes }, measured));
};

/** The context of the call that is running. */
export const callContext = (): CallContext => {
  const scope = currentScope();
  return {
    correlationId: scope?.correlationId ?? '',
    traceparent: currentTraceparent() ?? '',
    remainingMs: scope?.remainingMs ?? (() => Number.POSITIVE_INFINITY),
  };
};

/** The correlation id that came along, or a new one. */
export const correlationIdOf = (given: string | undefined): string =>
  given !== undefined && CORRELATION_ID.test(given) ? given : crypto.randomUUID();

/**
 * A use case with its ports, made once: at init inside Lambda, so that a missing variable fails the cold start; at
 * the first call elsewhere, so that an import needs no environment.
 */
export const onceReady = <U>(make: () => U): (() => U) => {
  let made: { readonly it: U } | undefined;
  const ready = () => {
    made ??= { it: make() };
    return made.it;
  };
  if (process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined) ready();
  return ready;
};

/** So long before Lambda ends an invocation it answers that it did not get ready; what Lambda says then has no name. */
export const TO_ANSWER_MS = 150;

/** @throws {TransientError} always; what was begun may have happened */
export const tooLate = (): never => {
  throw new TransientError({ reason: 'TimeoutError' });
};
