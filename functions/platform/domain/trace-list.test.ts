import { describe, expect, it } from 'vitest';
import {
  RECENT_SHARDS,
  recentKey,
  type SpanLine,
  TraceCursor,
  type TraceEntry,
  TraceSummary,
} from '../contract.ts';
import { entryOf, leadsTo, listed, oldestOfEach, partitionOf } from './trace-list.ts';

const traceId = 'a'.repeat(32);
const span = (spanId: string, startMs: number, more: Partial<SpanLine> = {}): SpanLine => ({
  ...{ traceId, spanId, name: `span ${spanId}`, startMs, endMs: startMs + 10, status: 'ok' },
  ...more,
});
const linesOf = (spans: readonly SpanLine[]) => spans.map((one) => ({ kind: 'span', span: one }) as const);
const print = (n: number) => n.toString(16).padStart(16, '0');
/** An item as the collector writes it, and its entry. */
const item = (n: number, ...spans: SpanLine[]) => ({
  sk: `${String(spans[0]?.startMs).padStart(13, '0')}#${print(n)}`,
  lines: JSON.stringify(linesOf(spans)),
});
const entry = (n: number, ...spans: SpanLine[]): TraceEntry =>
  entryOf(traceId, print(n), linesOf(spans)) as TraceEntry;

describe('an entry', () => {
  it('stands at the time of its first span, and says which systems had a part, and whether one failed', () => {
    const found = entry(
      1,
      span('2', 2_000.7, { system: 'b' }),
      span('1', 1_000.2, { system: 'a' }),
      span('3', 3_000),
    );
    expect(found).toEqual({
      ...{ traceId, sk: `0000000001000.${traceId}.${print(1)}` },
      ...{ systems: ['a', 'b'], failed: false },
    });
    expect(TraceCursor.safeParse(found.sk).success).toBe(true);
    expect(entry(1, span('1', 1_000, { status: 'error' })).failed).toBe(true);
  });

  it('is none where no line is a span', () => {
    const log = { traceId, at: 1, level: 'INFO', message: 'hello' };
    expect(entryOf(traceId, print(1), [{ kind: 'log', log }])).toBeUndefined();
  });

  it('is written into one of a few partitions, the same for the same trace', () => {
    const ids = Array.from({ length: 400 }, (_, n) => n.toString(16).padStart(32, '0'));
    const used = new Set(ids.map(partitionOf));
    expect(used).toEqual(new Set(Array.from({ length: RECENT_SHARDS }, (_, shard) => recentKey(shard))));
    expect(partitionOf(traceId)).toBe(partitionOf(traceId));
  });
});

it('of the entries of a trace the oldest stands in the list, the newest trace first', () => {
  const other = { ...entry(4, span('4', 2_500)), traceId: 'b'.repeat(32) };
  const [late, early] = [entry(1, span('1', 3_000)), entry(2, span('2', 2_000))];
  expect(oldestOfEach([late, early, other])).toEqual([other, early]);
  expect(oldestOfEach([early, other, late])).toEqual([other, early]);
});

describe('a trace in the list', () => {
  const door = span('door', 1_000, {
    name: 'POST /payments',
    system: 'paytm-saga',
    correlationId: 'order-7',
  });
  const hold = span('hold', 2_000, {
    parentId: 'door',
    system: 'sandbox-bank',
    status: 'error',
    endMs: 2_500,
  });
  const items = [item(1, door), item(2, hold), item(3, door, hold)];

  it('counts each span once, however often it was delivered', () => {
    const summary = listed(entry(1, door), items, {});
    expect(summary).toEqual({
      ...{ traceId, startedAt: '1970-01-01T00:00:01.000Z', durationMs: 1_500 },
      ...{ name: 'POST /payments', system: 'paytm-saga', spans: 2, errors: 1, correlationId: 'order-7' },
    });
    expect(TraceSummary.parse(summary)).toEqual(summary);
  });

  it('stands where its first entry is, and nowhere else', () => {
    expect(listed(entry(2, hold), items, {})).toBeUndefined();
    // Another entry at the same moment: the list has one of them.
    const both = [entry(1, door), entry(3, door)].map((one) => listed(one, items, {}) !== undefined);
    expect(both).toEqual([true, false]);
  });

  it('stands among errors where the first of them is, and with a system where it first had a part', () => {
    expect(listed(entry(2, hold), items, { status: 'error' })).toBeUndefined();
    expect(listed(entry(3, door, hold), items, { status: 'error' })).toMatchObject({ errors: 1 });
    const apart = items.slice(0, 2);
    expect(listed(entry(2, hold), apart, { status: 'error' })).toMatchObject({ name: 'POST /payments' });
    expect(listed(entry(2, hold), apart, { system: 'sandbox-bank' })).toBeDefined();
    expect(listed(entry(1, door), apart, { system: 'sandbox-bank' })).toBeUndefined();
    // An error leads to it, whichever system had it.
    expect(listed(entry(2, hold), apart, { system: 'paytm-saga', status: 'error' })).toBeDefined();
    expect(listed(entry(2, hold), apart, { system: 'identity', status: 'error' })).toBeUndefined();
  });

  it('is not there while its lines have not arrived', () => {
    expect(listed(entry(1, door), [], {})).toBeUndefined();
    expect(listed(entry(1, door), [{ kind: 'correlation', sk: 'x' }], {})).toBeUndefined();
  });

  it('is called after what it begins with, and after the authorizer only where that is all', () => {
    const authorizer = span('authorize', 900, { name: 'authorize', function: 'platform-authorizer' });
    expect(listed(entry(1, authorizer), [item(1, authorizer)], {})).toMatchObject({
      ...{ name: 'authorize', system: '-' },
    });
    const all = [item(1, authorizer), item(2, door, hold)];
    expect(listed(entry(1, authorizer), all, {})).toMatchObject({ name: 'POST /payments', spans: 3 });
    // Spans that name each other as parents are nonsense, but a trace.
    const [one, two] = [span('1', 1, { parentId: '2' }), span('2', 2, { parentId: '1' })];
    expect(listed(entry(1, one), [item(1, one, two)], {})).toMatchObject({ name: 'span 1' });
  });
});

it.each([
  [{}, true],
  [{ system: 'a' }, true],
  [{ system: 'b' }, false],
  [{ status: 'error' } as const, false],
  [{ system: 'a', status: 'error' } as const, false],
])('an entry leads to what is asked for: %j', (question, leads) => {
  expect(leadsTo(question)(entry(1, span('1', 1, { system: 'a' })))).toBe(leads);
});
