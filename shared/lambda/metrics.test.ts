import { afterEach, expect, it, vi } from 'vitest';
import { inScope } from '../tracing/index.ts';
import { gauge } from './metrics.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a number of a system’s own is a line of EMF, under the function that found it', async () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const scope = { correlationId: 'corr-1', function: 'paytm-saga-close-days', remainingMs: () => 1_000 };
  await inScope(scope, async () => gauge('Differences', 3));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      ...{ function: 'paytm-saga-close-days', Differences: 3, correlationId: 'corr-1' },
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Dabbawala',
            Metrics: [{ Name: 'Differences', Unit: 'Count' }],
            Dimensions: [['service', 'function']],
          },
        ],
      },
    },
  ]);
});
