import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { collectSpans } from '../consumers/collect-spans.ts';
import { routes, type TraceSummary } from '../contract.ts';
import { listTraces } from '../doors/list-traces.ts';
import { traceList } from './list-traces.ts';
import { traceReader } from './read-traces.ts';
import { traces } from './traces.ts';

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('platform-traces', {});
});
afterAll(() => table?.drop());

interface Told {
  readonly traceId: string;
  readonly spanId: string;
  readonly startMs: number;
  readonly system?: string;
  readonly status?: string;
}

/** What CloudWatch Logs brings of one function, with all that the collector does. */
const deliver = async (...spans: Told[]) => {
  const collect = collectSpans({
    traces: traces({ ...table, chance: () => 0, pause: async () => undefined }),
    ownGroup: '/aws/lambda/platform-collect-spans',
  });
  const logEvents = spans.map((span, n) => ({
    ...{ id: `e${n}`, timestamp: span.startMs },
    message: JSON.stringify({ _span: { name: 'x', status: 'ok', endMs: span.startMs + 5, ...span } }),
  }));
  const delivery = { messageType: 'DATA_MESSAGE', logGroup: '/aws/lambda/x', logEvents };
  await collect({ awslogs: { data: gzipSync(JSON.stringify(delivery)).toString('base64') } });
};
const newTrace = () => randomBytes(16).toString('hex');
const list = async (query: object) => {
  const found = traceList(table.client, table.table, traceReader(table.client, table.table));
  const parsed = routes.listTraces.request.query.parse(query);
  const { body } = await listTraces({ list: found })({ query: parsed } as never);
  return routes.listTraces.answers[200].parse(body);
};
const all = async (query: object) => {
  const items: TraceSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};

describe('the list of traces', () => {
  const START = 1_795_514_400_000;
  const ids = Array.from({ length: 40 }, newTrace);

  beforeAll(async () => {
    for (const [n, traceId] of ids.entries()) {
      const span = { traceId, system: n % 2 === 0 ? 'even' : 'odd' };
      // Later spans arrive first, and one delivery comes twice.
      await deliver({
        ...span,
        spanId: 'last',
        startMs: START + n + 60_000,
        status: n === 7 ? 'error' : 'ok',
      });
      const first = { ...span, spanId: 'first', startMs: START + n };
      await deliver(first);
      await deliver(first);
      // And the same span once more, with another.
      await deliver(first, { ...span, spanId: 'other', startMs: START + n + 1_000 });
    }
  });

  it('has each trace once, the newest first, with each span counted once', async () => {
    for (const limit of [7, 50]) {
      const items = await all({ limit });
      expect(items.map(({ traceId }) => traceId)).toEqual(ids.toReversed());
      expect(new Set(items.map(({ spans }) => spans))).toEqual(new Set([3]));
      expect(items[0]).toMatchObject({ startedAt: new Date(START + 39).toISOString(), durationMs: 60_005 });
    }
  });

  it('has those of a system, and those with an error', async () => {
    const even = await all({ limit: 9, system: 'even' });
    expect(even.map(({ traceId }) => traceId)).toEqual(ids.filter((_, n) => n % 2 === 0).toReversed());
    expect(await all({ status: 'error' })).toMatchObject([{ traceId: ids[7], errors: 1 }]);
    expect(await all({ status: 'error', system: 'even' })).toEqual([]);
    expect(await all({ system: 'nobody' })).toEqual([]);
  });

  it('does not get lost in one trace with very many entries, and reads only so far at once', async () => {
    const busy = newTrace();
    const late = START + 10 * 60_000;
    await deliver({ traceId: busy, spanId: 'first', startMs: START - 1, system: 'busy' });
    const deliveries = Array.from({ length: 450 }, (_, n) =>
      deliver({ traceId: busy, spanId: `s${n}`, startMs: late + n, system: 'busy' }),
    );
    await Promise.all(deliveries);
    const short = await list({ limit: 1 });
    expect(short.items).toEqual([]);
    expect(short.next).toBeDefined();
    const items = await all({ limit: 50 });
    expect(items.map(({ traceId }) => traceId)).toEqual([...ids.toReversed(), busy]);
    expect(items.at(-1)?.spans).toBe(451);
  });
});
