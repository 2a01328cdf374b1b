import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { currentScope, currentTraceId } from '../tracing/index.ts';

/** What one invocation adds up to. */
export interface Measured {
  /** Requests, tasks or messages. */
  readonly count: number;
  /** How many of them we failed; a refusal by the rules is none. */
  readonly faults: number;
  readonly durationMs: number;
}

let metrics: Metrics | undefined;

/**
 * Writes `Count`, `Faults` and `Duration` of an invocation as one line of EMF, which CloudWatch turns into metrics
 * of the namespace `Dabbawala` with the dimensions `service` (the system) and `function`.
 */
export const measure = (functionName: string, { count, faults, durationMs }: Measured): void => {
  metrics ??= new Metrics({
    namespace: 'Dabbawala',
    serviceName: process.env.SYSTEM ?? 'unknown',
    defaultDimensions: { function: functionName },
  });
  metrics.addMetric('Count', MetricUnit.Count, count);
  metrics.addMetric('Faults', MetricUnit.Count, faults);
  metrics.addMetric('Duration', MetricUnit.Milliseconds, durationMs);
  for (const [name, value] of [
    ['correlationId', currentScope()?.correlationId],
    ['traceId', currentTraceId()],
  ] as const) {
    if (value !== undefined) metrics.addMetadata(name, value);
  }
  metrics.publishStoredMetrics();
};
