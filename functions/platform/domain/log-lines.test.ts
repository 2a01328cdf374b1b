import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Delivery, itemsOf, unpack } from './log-lines.ts';

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

describe('the items of a delivery', () => {
  it('keep a span for three days under its trace, in the order of time', () => {
    expect(itemsOf(delivery(spanLine))).toEqual([
      {
        kind: 'span',
        pk: 't1',
        sk: `${at}#s1`,
        expiresAt: 1_795_514_400 + 3 * 86_400,
        span: expect.objectContaining({ name: 'POST /payments' }),
      },
    ]);
  });

  it('keep a log line of a trace with its fields', () => {
    expect(itemsOf(delivery(logLine))).toEqual([
      expect.objectContaining({
        kind: 'log',
        pk: 't1',
        sk: `${at}#e0.0`,
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
      }),
    ]);
  });

  it('name the function after the log group where a line does not, and get by with a bare line', () => {
    expect(itemsOf(delivery('{"traceId":"t1"}'))).toEqual([
      expect.objectContaining({
        log: expect.objectContaining({ function: 'paytm-saga-start-payment', level: 'INFO', message: '' }),
      }),
    ]);
  });

  it('are found behind what a runtime writes before a line, and on each line of an event', () => {
    const items = itemsOf(
      delivery(`2026-11-24T10:00:00.123Z\tabc-1\tINFO\t${spanLine}`, `${logLine}\n${logLine}`),
    );
    expect(items.map(({ kind }) => kind)).toEqual(['span', 'log', 'log']);
  });

  it('lead from a correlation id to its trace, once', () => {
    const line = JSON.stringify({
      _span: { ...JSON.parse(spanLine)._span, correlationId: 'order-7' },
    });
    expect(itemsOf(delivery(line, line))).toEqual([
      expect.objectContaining({ kind: 'span' }),
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
    expect(itemsOf(delivery(spanLine, spanLine))).toHaveLength(1);
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
