import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { TraceRow } from '../../functions/platform/contract.ts';
import { machineOf, machineOfAny, thingOf } from './machines.ts';
import { aligned, errorsIn, firstApart, runsIn } from './traces.ts';

const rowOf = (spanId: string, depth: number, more: Partial<TraceRow> = {}): TraceRow => ({
  ...{ spanId, depth, offsetMs: 0, durationMs: 5, system: 'bank', function: 'bank-door', name: spanId },
  ...{ status: 'ok', logs: [] },
  ...more,
});

/** Any rows whose depths are those of trees. */
const anyRows = fc
  .array(fc.tuple(fc.constantFrom('Query', 'PutItem', 'token', 'GET /a'), fc.nat(4)), { maxLength: 30 })
  .map((wishes) => {
    let last = -1;
    return wishes.map(([name, wish], at) => {
      last = Math.min(last + 1, wish);
      return rowOf(`span ${at}`, last, { name });
    });
  });

/** The same spans, siblings of different names in another order. */
const byName = (rows: readonly TraceRow[]): readonly TraceRow[] => {
  const tops = rows.flatMap(({ depth }, at) => (depth === rows[0]?.depth ? [at] : []));
  return tops
    .map((from, nth) => rows.slice(from, tops[nth + 1]))
    .toSorted(([a], [b]) => String(a?.name).localeCompare(String(b?.name)))
    .flatMap(([top, ...below]) => [...(top ? [top] : []), ...byName(below)]);
};

describe('two traces', () => {
  test.prop([anyRows, anyRows])('show each span of either once, in its order', (left, right) => {
    const pairs = aligned(left, right);
    expect(pairs.flatMap((pair) => pair.one ?? [])).toEqual(left);
    expect(pairs.flatMap((pair) => pair.other?.spanId ?? []).toSorted()).toEqual(
      right.map(({ spanId }) => spanId).toSorted(),
    );
  });

  test.prop([anyRows])('do not differ by the order of different siblings', (rows) => {
    expect(firstApart(aligned(rows, byName(rows)))).toBeUndefined();
  });

  test.prop([anyRows, fc.nat()])('part where one has a span that the other lacks', (rows, nth) => {
    const at = rows.length === 0 ? 0 : nth % rows.length;
    const extra = rowOf('extra', rows[at]?.depth ?? 0);
    const pairs = aligned(rows, rows.toSpliced(at, 0, extra));
    const first = pairs[firstApart(pairs) ?? -1];
    expect(first).toEqual({ depth: extra.depth, other: extra, differs: 'missing' });
    const back = aligned(rows.toSpliced(at, 0, extra), rows);
    expect(back[firstApart(back) ?? -1]).toEqual({ depth: extra.depth, one: extra, differs: 'missing' });
  });

  test.prop([anyRows, fc.nat()])('part where a span ended otherwise', (rows, nth) => {
    fc.pre(rows.length > 0);
    const at = nth % rows.length;
    const pairs = aligned(
      rows,
      rows.map((row, index) => (index === at ? { ...row, status: 'error' } : row)),
    );
    expect(firstApart(pairs)).toBe(at);
    expect(pairs[at]?.differs).toBe('status');
  });

  it('set the second try beside the second, and what follows beside what follows', () => {
    const [task, later] = [(id: string) => rowOf(id, 0, { name: 'Reserve' }), rowOf('later', 0)];
    expect(aligned([task('a'), later], [task('b'), task('c'), later])).toEqual([
      { depth: 0, one: task('a'), other: task('b') },
      { depth: 0, other: task('c'), differs: 'missing' },
      { depth: 0, one: later, other: later },
    ]);
  });
});

describe('the spans of a trace', () => {
  it('are those with errors, and what led to them', () => {
    const logged = { traceId: 't', at: 0, level: 'ERROR', message: 'no' };
    const rows = [
      rowOf('door', 0),
      rowOf('query', 1),
      rowOf('call', 1),
      rowOf('bank', 2, { status: 'error' }),
      rowOf('below', 3),
      rowOf('keeper', 0, { logs: [logged] }),
      rowOf('other', 0, { status: 'unset' }),
    ];
    expect(errorsIn(rows).map(({ spanId }) => spanId)).toEqual(['door', 'call', 'bank', 'keeper']);
  });

  it('say which executions they worked for, each once', () => {
    const of = (executionId: unknown, state: unknown) => ({ attributes: { executionId, state } });
    const rows = [
      rowOf('a', 0),
      rowOf('b', 0, of('payment_7.1', 'CheckKyc')),
      rowOf('c', 0, of('payment_7.1', 'Close')),
      rowOf('d', 0, of(7, 'Close')),
    ];
    expect(runsIn(rows)).toEqual([{ system: 'bank', run: 'payment_7.1', state: 'CheckKyc' }]);
  });
});

describe('the machine of a thing', () => {
  const systems = [
    { name: 'paytm-saga', machines: ['paytm-saga-payment'] },
    { name: 'bank', machines: [] },
  ];
  it('is told by its name, and none is guessed', () => {
    expect(machineOf(systems, 'paytm-saga', 'payment_7.1')).toBe('paytm-saga-payment');
    expect(machineOf(systems, 'paytm-saga', 'refund_7')).toBeUndefined();
    expect(machineOf(systems, 'bank', 'payment_7')).toBeUndefined();
    expect(machineOf(systems, 'nobody', 'payment_7')).toBeUndefined();
  });
  it('is found whoever speaks of it, unless two could be meant', () => {
    expect(machineOfAny(systems, 'payment_7')).toBe('paytm-saga-payment');
    expect(machineOfAny([...systems, { name: 'x', machines: ['x-payment'] }], 'payment_7')).toBeUndefined();
  });
  it('runs executions of it', () => {
    expect([thingOf('payment_7.1'), thingOf('payment_7')]).toEqual(['payment_7', 'payment_7']);
  });
});
