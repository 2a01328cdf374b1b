/**
 * What an order costs, in paise, by domain/india.md, sections 2 and 7. What the law does not say, or nobody publishes, is a
 * rule of this city and marked so.
 */
import { type Paise, paise, portion } from '../../../shared/money/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import type { Bill, TaxClass } from '../contract.views.ts';
import { type Coupon, takenOff } from './coupons.ts';

/** A rate, in percent, and the first day on which it counts. */
interface Dated {
  readonly from: string;
  readonly percent: number;
}

/** Restaurant service that is ordered on a platform: Notification 17/2021, paid by the platform. */
const FOOD: readonly Dated[] = [{ from: '2022-01-01', percent: 5 }];
/** Local delivery through a platform, Notification 17/2025; the platform's own fee had the same rate before. */
const FEES: readonly Dated[] = [{ from: '2017-07-01', percent: 18 }];

/** What Zomato took an order on 3 Sep 2025, before tax; the sources differ on whether tax was in it. */
export const PLATFORM_FEE = paise(1_200);

/** What is ordered, as far as the bill asks. */
export interface Billed {
  readonly totalPrice: Paise;
  readonly taxClass: TaxClass;
}

export interface Charges {
  readonly packing: Paise;
  readonly deliveryFee: Paise;
  readonly tip: Paise;
  readonly coupon?: Coupon | undefined;
}

/**
 * The bill of an order.
 * @throws {CouponNotValidError} the coupon is out of its time, or the order too small for it
 */
export const billOf = (lines: readonly Billed[], charges: Charges, now: Date): Bill => {
  const { packing, deliveryFee, tip, coupon } = charges;
  const food = sum(lines.filter(({ taxClass }) => taxClass === 'food').map(({ totalPrice }) => totalPrice));
  const itemsTotal = sum(lines.map(({ totalPrice }) => totalPrice));
  // Alcohol for people is no business of GST (Constitution, article 366 (12A)): its excise is in its price.
  const gstOnFood = portion(sum([food, packing]), rateOn(FOOD, now));
  const gstOnFees = portion(sum([deliveryFee, PLATFORM_FEE]), rateOn(FEES, now));
  // A rule of this city: the platform pays the coupon, so that it lowers what is paid and no tax; and none on alcohol.
  const off = coupon && takenOff(coupon, { food, itemsTotal }, now);
  const whole = sum([itemsTotal, packing, gstOnFood, deliveryFee, PLATFORM_FEE, gstOnFees, tip]);
  return {
    ...{ itemsTotal, packing, gstOnFood, deliveryFee, platformFee: PLATFORM_FEE, gstOnFees, tip },
    ...(coupon && off !== undefined ? { coupon: { code: coupon.code, amount: off } } : {}),
    total: paise(whole - (off ?? 0)),
  };
};

/** What of a bill is for the kitchen's work: what was cooked does not come back. */
export const foodPart = ({ itemsTotal, packing, gstOnFood, coupon }: Bill): Paise =>
  paise(itemsTotal + packing + gstOnFood - (coupon?.amount ?? 0));

/** The rate of a day in Asia/Kolkata, which is when the food is supplied. */
const rateOn = (rates: readonly Dated[], now: Date): number => {
  const { date } = kolkata(now);
  const rate = rates.findLast(({ from }) => from <= date);
  if (rate === undefined) throw new RangeError(`no rate of tax is known for ${date}`);
  return rate.percent;
};

const sum = (amounts: readonly Paise[]): Paise =>
  paise(amounts.reduce<number>((total, one) => total + one, 0));
