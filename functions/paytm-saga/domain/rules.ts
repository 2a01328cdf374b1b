import type { Paise } from '../../../shared/money/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import type { Kyc, MerchantId, Method, UserId } from '../contract.ts';
import {
  FraudSuspectedError,
  KycRequiredError,
  ManualReviewRequiredError,
  MerchantDailyLimitError,
  MerchantLimitError,
  MerchantSuspendedError,
  SettlementFrozenError,
  UserBlockedError,
} from './errors.ts';

/** A payer, as the operator recorded them. Personal data stays in the record and never reaches a log. */
export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly phone: string;
  readonly kyc: Kyc;
  readonly blocked: boolean;
  /** Disputes that were decided against this payer; the risk score reads them. */
  readonly disputes: number;
  /** The account at the payer's bank that pays for everything but the wallet. */
  readonly bankAccount: string;
  readonly createdAt: string;
}

export interface Merchant {
  readonly id: MerchantId;
  readonly name: string;
  readonly suspended: boolean;
  readonly settlement: 'active' | 'frozen';
  readonly settlementAccount: string;
  /** MCC, of four digits. */
  readonly category?: string;
  readonly createdAt: string;
}

const KYC_RANK: { readonly [K in Kyc]: number } = { minimal: 0, basic: 1, full: 2 };
const RISK_BY_KYC: { readonly [K in Kyc]: number } = { minimal: 40, basic: 25, full: 10 };
const FULL_KYC_ABOVE = rupees(50_000);
const BASIC_KYC_ABOVE = rupees(10_000);
const MANUAL_REVIEW_RISK = 70;
const PREMIUM_ABOVE = rupees(10_000);

/** The most that one payment may bring a merchant (spec section 3, "Merchant"). */
export const MERCHANT_LIMIT = rupees(100_000);

/** The most that all payments of a day may bring a merchant, the day being one of Asia/Kolkata. */
export const MERCHANT_DAILY_LIMIT = rupees(1_000_000);

/** What a merchant is told who has had so much of the day already. */
export const dailyLimit = (taken: number, amount: Paise): MerchantDailyLimitError =>
  new MerchantDailyLimitError({ limit: MERCHANT_DAILY_LIMIT, taken, amount });

/** What a wallet may hold at any time, and take in a month of Asia/Kolkata; in paise. */
export interface WalletLimits {
  readonly balance: Paise;
  readonly month?: Paise;
}

const SMALL_WALLET: WalletLimits = { balance: rupees(10_000), month: rupees(10_000) };

/**
 * RBI, Master Directions on Prepaid Payment Instruments of 27 Aug 2021, as updated 27 Dec 2024: a small instrument
 * (minimum detail) holds Rs 10,000 and takes Rs 10,000 a month, one of full KYC holds Rs 2,00,000. Between them there is
 * none, so basic KYC has a small one.
 */
export const WALLET_LIMITS: { readonly [K in Kyc]: WalletLimits } = {
  minimal: SMALL_WALLET,
  basic: SMALL_WALLET,
  full: { balance: rupees(200_000) },
};

/** @throws {UserBlockedError} the operator blocked this payer; a retry cannot help */
export const validateUser = (user: User, amount: Paise): { accountType: 'premium' | 'regular' } => {
  if (user.blocked) throw new UserBlockedError({ user: user.id });
  return { accountType: amount > PREMIUM_ABOVE ? 'premium' : 'regular' };
};

/** The KYC that an amount needs: over Rs 50,000 full, over Rs 10,000 basic, else minimal. */
export const kycNeeded = (amount: Paise): Kyc =>
  amount > FULL_KYC_ABOVE ? 'full' : amount > BASIC_KYC_ABOVE ? 'basic' : 'minimal';

/**
 * What is known of a payer's risk, 0 to 100: a stated function of recorded facts, where the original drew dice.
 * Minimal KYC 40, basic 25, full 10; 15 more for each dispute decided against the payer. Five of them bring a payer
 * of full KYC above {@link MANUAL_REVIEW_RISK}: with fewer that rule would ask nobody, since large amounts need full KYC.
 */
export const riskOf = ({ kyc, disputes }: Pick<User, 'kyc' | 'disputes'>): number =>
  Math.min(100, RISK_BY_KYC[kyc] + 15 * disputes);

/**
 * @throws {KycRequiredError} the amount needs a higher KYC; a retry cannot help
 * @throws {ManualReviewRequiredError} over Rs 50,000 with a risk above 70; a person has to look
 */
export const checkKyc = (user: User, amount: Paise): { kyc: Kyc; documents: string } => {
  const needed = kycNeeded(amount);
  if (KYC_RANK[user.kyc] < KYC_RANK[needed]) throw new KycRequiredError({ needed, found: user.kyc });
  if (amount > FULL_KYC_ABOVE && riskOf(user) > MANUAL_REVIEW_RISK) {
    throw new ManualReviewRequiredError({ risk: riskOf(user) });
  }
  return { kyc: user.kyc, documents: needed === 'minimal' ? 'phone' : 'PAN and Aadhaar' };
};

/**
 * @param taken what the merchant has been paid today; the pivot asks again, and its answer counts
 * @throws {MerchantSuspendedError} @throws {SettlementFrozenError} the operator's decision
 * @throws {MerchantLimitError} over Rs 1,00,000 in one payment. A retry helps in none of these
 * @throws {MerchantDailyLimitError} over Rs 10,00,000 in a day; a retry helps tomorrow
 */
export const validateMerchant = (
  merchant: Merchant,
  amount: Paise,
  taken: Paise,
): { name: string; settlementAccount: string } => {
  if (merchant.suspended) throw new MerchantSuspendedError({ merchant: merchant.id });
  if (merchant.settlement === 'frozen') throw new SettlementFrozenError({ merchant: merchant.id });
  if (amount > MERCHANT_LIMIT) throw new MerchantLimitError({ limit: MERCHANT_LIMIT, amount });
  if (taken + amount > MERCHANT_DAILY_LIMIT) throw dailyLimit(taken, amount);
  return { name: merchant.name, settlementAccount: merchant.settlementAccount };
};

export interface FraudCheck {
  readonly score: number;
  readonly level: 'high' | 'medium' | 'low';
  /** Which rules added to the payer's own risk, joined by a comma. */
  readonly flags: string;
}

const HIGH_AMOUNT_ABOVE = rupees(25_000);
const BLOCKED_ABOVE = 85;

/**
 * Scores a payment: the payer's risk, 20 more over Rs 25,000, 15 more before 6 and after 22 o'clock in
 * Asia/Kolkata (the hours 0 to 5 and 23), 10 more on credit. Above 85 it is blocked; shown at 100 at most.
 * @throws {FraudSuspectedError} a retry cannot help
 */
export const checkFraud = (
  user: Pick<User, 'kyc' | 'disputes'>,
  { amount, method }: { amount: Paise; method: Method },
  now: Date,
): FraudCheck => {
  const { hour } = kolkata(now);
  const added = [
    amount > HIGH_AMOUNT_ABOVE ? { flag: 'high_amount', points: 20 } : undefined,
    hour < 6 || hour > 22 ? { flag: 'odd_hours', points: 15 } : undefined,
    method === 'credit_card' || method === 'emi' ? { flag: 'credit_based', points: 10 } : undefined,
  ].filter((rule) => rule !== undefined);
  const raw = added.reduce((sum, { points }) => sum + points, riskOf(user));
  const score = Math.min(raw, 100);
  const flags = added.map(({ flag }) => flag).join(',');
  if (raw > BLOCKED_ABOVE) throw new FraudSuspectedError({ score, flags });
  return { score, level: score > 70 ? 'high' : score > 40 ? 'medium' : 'low', flags };
};
