import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Paise, paise, rupees } from '../../../shared/money/index.ts';
import { billOf, PLATFORM_FEE } from './bill.ts';
import { COUPONS, couponOf } from './coupons.ts';

const NOW = new Date('2026-11-29T13:00:00Z');
const food = (amount: number | string) => ({ totalPrice: rupees(amount), taxClass: 'food' }) as const;
const alcohol = (amount: number) => ({ totalPrice: rupees(amount), taxClass: 'alcohol' }) as const;
const charges = { packing: rupees(20), deliveryFee: rupees(40), tip: paise(0) };

describe('the bill', () => {
  it('of two pav bhaji and a Bombay duck has Rs 780 of items, and what the law and the platform add', () => {
    expect(billOf([food(360), food(420)], charges, NOW)).toEqual({
      itemsTotal: rupees(780),
      packing: rupees(20),
      gstOnFood: rupees(40),
      deliveryFee: rupees(40),
      platformFee: rupees(12),
      gstOnFees: rupees('9.36'),
      tip: 0,
      total: rupees('901.36'),
    });
  });

  it('taxes no alcohol, but the food and packing beside it', () => {
    const bill = billOf([alcohol(899), food(450)], charges, NOW);
    expect(bill.itemsTotal).toBe(rupees(1_349));
    expect(bill.gstOnFood).toBe(rupees('23.5'));
    expect(billOf([alcohol(899)], { ...charges, packing: paise(0) }, NOW).gstOnFood).toBe(0);
  });

  it('taxes no tip', () => {
    const without = billOf([food(100)], charges, NOW);
    const { total, tip } = billOf([food(100)], { ...charges, tip: rupees(30) }, NOW);
    expect([total - without.total, tip]).toEqual([rupees(30), rupees(30)]);
  });

  it('knows no rate of a day before there was one, rather than none', () => {
    expect(() => billOf([food(100)], charges, new Date('2021-12-31T18:29:59Z'))).toThrow(RangeError);
    expect(billOf([food(100)], charges, new Date('2021-12-31T18:30:00Z')).gstOnFood).toBe(rupees(6));
  });
});

describe('a coupon', () => {
  const with_ = (code: string, lines: Parameters<typeof billOf>[0], now = NOW) =>
    billOf(lines, { ...charges, coupon: couponOf(code) }, now);

  it('lowers what is paid and no tax, to its bound', () => {
    const bill = with_('DABBA50', [food(780)]);
    expect(bill.coupon).toEqual({ code: 'DABBA50', amount: rupees(100) });
    expect([bill.total, bill.gstOnFood]).toEqual([rupees('801.36'), rupees(40)]);
    expect(with_('MUMBAI10', [food(200)]).coupon?.amount).toBe(rupees(20));
  });

  it('takes nothing off alcohol', () => {
    expect(with_('DABBA50', [alcohol(899), food(100)]).coupon?.amount).toBe(rupees(50));
  });

  it.each([
    ['NOSUCH', rupees(780), 'unknown'],
    ['DIWALI25', rupees(780), 'expired'],
    ['DABBA50', rupees(198), 'order_too_small'],
  ])('%s of an order of %i is refused: %s', (code, totalPrice, why) => {
    expect(() => with_(code, [{ totalPrice, taxClass: 'food' }])).toThrow(
      expect.objectContaining({ name: 'CouponNotValidError', facts: expect.objectContaining({ why }) }),
    );
  });

  it('lasts until the end of its last day in Kolkata', () => {
    const lines = [food(600)];
    expect(with_('DIWALI25', lines, new Date('2025-10-31T18:29:59Z')).coupon?.amount).toBe(rupees(150));
    expect(() => with_('DIWALI25', lines, new Date('2025-10-31T18:30:00Z'))).toThrow('expired');
  });
});

const amount = fc.integer({ min: 0, max: 1_000_000 }).map((value) => paise(value) as Paise);
property.prop([
  fc.array(fc.record({ totalPrice: amount, taxClass: fc.constantFrom('food', 'alcohol') }), {
    minLength: 1,
    maxLength: 8,
  }),
  fc.record({ packing: amount, deliveryFee: amount, tip: amount }),
  fc.option(fc.constantFrom(...COUPONS.filter(({ until }) => until > '2026')), { nil: undefined }),
])(
  'every paisa of a total is in one part of the bill, and no part is below nothing',
  (lines, given, coupon) => {
    const enough = lines.reduce((sum, { totalPrice }) => sum + totalPrice, 0) >= rupees(199);
    const bill = billOf(lines, { ...given, coupon: enough ? coupon : undefined }, NOW);
    const { total, coupon: off, ...parts } = bill;
    expect(total).toBe(Object.values(parts).reduce((sum, part) => sum + part, 0) - (off?.amount ?? 0));
    expect(Math.min(total, ...Object.values(parts))).toBeGreaterThanOrEqual(0);
    expect(off?.amount ?? 0).toBeLessThanOrEqual(bill.itemsTotal);
    expect(bill.platformFee).toBe(PLATFORM_FEE);
  },
);
