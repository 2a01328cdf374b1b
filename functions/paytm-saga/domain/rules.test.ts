import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import { MerchantId, UserId } from '../contract.ts';
import {
  checkFraud,
  checkKyc,
  kycNeeded,
  type Merchant,
  riskOf,
  type User,
  validateMerchant,
  validateUser,
} from './rules.ts';

const asha: User = {
  id: UserId.parse('user_0198c0de-0000-7000-8000-000000000001'),
  name: 'Asha',
  phone: '+919812345678',
  kyc: 'full',
  blocked: false,
  disputes: 0,
  bankAccount: 'account_0198c0de-0000-7000-8000-000000000002',
  createdAt: '2026-11-24T10:00:00.000Z',
};
const stall: Merchant = {
  id: MerchantId.parse('merchant_0198c0de-0000-7000-8000-000000000003'),
  name: 'Dadar Vada Pav',
  suspended: false,
  settlement: 'active',
  settlementAccount: 'settlement-1',
  createdAt: '2026-11-24T10:00:00.000Z',
};
/** 10:00 in Mumbai. */
const morning = new Date('2026-11-24T04:30:00Z');
const named = (act: () => unknown): string => {
  try {
    act();
    return 'passed';
  } catch (error) {
    return (error as Error).name;
  }
};

describe('validateUser()', () => {
  it('refuses whom the operator blocked', () => {
    expect(named(() => validateUser({ ...asha, blocked: true }, rupees(1)))).toBe('UserBlockedError');
  });

  it('calls a payer premium over Rs 10,000', () => {
    expect(validateUser(asha, rupees(10_000))).toEqual({ accountType: 'regular' });
    expect(validateUser(asha, rupees(10_000.01))).toEqual({ accountType: 'premium' });
  });
});

describe('checkKyc()', () => {
  it.each([
    [10_000, 'minimal'],
    [10_000.01, 'basic'],
    [50_000, 'basic'],
    [50_000.01, 'full'],
  ] as const)('wants for Rs %d %s KYC', (amount, kyc) => {
    expect(kycNeeded(rupees(amount))).toBe(kyc);
  });

  it('refuses a payer whose KYC is too low', () => {
    expect(named(() => checkKyc({ ...asha, kyc: 'minimal' }, rupees(10_001)))).toBe('KycRequiredError');
    expect(named(() => checkKyc({ ...asha, kyc: 'basic' }, rupees(50_001)))).toBe('KycRequiredError');
  });

  it.each([
    [4, 50_001, 'passed'],
    [5, 50_000, 'passed'],
    [5, 50_001, 'ManualReviewRequiredError'],
  ])('of a payer with %d disputes who pays Rs %d: %s', (disputes, amount, expected) => {
    expect(named(() => checkKyc({ ...asha, disputes }, rupees(amount)))).toBe(expected);
  });

  it('asks for PAN and Aadhaar, or for the phone alone when little is paid', () => {
    expect(checkKyc(asha, rupees(500)).documents).toBe('phone');
    expect(checkKyc(asha, rupees(60_000)).documents).toBe('PAN and Aadhaar');
  });
});

describe('riskOf()', () => {
  it('is the same every time, and never more than 100', () => {
    fc.assert(
      fc.property(fc.constantFrom('minimal', 'basic', 'full'), fc.nat(1000), (kyc, disputes) => {
        const risk = riskOf({ kyc, disputes });
        expect(risk).toBe(riskOf({ kyc, disputes }));
        expect(risk).toBeGreaterThanOrEqual(0);
        expect(risk).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('validateMerchant()', () => {
  it.each([
    [{ suspended: true }, 500, 'MerchantSuspendedError'],
    [{ settlement: 'frozen' }, 500, 'SettlementFrozenError'],
    [{}, 100_000.01, 'MerchantLimitError'],
    [{}, 100_000, 'passed'],
  ] as const)('of %o paid Rs %d: %s', (over, amount, expected) => {
    expect(named(() => validateMerchant({ ...stall, ...over }, rupees(amount), rupees(0)))).toBe(expected);
  });

  it.each([
    [900_000, 100_000, 'passed'],
    [900_000.01, 100_000, 'MerchantDailyLimitError'],
    [1_000_000, 1, 'MerchantDailyLimitError'],
  ])('after Rs %d of the day, paid Rs %d: %s', (taken, amount, expected) => {
    expect(named(() => validateMerchant(stall, rupees(amount), rupees(taken)))).toBe(expected);
  });
});

describe('checkFraud()', () => {
  it('adds 20 over Rs 25,000, and not at Rs 25,000', () => {
    expect(checkFraud(asha, { amount: rupees(25_000), method: 'upi' }, morning).score).toBe(10);
    expect(checkFraud(asha, { amount: rupees(25_000.01), method: 'upi' }, morning)).toEqual({
      score: 30,
      level: 'low',
      flags: 'high_amount',
    });
  });

  it.each([
    ['2026-11-24T00:29:59Z', 'odd_hours'], // 05:59 in Mumbai
    ['2026-11-24T00:30:00Z', ''], // 06:00
    ['2026-11-24T17:29:59Z', ''], // 22:59
    ['2026-11-24T17:30:00Z', 'odd_hours'], // 23:00
  ])('takes the hour of %s in Asia/Kolkata: %s', (time, flags) => {
    expect(checkFraud(asha, { amount: rupees(1), method: 'upi' }, new Date(time)).flags).toBe(flags);
  });

  it('adds 10 on credit', () => {
    for (const method of ['credit_card', 'emi'] as const) {
      expect(checkFraud(asha, { amount: rupees(1), method }, morning).flags).toBe('credit_based');
    }
  });

  it('blocks above 85, and shows 100 at most', () => {
    const risky = { ...asha, kyc: 'minimal' as const, disputes: 3 };
    expect(named(() => checkFraud(risky, { amount: rupees(1), method: 'upi' }, morning))).toBe('passed');
    expect(named(() => checkFraud(risky, { amount: rupees(1), method: 'emi' }, morning))).toBe(
      'FraudSuspectedError',
    );
  });

  it('never blocks an ordinary payment, whatever the hour', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.constantFrom('minimal', 'basic', 'full'),
        (time, kyc) => {
          const passed = checkFraud({ kyc, disputes: 0 }, { amount: rupees(5_000), method: 'upi' }, time);
          expect(passed.score).toBeLessThan(86);
        },
      ),
    );
  });
});
