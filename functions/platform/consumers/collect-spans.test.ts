import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TraceItem } from '../contract.ts';
import { collectSpans } from './collect-spans.ts';

const line = JSON.stringify({
  _span: { traceId: 't1', spanId: 's1', name: 'x', startMs: 1, endMs: 2, status: 'ok' },
});

const delivered = async (logGroup: string, lost = 0) => {
  const kept: TraceItem[] = [];
  const delivery = {
    messageType: 'DATA_MESSAGE',
    logGroup,
    logEvents: [{ id: 'e1', timestamp: 1, message: line }],
  };
  const traces = {
    async keep(items: readonly TraceItem[]) {
      kept.push(...items);
      return lost;
    },
  };
  await collectSpans({ traces, ownGroup: '/aws/lambda/platform-collect-spans' })({
    awslogs: { data: gzipSync(JSON.stringify(delivery)).toString('base64') },
  });
  return kept;
};

describe('the collector', () => {
  it('keeps the spans of a function', async () => {
    const kept = await delivered('/aws/lambda/paytm-saga-start-payment');
    expect(kept.map(({ kind }) => kind)).toEqual(['lines', 'entry']);
  });

  it('keeps nothing of its own log group', async () => {
    expect(await delivered('/aws/lambda/platform-collect-spans')).toEqual([]);
  });

  it('lets go what the table does not take', async () => {
    await expect(delivered('/aws/lambda/x', 1)).resolves.toHaveLength(2);
  });
});
