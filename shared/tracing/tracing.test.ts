import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  currentScope,
  currentSpan,
  currentSpanId,
  currentTraceId,
  currentTraceparent,
  inScope,
  inSpan,
  inSpanOf,
  remainingMs,
  startTracing,
} from './index.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const traceparent = `00-${TRACE}-${PARENT}-00`;

describe('before tracing is started', () => {
  it('work is done all the same, in no trace, and nothing is written', async () => {
    const written = vi.spyOn(process.stdout, 'write');
    const traceId = await inSpan('call', {}, async (span) => {
      span.note({ attempts: 1 });
      return currentTraceId();
    });
    expect(traceId).toBeUndefined();
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
  });
});

describe('spans', () => {
  let spans: { [field: string]: unknown }[];

  beforeEach(() => {
    startTracing();
    spans = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      spans.push(JSON.parse(String(chunk))._span);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it('leave as one log line each, written by the time the work is done', async () => {
    vi.stubEnv('SYSTEM', 'paytm-saga');
    const scope = { correlationId: 'c-1', function: 'paytm-saga-hold', remainingMs: () => 1000 };
    await inScope(scope, () => inSpan('hold', { payment: 'payment_1' }, async () => 'held'));
    expect(spans).toEqual([
      {
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
        name: 'hold',
        kind: 'internal',
        startMs: expect.any(Number),
        endMs: expect.any(Number),
        status: 'ok',
        system: 'paytm-saga',
        function: 'paytm-saga-hold',
        correlationId: 'c-1',
        attributes: { payment: 'payment_1' },
      },
    ]);
    expect(Math.abs(Number(spans[0]?.startMs) - Date.now())).toBeLessThan(10_000);
  });

  it('lie inside each other, over awaits', async () => {
    await inSpan('outer', {}, async () => {
      await Promise.resolve();
      await inSpan('inner', {}, async () => undefined);
    });
    const [inner, outer] = spans;
    expect(inner).toMatchObject({ name: 'inner', traceId: outer?.traceId, parentId: outer?.spanId });
    expect(outer).not.toHaveProperty('parentId');
  });

  it('carry on the trace of a caller, even of one that does not sample', async () => {
    const inside = await inSpanOf({ name: 'door', kind: 'server', parent: traceparent }, async () => ({
      traceId: currentTraceId(),
      spanId: currentSpanId(),
      traceparent: currentTraceparent(),
    }));
    expect(spans[0]).toMatchObject({ traceId: TRACE, parentId: PARENT, kind: 'server' });
    expect(inside.traceId).toBe(TRACE);
    expect(inside.traceparent).toBe(`00-${TRACE}-${spans[0]?.spanId}-01`);
    expect(inside.spanId).toBe(spans[0]?.spanId);
  });

  it('begin a new trace where the traceparent is none', async () => {
    await inSpanOf({ name: 'door', parent: 'rubbish', links: ['rubbish'] }, async () => undefined);
    expect(spans[0]).not.toHaveProperty('parentId');
    expect(spans[0]).not.toHaveProperty('links');
  });

  it('link to what else they have to do with', async () => {
    await inSpanOf({ name: 'batch', links: [traceparent] }, async () => undefined);
    expect(spans[0]?.links).toEqual([{ traceId: TRACE, spanId: PARENT }]);
  });

  it('say the name of what was thrown, and nothing of its text, and pass it on', async () => {
    const thrown = new TypeError('secret text');
    await expect(
      inSpan('step', {}, async () => {
        throw thrown;
      }),
    ).rejects.toBe(thrown);
    await expect(inSpan('step', {}, () => Promise.reject('text'))).rejects.toBe('text');
    expect(spans[0]).toMatchObject({ status: 'error', attributes: { 'error.type': 'TypeError' } });
    expect(spans[1]).toMatchObject({ status: 'error', attributes: { 'error.type': 'string' } });
    expect(JSON.stringify(spans)).not.toContain('secret text');
  });

  it('are not marked by what is thrown as an answer, which is noted and passed on', async () => {
    const answers = (thrown: unknown) => (thrown === 'taken' ? { answer: 'taken' } : undefined);
    await expect(inSpanOf({ name: 'write', answers }, () => Promise.reject('taken'))).rejects.toBe('taken');
    await expect(inSpanOf({ name: 'write', answers }, () => Promise.reject('lost'))).rejects.toBe('lost');
    expect(spans.map(({ status, attributes }) => [status, attributes])).toEqual([
      ['ok', { answer: 'taken' }],
      ['error', { 'error.type': 'string' }],
    ]);
  });

  it('can be marked failed, and noted on, by work that answers', async () => {
    currentSpan().note({ lost: true });
    await inSpan('door', {}, async () => {
      currentSpan().note({ 'http.status_code': 409 });
      currentSpan().failed('SeatTakenError');
    });
    expect(spans[0]).toMatchObject({
      status: 'error',
      attributes: { 'http.status_code': 409, 'error.type': 'SeatTakenError' },
    });
  });
});

describe('outside of an invocation', () => {
  it('there is no scope and no trace', () => {
    expect(currentScope()).toBeUndefined();
    expect([currentTraceId(), currentTraceparent(), currentSpanId()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the time that is left', () => {
  const left = (remaining: number) =>
    inScope({ correlationId: 'c', function: 'f', remainingMs: () => remaining }, remainingMs);

  it('is what Lambda leaves, less what the answer needs, and never below zero', () => {
    startTracing();
    expect(left(3000)).toBe(2500);
    expect(left(100)).toBe(0);
  });

  it('is ten seconds where nobody counts', () => {
    expect(remainingMs()).toBe(10_000);
  });
});
