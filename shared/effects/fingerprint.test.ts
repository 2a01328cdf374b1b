import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

describe('fingerprintOf()', () => {
  it('does not depend on the order of fields, at any depth', async () => {
    expect(await fingerprintOf({ a: 1, b: { c: 2, d: 3 } })).toBe(
      await fingerprintOf({ b: { d: 3, c: 2 }, a: 1 }),
    );
  });

  it('tells apart another value, another order in a list, and a missing field', async () => {
    const all = [{ a: [1, 2] }, { a: [2, 1] }, { a: [1, 2], b: 0 }, {}, null, undefined, 'x'];
    expect(new Set(await Promise.all(all.map((one) => fingerprintOf(one)))).size).toBe(all.length);
  });

  it('is a SHA-256 in hexadecimal', async () => {
    expect(await fingerprintOf({})).toMatch(/^[0-9a-f]{64}$/);
  });
});
