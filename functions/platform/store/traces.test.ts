import type { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { TraceItem } from '../contract.ts';
import { traces } from './traces.ts';

const items = (count: number): TraceItem[] =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'lines',
    pk: 't1',
    sk: `${n}`,
    expiresAt: 0,
    lines: '[]',
  }));

/** A table that leaves the last `leaves` items of each call, as a throttled one does, until it has been asked enough. */
const table = ({ leaves, calls }: { leaves: number; calls: number }) => {
  const kept: unknown[] = [];
  const sizes: number[] = [];
  const pauses: number[] = [];
  const client = {
    async send({ input }: BatchWriteCommand) {
      const requests = input.RequestItems?.spans ?? [];
      sizes.push(requests.length);
      const taken =
        sizes.length <= calls ? requests.slice(0, Math.max(0, requests.length - leaves)) : requests;
      kept.push(...taken);
      return {
        UnprocessedItems: taken.length < requests.length ? { spans: requests.slice(taken.length) } : {},
      };
    },
  };
  const keep = (some: TraceItem[]) =>
    traces({
      client: client as never,
      table: 'spans',
      chance: () => 0.5,
      pause: async (ms) => pauses.push(ms),
    }).keep(some);
  return { keep, kept, sizes, pauses };
};

describe('the traces table', () => {
  it('gets items in batches of 25', async () => {
    const { keep, sizes, kept } = table({ leaves: 0, calls: 0 });
    expect(await keep(items(60))).toBe(0);
    expect(sizes).toEqual([25, 25, 10]);
    expect(kept).toHaveLength(60);
  });

  it('gets again what it left unprocessed, after pauses that grow', async () => {
    const { keep, kept, sizes, pauses } = table({ leaves: 2, calls: 2 });
    expect(await keep(items(5))).toBe(0);
    expect(sizes).toEqual([5, 2, 2]);
    expect(kept).toHaveLength(5);
    expect(pauses).toEqual([50, 100]);
  });

  it('loses what it never takes, and says how much', async () => {
    const { keep, sizes } = table({ leaves: 30, calls: 100 });
    expect(await keep(items(3))).toBe(3);
    expect(sizes).toEqual([3, 3, 3, 3, 3]);
  });

  it('is not asked for nothing', async () => {
    const { keep, sizes } = table({ leaves: 0, calls: 0 });
    expect(await keep([])).toBe(0);
    expect(sizes).toEqual([]);
  });
});
