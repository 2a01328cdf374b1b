import { describe, expect, it } from 'vitest';
import { ROWS_SHOWN, type SpanLine, TraceView } from '../contract.ts';
import { traceReader } from '../store/read-traces.ts';
import { getTrace } from './get-trace.ts';

const traceId = 'a'.repeat(32);
const span = (n: number): SpanLine => ({
  ...{ traceId, spanId: `s${n}`, name: `GET /${n}`, startMs: 1_000 + n, endMs: 1_010 + n, status: 'ok' },
  attributes: { door: 'get' },
});
const item = (...spans: SpanLine[]) => ({
  kind: 'lines',
  lines: JSON.stringify(spans.map((one) => ({ kind: 'span', span: one }))),
});

/** A table that gives its pages one after the other. */
const tableOf = (...pages: object[][]) => {
  let asked = 0;
  const send = async ({ input }: { input: { ExclusiveStartKey?: { page: number } } }) => {
    asked += 1;
    const page = input.ExclusiveStartKey?.page ?? 0;
    return { Items: pages[page], LastEvaluatedKey: page + 1 < pages.length ? { page: page + 1 } : undefined };
  };
  return { asked: () => asked, traces: traceReader({ send } as never, 'traces') };
};
const show = async (...pages: object[][]) =>
  (await getTrace(tableOf(...pages))({ path: { traceId } } as never)).body;

describe('GET /traces/{traceId}', () => {
  it('shows a trace with all of its pages, in the order of its spans', async () => {
    const body = await show([item(span(2))], [item(span(1), span(0))]);
    expect(TraceView.parse(body)).toEqual(body);
    expect(body).toMatchObject({ traceId, startedAt: '1970-01-01T00:00:01.000Z', total: 3, more: false });
    expect(body.spans.map(({ spanId, offsetMs }) => `${spanId} ${offsetMs}`)).toEqual([
      's0 0',
      's1 1',
      's2 2',
    ]);
    expect(body.spans[0]?.attributes).toEqual({ door: 'get' });
  });

  it('says how much of a long one it shows', async () => {
    const many = Array.from({ length: ROWS_SHOWN + 5 }, (_, n) => span(n));
    const body = await show([item(...many)]);
    expect([body.spans.length, body.total, body.more]).toEqual([ROWS_SHOWN, ROWS_SHOWN + 5, false]);
  });

  it('reads no trace without bound, and says so', async () => {
    const pages = Array.from({ length: 9 }, (_, n) => [item(span(n))]);
    const table = tableOf(...pages);
    const { body } = await getTrace(table)({ path: { traceId } } as never);
    expect([body.total, body.more, table.asked()]).toEqual([4, true, 4]);
  });

  it('does not find what has not arrived', async () => {
    await expect(show([])).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'trace' } });
  });
});
