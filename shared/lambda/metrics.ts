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

let ours: Metrics | undefined;

const metricsOf = (functionName: string): Metrics => {
  ours ??= new Metrics({
    namespace: 'Dabbawala',
    serviceName: process.env.SYSTEM ?? 'unknown',
    defaultDimensions: { function: functionName },
  });
  return ours;
};

/**
 * Writes `Count`, `Faults` and `Duration` of an invocation as one line of EMF, which CloudWatch turns into metrics
 * of the namespace `Dabbawala` with the dimensions `service` (the system) and `function`.
 */
export const measure = (functionName: string, { count, faults, durationMs }: Measured): void => {
  const metrics = metricsOf(functionName);
  metrics.addMetric('Count', MetricUnit.Count, count);
  metrics.addMetric('Faults', MetricUnit.Count, faults);
  metrics.addMetric('Duration', MetricUnit.Milliseconds, durationMs);
  publish(metrics);
};

/** Writes a number of a system's own, found in the running invocation, as {@link measure} writes its three. */
export const gauge = (name: string, value: number): void => {
  const metrics = metricsOf(currentScope()?.function ?? 'unknown');
  metrics.addMetric(name, MetricUnit.Count, value);
  publish(metrics);
};

const publish = (metrics: Metrics): void => {
  for (const [name, value] of [
    ['correlationId', currentScope()?.correlationId],
    ['traceId', currentTraceId()],
  ] as const) {
    if (value !== undefined) metrics.addMetadata(name, value);
  }
  metrics.publishStoredMetrics();
};
