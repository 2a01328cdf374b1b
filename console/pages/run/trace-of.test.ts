import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { traceOf } from './trace-of.ts';

const inputOf = (value: unknown, spaces?: number) => {
  const text = JSON.stringify(value, null, spaces);
  return { input: { text, size: text.length } };
};
const anyHex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

describe('the trace of a run', () => {
  test.prop([anyHex(32), anyHex(16), fc.string(), fc.constantFrom(undefined, 2)])(
    'is the one of its traceparent, however the input is set out',
    (trace, parent, other, spaces) => {
      const input = { saga: other, traceparent: `00-${trace}-${parent}-01`, last: other };
      expect(traceOf(inputOf(input, spaces))).toBe(trace);
    },
  );

  it.each([
    ['no input', {}],
    ['an input that is long and not told', { input: { size: 400_000 } }],
    ['no traceparent', inputOf({ saga: 'payment_1' })],
    ['one that is none', inputOf({ traceparent: '00-XYZ-1-01' })],
    [
      'one in somebody’s text',
      inputOf({ note: `"traceparent":"00-${'a'.repeat(32)}-${'b'.repeat(16)}-01"` }),
    ],
  ])('is none where there is %s', (_what, detail) => {
    expect(traceOf(detail)).toBeUndefined();
  });
});
