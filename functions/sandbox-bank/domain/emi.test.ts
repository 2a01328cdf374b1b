import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Months } from '../contract.ts';
import { planOf, YEARLY_PERCENT } from './emi.ts';

describe('a plan', () => {
  // By the annuity formula of any spreadsheet: PMT(15%/12, n, -100000.00).
  it.each([
    [3, 3_417_012],
    [12, 902_584],
    [24, 484_867],
  ] as const)(
    'of one lakh in %i months is the annuity of the textbook, to the paisa above',
    (months, paise) => {
      expect(planOf(10_000_000, months)).toEqual({ months, instalment: paise });
    },
  );

  property.prop([fc.integer({ min: 1, max: 1e13 }), fc.constantFrom(...Months.values)])(
    'pays back what is owed in time, and would not with a paisa less a month',
    (amount, months) => {
      // Owed in 1/b^n of a paisa, so that nothing is rounded on the way.
      const b = 1_200n;
      const owedAfter = (instalment: bigint): bigint => {
        let owed = BigInt(amount) * b ** BigInt(months);
        for (let month = 1; month <= months; month += 1) {
          owed = (owed * (b + BigInt(YEARLY_PERCENT))) / b - instalment * b ** BigInt(months);
        }
        return owed;
      };
      const { instalment } = planOf(amount, months);
      expect(owedAfter(BigInt(instalment))).toBeLessThanOrEqual(0n);
      expect(owedAfter(BigInt(instalment) - 1n)).toBeGreaterThan(0n);
    },
  );
});
