import { describe, expect, it } from 'vitest';
import { isMistyped, linkTo, orderIn, shortOf } from './filter.ts';

const ORDER = 'order_0193a5c0-0000-7000-8000-000000000001';

describe('the order in an address', () => {
  it('is the one that a link leads to', () => {
    const address = new URLSearchParams(linkTo(ORDER).replace('#/live?', ''));
    expect([orderIn(address), isMistyped(address)]).toEqual([ORDER, false]);
    expect(shortOf(ORDER)).toBe('00000001');
  });

  it.each([
    ['', false],
    ['order=', false],
    ['order=order_1', true],
    [`order=${ORDER}x`, true],
    ['order=<script>', true],
  ])('is none in %j', (text, mistyped) => {
    const address = new URLSearchParams(text);
    expect([orderIn(address), isMistyped(address)]).toEqual([undefined, mistyped]);
  });
});
