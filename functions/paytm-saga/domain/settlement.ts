import { type Paise, paise } from '../../../shared/money/index.ts';

/** Paytm keeps 3 % of what a payment brings (spec section 3, "Wallet"), tax included. */
const COMMISSION_PERCENT = 3;
/** GST on the commission, a service: 18 % from 22 Sep 2025, and before it too. The commission includes it. */
const GST_PERCENT = 18;

export interface Settlement {
  /** What the merchant gets. */
  readonly merchant: Paise;
  /** Our commission without its tax. */
  readonly commission: Paise;
  /** The tax in the commission, owed to the state. */
  readonly gst: Paise;
}

const halfUp = (value: number): number => Math.floor(value + 0.5);

/**
 * Divides an amount at the pivot, to the paisa: the three parts add up to it. On Rs 1,500 the commission of
 * 45.00 is 38.14 and 6.86 tax, and the merchant gets 1,455.00. Rounded half up, once for the commission and
 * once for the tax in it (CGST Act s. 170 is read as a rule for returns, not for lines).
 */
export const settlementOf = (amount: Paise): Settlement => {
  const charged = halfUp((amount * COMMISSION_PERCENT) / 100);
  const gst = halfUp((charged * GST_PERCENT) / (100 + GST_PERCENT));
  return { merchant: paise(amount - charged), commission: paise(charged - gst), gst: paise(gst) };
};
