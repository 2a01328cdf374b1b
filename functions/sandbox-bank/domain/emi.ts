/** Paying back in equal months, at a yearly rate that is made up: a bank has one of its own for each card and day. */
import { type Paise, paise } from '../../../shared/money/index.ts';
import type { Months } from '../contract.ts';

/** Per cent a year on what is still owed, a twelfth of it each month. */
export const YEARLY_PERCENT = 15;

export interface Plan {
  readonly months: Months;
  /** Paise each month; the last one may be smaller, by what rounding up has brought together. */
  readonly instalment: Paise;
}

/**
 * The plan for an amount in paise: the annuity that pays it back on a reducing balance, rounded up to the paisa.
 * Reckoned in whole numbers: with r = a/b - 1 it is `amount × r × aⁿ / (aⁿ - bⁿ)`.
 */
export const planOf = (amount: number, months: Months): Plan => {
  const [a, b] = [1_200n + BigInt(YEARLY_PERCENT), 1_200n];
  const n = BigInt(months);
  const owed = BigInt(amount) * (a - b) * a ** n;
  const over = b * (a ** n - b ** n);
  return { months, instalment: paise(Number((owed + over - 1n) / over)) };
};
