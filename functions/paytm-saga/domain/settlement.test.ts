import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paise, rupees } from '../../../shared/money/index.ts';
import { settlementOf } from './settlement.ts';

describe('settlementOf()', () => {
  it('keeps 45.00 of Rs 1,500, of which 6.86 are tax', () => {
    expect(settlementOf(rupees(1_500))).toEqual({ merchant: rupees(1_455), commission: 3_814, gst: 686 });
  });

  it('keeps 750.00 of Rs 25,000', () => {
    const { merchant, commission, gst } = settlementOf(rupees(25_000));
    expect(merchant).toBe(rupees(24_250));
    expect(commission + gst).toBe(rupees(750));
  });

  it('loses and makes no paisa, and nobody gets less than nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_00 }), (amount) => {
        const { merchant, commission, gst } = settlementOf(paise(amount));
        expect(merchant + commission + gst).toBe(amount);
        expect(Math.min(merchant, commission, gst)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
