import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Delivery, itemsOf, unpack } from './log-lines.ts';
import { linesIn } from './trace.ts';

const at = 1_795_514_400_123;

const delivery = (...messages: readonly string[]): Delivery => ({
  messageType: 'DATA_MESSAGE',
  logGroup: '/aws/lambda/paytm-saga-start-payment',
  logEvents: messages.map((message, n) => ({ id: `e${n}`, timestamp: at, message })),
});

const spanLine = JSON.stringify({
  _span: { traceId: 't1', spanId: 's1', name: 'POST /payments', startMs: at, endMs: at + 20, status: 'ok' },
});
const logLine = JSON.stringify({
  level: 'INFO',
  message: 'payment started',
  timestamp: '2026-11-24T10:00:00.123Z',
  system: 'paytm-saga',
  function: 'paytm-saga-start-payment',
  traceId: 't1',
  spanId: 's1',
  paymentId: 'payment_1',
});

describe('what a subscription delivers', () => {
  it('is unpacked from gzip in base64, as AWS and the emulator send it', () => {
    const sent = delivery(spanLine);
    const data = gzipSync(JSON.stringify({ ...sent, owner: '000000000000', logStream: 'x' })).toString(
      'base64',
    );
    expect(unpack({ awslogs: { data } })).toEqual(sent);
  });

  it('is refused when it is something else', () => {
    expect(() => unpack({ Records: [] })).toThrow();
  });
});

/** The lines of all items of a delivery. */
const linesOf = (...messages: readonly string[]) => linesIn(itemsOf(delivery(...messages)));

/** Those that hold lines. */
const holdersOf = (...messages: readonly string[]) =>
  itemsOf(delivery(...messages)).filter(({ kind }) => kind === 'lines');

const spanOf = (more: object) => JSON.stringify({ _span: { ...JSON.parse(spanLine)._span, ...more } });

describe('the items of a delivery', () => {
  it('keep what belongs to a trace in one item for three days, under the trace and the time of its beginning', () => {
    const later = spanOf({ spanId: 's2', startMs: at + 2_000 });
    expect(holdersOf(later, spanLine, logLine)).toEqual([
      {
        kind: 'lines',
        pk: 't1',
        sk: expect.stringMatching(`^${at}#[0-9a-f]{16}$`),
        expiresAt: 1_795_514_402 + 3 * 86_400,
        lines: expect.stringContaining('"POST /payments"'),
      },
    ]);
    expect(linesOf(later, spanLine, logLine).map(({ kind }) => kind)).toEqual(['span', 'span', 'log']);
  });

  it('are one for each trace', () => {
    const items = holdersOf(spanLine, spanOf({ traceId: 't2', spanId: 's2' }), logLine);
    expect(items.map(({ pk }) => pk)).toEqual(['t1', 't2']);
    expect(items.map((item) => linesIn([item]).length)).toEqual([2, 1]);
  });

  it('are more where one would be too large for the table, and lose nothing', () => {
    const letters = 'न'.repeat(15_000);
    const lines = Array.from({ length: 20 }, (_, n) => spanOf({ spanId: `s${n}`, name: letters }));
    const items = holdersOf(...lines);
    expect(items.map((item) => Buffer.byteLength(JSON.stringify(item)) < 400_000)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(new Set(items.map(({ sk }) => sk)).size).toBe(4);
    expect(linesIn(items)).toHaveLength(20);
  });

  it('have the same keys when the delivery comes again, and others when it brings more', () => {
    const keys = (...messages: string[]) => itemsOf(delivery(...messages)).map(({ sk }) => sk);
    expect(keys(spanLine, logLine)).toEqual(keys(spanLine, logLine));
    expect(keys(spanLine)).not.toEqual(keys(spanLine, logLine));
  });

  it('have an entry for the list of traces, once however often they are delivered, where they hold spans', () => {
    const lines = [
      spanOf({ system: 'paytm-saga' }),
      spanOf({ spanId: 's2', system: 'identity', status: 'error' }),
    ];
    const [holder, entry, ...more] = itemsOf(delivery(...lines, logLine));
    expect(more).toEqual([]);
    const fingerprint = holder?.sk.split('#')[1];
    expect(entry).toEqual({
      ...{ kind: 'entry', pk: expect.stringMatching(/^RECENT#[0-7]$/), sk: `${at}.t1.${fingerprint}` },
      ...{ traceId: 't1', systems: ['identity', 'paytm-saga'], failed: true },
      expiresAt: holder?.expiresAt,
    });
    expect(itemsOf(delivery(...lines, logLine))).toEqual([holder, entry]);
    expect(itemsOf(delivery(logLine)).map(({ kind }) => kind)).toEqual(['lines']);
  });

  it('keep a log line of a trace with its fields', () => {
    expect(linesOf(logLine)).toEqual([
      {
        kind: 'log',
        log: {
          traceId: 't1',
          spanId: 's1',
          at,
          level: 'INFO',
          message: 'payment started',
          system: 'paytm-saga',
          function: 'paytm-saga-start-payment',
          fields: { paymentId: 'payment_1' },
        },
      },
    ]);
  });

  it('name the function after the log group where a line does not, and get by with a bare line', () => {
    expect(linesOf('{"traceId":"t1"}')).toEqual([
      expect.objectContaining({
        log: expect.objectContaining({ function: 'paytm-saga-start-payment', level: 'INFO', message: '' }),
      }),
    ]);
  });

  it('are found behind what a runtime writes before a line, and on each line of an event', () => {
    const lines = linesOf(`2026-11-24T10:00:00.123Z\tabc-1\tINFO\t${spanLine}`, `${logLine}\n${logLine}`);
    expect(lines.map(({ kind }) => kind)).toEqual(['span', 'log', 'log']);
  });

  it('lead from a correlation id to its trace, once', () => {
    const line = (spanId: string) => spanOf({ spanId, correlationId: 'order-7' });
    expect(itemsOf(delivery(line('s1'), line('s2')))).toEqual([
      expect.objectContaining({ kind: 'lines' }),
      expect.objectContaining({ kind: 'entry' }),
      {
        kind: 'correlation',
        pk: 'CORRELATION#order-7',
        sk: 't1',
        expiresAt: 1_795_514_400 + 3 * 86_400,
      },
    ]);
  });

  it('leave out metrics, which name their trace too', () => {
    expect(itemsOf(delivery('{"_aws":{"Timestamp":1},"Count":1,"traceId":"t1"}'))).toEqual([]);
  });

  it('hold each span once, however often it was delivered', () => {
    expect(linesOf(spanLine, spanLine)).toHaveLength(1);
  });

  it('leave out the platform’s lines, text, broken JSON, lines of no trace and monsters', () => {
    const monster = JSON.stringify({ traceId: 't1', message: 'x'.repeat(20_000) });
    const lines = ['START RequestId: 1', 'hello', '{"traceId":', '{"level":"INFO"}', '{"_span":{}}', monster];
    expect(itemsOf(delivery(...lines))).toEqual([]);
  });

  it('are none for a message that only asks whether somebody is there', () => {
    expect(itemsOf({ ...delivery(spanLine), messageType: 'CONTROL_MESSAGE' })).toEqual([]);
  });
});
