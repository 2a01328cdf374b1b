import { afterEach, expect, it, vi } from 'vitest';
import { inScope, startTracing } from '../tracing/index.ts';
import { keptLines } from './lambda.fixture.ts';
import { gauge } from './metrics.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a number of a system’s own is a line of EMF, under the function that found it', async () => {
  startTracing();
  const lines = keptLines();
  const scope = { correlationId: 'corr-1', function: 'paytm-saga-close-days', remainingMs: () => 1_000 };
  await inScope(scope, async () => gauge('Differences', 3));
  const directive = {
    ...{ Namespace: 'Dabbawala', Metrics: [{ Name: 'Differences', Unit: 'Count' }] },
    Dimensions: [['service', 'function']],
  };
  expect(lines.metrics()).toMatchObject([
    {
      ...{ function: 'paytm-saga-close-days', Differences: 3, correlationId: 'corr-1' },
      _aws: { CloudWatchMetrics: [directive] },
    },
  ]);
});
