/** Coupons of the platform. Which there are is a rule of this city; each carries its time. */
import { type Paise, paise, portion, rupees } from '../../../shared/money/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import { CouponNotValidError } from './errors.ts';

export interface Coupon {
  readonly code: string;
  readonly percent: number;
  /** It never takes off more. */
  readonly most: Paise;
  /** Of items: a smaller order gets nothing. */
  readonly from: Paise;
  /** The last day, in Asia/Kolkata. */
  readonly until: string;
}

export const COUPONS: readonly Coupon[] = [
  { code: 'DABBA50', percent: 50, most: rupees(100), from: rupees(199), until: '2030-12-31' },
  { code: 'MUMBAI10', percent: 10, most: rupees(75), from: rupees(99), until: '2030-12-31' },
  // It was for one season; who still tries it is told so.
  { code: 'DIWALI25', percent: 25, most: rupees(250), from: rupees(499), until: '2025-10-31' },
];

/** @throws {CouponNotValidError} there is none of this code */
export const couponOf = (code: string): Coupon => {
  const coupon = COUPONS.find((one) => one.code === code);
  if (!coupon) throw new CouponNotValidError({ coupon: code, why: 'unknown' });
  return coupon;
};

/**
 * What it takes off: of the food alone, however much it asks of all items.
 * @throws {CouponNotValidError} its time is over, or the order too small
 */
export const takenOff = (
  { code, percent, most, from, until }: Coupon,
  { food, itemsTotal }: { readonly food: Paise; readonly itemsTotal: Paise },
  now: Date,
): Paise => {
  if (kolkata(now).date > until) throw new CouponNotValidError({ coupon: code, why: 'expired' });
  if (itemsTotal < from) throw new CouponNotValidError({ coupon: code, why: 'order_too_small', from });
  return paise(Math.min(portion(food, percent), most));
};
