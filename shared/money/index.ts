/** Money is a whole number of paise, never a float: a branded type, so that a count of anything else is no amount. */
import { allocate, dinero, INR, toSnapshot } from 'dinero.js';
import * as z from 'zod';

/** Ten thousand crore rupees: nothing in the city costs more, and sums of it stay exact. */
const MOST_PAISE = 1e13;

/** An amount in paise, 0 to 1e13. */
export const Paise = z.int().min(0).max(MOST_PAISE).brand('Paise');
export type Paise = z.infer<typeof Paise>;

/** An amount in paise, 1 to 1e13: what can be paid. */
export const positivePaise = z.int().min(1).max(MOST_PAISE).brand('Paise');

/**
 * Takes a number that is known to be an amount in paise.
 *
 * @throws {RangeError} it is no whole number of paise from 0 to 1e13: a defect of the caller
 */
export const paise = (amount: number): Paise => {
  if (!isAmount(amount)) throw new RangeError(`${amount} is no amount in paise`);
  return amount;
};

const isAmount = (amount: number): amount is Paise =>
  Number.isSafeInteger(amount) && amount >= 0 && amount <= MOST_PAISE;

/**
 * An amount as people write it in code: `rupees(1500)`, `rupees('38.14')`.
 *
 * @throws {RangeError} it has fractions of a paisa, or is no amount
 */
export const rupees = (amount: number | string): Paise => {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(String(amount)) ?? [];
  if (whole === undefined) throw new RangeError(`${amount} is no amount in rupees and paise`);
  return paise(Number(whole) * 100 + Number(fraction.padEnd(2, '0')));
};

/**
 * Divides an amount by ratios so that the parts add up to it; the paise that do not divide go to the first parts.
 *
 * @example split(paise(10001), [5, 3, 2]) // 5001, 3000, 2000
 * @throws {RangeError} there is no ratio above zero, or one below
 */
export const split = (amount: Paise, ratios: readonly number[]): Paise[] => {
  if (!ratios.some((ratio) => ratio > 0) || ratios.some((ratio) => ratio < 0)) {
    throw new RangeError(`${ratios} divides nothing`);
  }
  const parts = allocate(dinero({ amount, currency: INR }), [...ratios]);
  return parts.map((part) => paise(toSnapshot(part).amount));
};

/**
 * The part of an amount that a rate makes, rounded half up to the paisa. A tax that is included in a price is
 * `portion(price, 18, 118)`.
 *
 * @param of what the rate counts against. @default 100, a percentage
 */
export const portion = (amount: Paise, rate: number, of = 100): Paise =>
  // Twice the quotient, floored, plus one, halved: exact in integers as long as amount × rate is.
  paise(Math.floor((2 * amount * rate + of) / (2 * of)));

const formatters: { [language in 'en' | 'hi']?: Intl.NumberFormat } = {};

/** `₹12,34,567.89`, as it is written in India; both languages use the same digits. */
export const formatPaise = (amount: Paise, language: 'en' | 'hi'): string => {
  // The first use of Intl takes 35 ms: not at init.
  formatters[language] ??= new Intl.NumberFormat(`${language}-IN`, { style: 'currency', currency: 'INR' });
  const digits = String(amount).padStart(3, '0');
  // A text is formatted exactly, where a division by 100 would not be.
  return formatters[language].format(`${digits.slice(0, -2)}.${digits.slice(-2)}` as `${number}`);
};
