import { describe, expect, it } from 'vitest';
import { masked, maskText } from './index.ts';

describe('masking', () => {
  // Reading on from each of them again would take a minute; a busy machine needs some seconds for once.
  it('reads a text of 200,000 letters once, whatever they are', { timeout: 20_000 }, () => {
    for (const hostile of ['n', 'n.', 'eyJ-', '+91', 'n@', 'Bearer ']) {
      const text = hostile.repeat(200_000 / hostile.length);
      expect(maskText(text).length).toBeLessThanOrEqual(text.length);
    }
    expect(maskText(`${'n'.repeat(200)}@upi`)).toBe('***');
  });

  it.each([
    ['called +919876543210 twice', 'called *** twice'],
    ['pay asha.rao@okaxis now', 'pay *** now'],
    ['Authorization: Bearer abc.def', 'Authorization: ***'],
    ['got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', 'got ***'],
    ['payment_01937b6e at 12:00', 'payment_01937b6e at 12:00'],
  ])('makes %j %j', (text, expected) => {
    expect(maskText(text)).toBe(expected);
  });

  it('writes dates, codes of the system and circles without falling over', () => {
    const circle: { again?: unknown } = {};
    circle.again = circle;
    const error = Object.assign(new Error('x'), { code: 'ECONNRESET' });
    delete error.stack;
    expect(masked(new Date('2026-11-24T00:00:00Z'))).toBe('2026-11-24T00:00:00.000Z');
    expect(masked(new Date('never'))).toBeNull();
    expect(masked(error)).toEqual({ name: 'Error', message: 'x', code: 'ECONNRESET' });
    expect(JSON.stringify(masked(circle))).toContain('…');
    expect(masked(null)).toBeNull();
  });
});
