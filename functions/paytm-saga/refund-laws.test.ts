import { fc } from '@fast-check/vitest';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { rupees } from '../../shared/money/index.ts';
import { lawRuns, saidRuns } from '../../shared/testing/law-runs.ts';
import * as defects from './planted-defects.fixture.ts';
import { type RefundTrial, refundsAddUp } from './refund-laws.fixture.ts';

const anyAmount = fc.oneof(
  fc.constantFrom(null, 1, 50_000, 75_000),
  fc.integer({ min: 1, max: rupees(2_000) }),
);

const refundLaw = (defect?: RefundTrial['defect'], over: Partial<RefundTrial> = {}) =>
  fc.asyncProperty(
    fc.record({
      choices: fc.array(fc.nat(255), { maxLength: 400, size: 'max' }),
      faultIn: fc.constantFrom(200, 60, 20),
      late: fc.array(
        fc.nat(999).map((n) => (n > 40 ? 0 : n)),
        { maxLength: 40, size: 'max' },
      ),
      outage: fc.option(
        fc.record({
          call: fc.constant('payBack' as const),
          comes: fc.constantFrom('never' as const, 'at once' as const, 'late' as const),
        }),
        { freq: 3 },
      ),
      method: fc.constantFrom('upi' as const, 'paytm_wallet' as const),
      asked: fc.array(fc.record({ amount: anyAmount, callers: fc.integer({ min: 1, max: 2 }) }), {
        ...{ minLength: 1, maxLength: 4 },
      }),
      sweepsAfter: fc.array(fc.nat(40), { maxLength: 3 }),
    }),
    (trial) => refundsAddUp({ ...trial, ...over, ...(defect ? { defect } : {}) }),
  );

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
  // The real one answers from another thread, at a moment that no scheduler knows.
  vi.spyOn(crypto.subtle, 'digest').mockResolvedValue(new ArrayBuffer(32));
});

describe('refunds of one payment', () => {
  it(`add up, whoever asks at once, crashes and comes again, over ${saidRuns(1_500)} sequences`, () =>
    fc.assert(refundLaw(), { numRuns: lawRuns(1_500) }));

  it.each([
    ['the sum of the refunds is not conditioned', defects.sumOfRefundsIsNotConditioned, {}],
    ['a refund may end again', defects.refundMayEndAgain, { method: 'upi' }],
    ['the postings have a transaction of their own', defects.postingsComeAfterwards, {}],
    ['the key of a refund is not remembered', defects.effectIsNotRemembered, {}],
    ['the events have a transaction of their own', defects.eventsComeAfterwards, {}],
  ] as const)('do not when %s: it is found', async (_, { store }, over) => {
    const once = { numRuns: 2_000, seed: 20261124, endOnFailure: true };
    const { failed, errorInstance } = await fc.check(refundLaw(store, over), once);
    expect(failed).toBe(true);
    expect(String(errorInstance)).toContain('The steps were:');
  });
});
