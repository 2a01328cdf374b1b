import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLine, SpanLine, TraceLine } from '../contract.ts';
import { linesIn, render, waterfall } from './trace.ts';

const span = (spanId: string, startMs: number, endMs: number, more: Partial<SpanLine> = {}): TraceLine => ({
  kind: 'span',
  span: { traceId: 't1', spanId, name: spanId, startMs, endMs, status: 'ok', ...more },
});

const log = (message: string, at: number, more: Partial<LogLine> = {}): TraceLine => ({
  kind: 'log',
  log: { traceId: 't1', at, level: 'INFO', message, ...more },
});

const payment = [
  span('settle', 1_300, 1_340, { parentId: 'machine', system: 'paytm-saga', function: 'settle-merchant' }),
  span('door', 1_000, 1_030, { system: 'paytm-saga', function: 'start-payment', name: 'POST /payments' }),
  span('capture', 1_220, 1_260, { parentId: 'hold', system: 'sandbox-bank', function: 'capture-hold' }),
  span('machine', 1_020, 1_400, { parentId: 'door', system: 'paytm-saga' }),
  span('hold', 1_200, 1_290, { parentId: 'machine', system: 'paytm-saga', status: 'error' }),
];

describe('the lines of what is kept under a trace', () => {
  const item = (...lines: TraceLine[]) => ({ kind: 'lines', lines: JSON.stringify(lines) });

  it('are those of all items', () => {
    expect(linesIn([item(...payment.slice(0, 2)), item(...payment.slice(2))])).toEqual(payment);
  });

  it('are none of an item that keeps one line by itself, as they once were', () => {
    expect(linesIn([{ pk: 't1', ...payment[0] }, item(...payment)])).toEqual(payment);
  });

  it('are refused when they are something else', () => {
    expect(() => linesIn([{ kind: 'lines', lines: '[{}]' }])).toThrow();
  });
});

describe('the waterfall of a trace', () => {
  it('puts children under their parents, siblings by their start', () => {
    expect(waterfall(payment).map(({ depth, name, offsetMs }) => [depth, name, offsetMs])).toEqual([
      [0, 'POST /payments', 0],
      [1, 'machine', 20],
      [2, 'hold', 200],
      [3, 'capture', 220],
      [2, 'settle', 300],
    ]);
  });

  it('shows a span whose parent never arrived at the left edge', () => {
    const rows = waterfall(payment.filter((line) => line.kind === 'log' || line.span.spanId !== 'machine'));
    expect(rows.map(({ depth, name }) => [depth, name])).toEqual([
      [0, 'POST /payments'],
      [0, 'hold'],
      [1, 'capture'],
      [0, 'settle'],
    ]);
  });

  it('shows a line that was delivered twice once', () => {
    expect(waterfall([...payment, ...payment])).toHaveLength(5);
  });

  const anySpan = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      parentId: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'lost'), { nil: undefined }),
      startMs: fc.integer({ min: 0, max: 50 }),
      ms: fc.integer({ min: -5, max: 50 }),
    })
    .map(({ id, parentId, startMs, ms }) =>
      span(id, startMs, startMs + ms, parentId === undefined ? {} : { parentId }),
    );

  property.prop([fc.array(anySpan, { maxLength: 12 })])(
    'shows every span once, in whatever order and with whatever parents they come',
    (lines) => {
      const rows = waterfall(lines);
      const names = new Set(lines.flatMap((line) => (line.kind === 'span' ? [line.span.spanId] : [])));
      expect(new Set(rows.map(({ name }) => name))).toEqual(names);
      expect(rows).toHaveLength(names.size);
      expect(rows.every(({ durationMs, offsetMs }) => durationMs >= 0 && offsetMs >= 0)).toBe(true);
    },
  );
});

describe('the text of a trace', () => {
  it('has a head, columns, indented spans and the log lines inside their spans', () => {
    const text = render([
      ...payment,
      log('declined', 1_240, { spanId: 'capture', level: 'WARN' }),
      log('cold start', 990),
    ]);
    expect(text).toBe(
      [
        '5 spans in 2 systems, 400 ms',
        '    at  span              took  system        function         status',
        '  0 ms  POST /payments   30 ms  paytm-saga    start-payment    ok',
        ' 20 ms    machine       380 ms  paytm-saga    -                ok',
        '200 ms      hold         90 ms  paytm-saga    -                error',
        '220 ms        capture    40 ms  sandbox-bank  capture-hold     ok',
        '                warn: declined',
        '300 ms      settle       40 ms  paytm-saga    settle-merchant  ok',
        '        info: cold start',
      ].join('\n'),
    );
  });

  it('leaves the log lines out when it is told to', () => {
    expect(render([...payment, log('cold start', 990)], { logs: false })).not.toContain('cold start');
  });

  it('says so when nothing has arrived', () => {
    expect(render([])).toBe('No span of this trace has arrived.');
  });
});
