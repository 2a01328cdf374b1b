import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allowance, BORROWED_MS, forgottenAt, granted, type Log } from './allowance.ts';

const five: Allowance = { name: 'log-in', quota: 5, seconds: 60 };

describe('an allowance', () => {
  it('is spent one by one, and is there again when the first has left the window', () => {
    let log: Log = [];
    for (const left of [4, 3, 2, 1, 0]) {
      const next = granted(five, log, 1_000);
      expect([next.granted, next.left]).toEqual([1, left]);
      log = next.log;
    }
    expect(granted(five, log, 60_999)).toMatchObject({ granted: 0, left: 0, resetMs: 1 });
    expect(granted(five, log, 61_000)).toMatchObject({ granted: 1, left: 4 });
  });

  it('is lent by the lot, the last lot as far as it goes', () => {
    const lots: Allowance = { ...five, borrow: 3 };
    const first = granted(lots, [], 0);
    expect([first.granted, first.left]).toEqual([3, 2]);
    const second = granted(lots, first.log, 0);
    expect([second.granted, second.left]).toEqual([2, 0]);
    // What was borrowed may be spent later, so it counts longer.
    expect(granted(lots, second.log, 60_000 + BORROWED_MS - 1).granted).toBe(0);
    expect(granted(lots, second.log, 60_000 + BORROWED_MS).granted).toBe(3);
  });
});

it('an allowance is forgotten when nothing of it counts any more, a minute later', () => {
  expect(forgottenAt(five, 500)).toBe(61 + 60);
  expect(forgottenAt({ ...five, borrow: 3 }, 500)).toBe(71 + 60);
});

// Whoever spends what was borrowed, and when, within its time: the law is about what is spent.
const asks = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 25_000 }),
    spend: fc.array(fc.integer({ min: 0, max: BORROWED_MS - 1 }), { maxLength: 4 }),
  }),
  { maxLength: 60 },
);
property.prop([asks, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 4 })])(
  'never more than the quota is spent in any window, wherever it begins',
  (all, quota, borrow) => {
    const allowance = { name: 'a', quota, seconds: 60, borrow };
    let [log, at]: [Log, number] = [[], 0];
    const spent: number[] = [];
    for (const { after, spend } of all) {
      at += after;
      const next = granted(allowance, log, at);
      log = next.log;
      const later = borrow > 1 ? spend : [0, 0, 0, 0];
      if (next.granted > 0) spent.push(at, ...later.slice(0, next.granted - 1).map((ms) => at + ms));
    }
    for (const from of spent) {
      expect(spent.filter((one) => one >= from && one < from + 60_000).length).toBeLessThanOrEqual(quota);
    }
  },
);
