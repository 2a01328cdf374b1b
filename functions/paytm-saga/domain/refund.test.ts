import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { paise, rupees } from '../../../shared/money/index.ts';
import { completedPayment } from '../city.fixture.ts';
import { PaymentStatus } from '../contract.ts';
import { partsOf, refundOf } from './refund.ts';
import { MERCHANT_LIMIT } from './rules.ts';
import { settlementOf } from './settlement.ts';

/** A payment as it is once it has completed, with so much of it given back. */
const completed = (amount = rupees(1_500), refunded?: number) =>
  completedPayment({ amount, ...(refunded === undefined ? {} : { refunded: paise(refunded) }) });

/** An amount up to the most that one payment may be, and how it is given back: by one to twenty refunds. */
const anyRefunds = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: MERCHANT_LIMIT })),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 19 }),
  )
  .map(([amount, cuts]) => ({
    amount: paise(amount),
    // Where each refund ends: no two at one place, and the last at the end.
    ends: [...new Set([...cuts.map((cut) => Math.floor(cut * amount)), amount])]
      .filter((end) => end > 0)
      .sort((one, two) => one - two)
      .map((end) => paise(end)),
  }));

describe('the parts of refunds', () => {
  it('are all of the commission and its tax when all is given back', () => {
    expect(refundOf(completed())).toEqual({
      amount: rupees(1_500),
      parts: { merchant: rupees(1_455), commission: 3_814, gst: 686 },
    });
  });

  it('are a third of both for a third of it', () => {
    const { parts } = refundOf(completed(), rupees(500));
    expect(parts).toEqual({ merchant: rupees(485), commission: 1_271, gst: 229 });
  });

  test.prop([anyRefunds], { numRuns: 2_000 })(
    'add up to each refund, never below zero, and together to what was settled',
    ({ amount, ends }) => {
      const settled = settlementOf(amount);
      const sums = { merchant: 0, commission: 0, gst: 0 };
      let before = paise(0);
      for (const after of ends) {
        const { merchant, commission, gst } = partsOf(settled, { before, after });
        expect(merchant + commission + gst).toBe(after - before);
        expect(Math.min(merchant, commission, gst)).toBeGreaterThanOrEqual(0);
        sums.merchant += merchant;
        sums.commission += commission;
        sums.gst += gst;
        before = after;
      }
      expect(sums).toEqual(settled);
    },
  );

  test.prop([fc.integer({ min: 1, max: 2_000 })], { numRuns: 100 })(
    'are never below zero, also where a payment is given back paisa by paisa',
    (amount) => {
      const settled = settlementOf(paise(amount));
      for (let n = 0; n < amount; n += 1) {
        const parts = partsOf(settled, { before: paise(n), after: paise(n + 1) });
        if (parts.merchant + parts.commission + parts.gst !== 1)
          throw new Error(`paisa ${n + 1} of ${amount}`);
      }
    },
  );
});

describe('a refund', () => {
  it('is of all that is left, unless less is asked for', () => {
    expect(refundOf(completed(rupees(100), 3_000)).amount).toBe(7_000);
    expect(refundOf(completed(rupees(100), 3_000), paise(500)).amount).toBe(500);
  });

  it.each([
    ['a paisa more than is left', 3_000, 7_001, 7_000],
    ['a paisa more than there was', undefined, 10_001, 10_000],
    ['a paisa when nothing is left', 10_000, 1, 0],
    ['what is left when nothing is', 10_000, undefined, 0],
  ])('of %s is refused with what is left', (_, refunded, asked, left) => {
    const refused = () =>
      refundOf(completed(rupees(100), refunded), asked === undefined ? asked : paise(asked));
    expect(refused).toThrow(
      expect.objectContaining({ name: 'RefundTooLargeError', facts: expect.objectContaining({ left }) }),
    );
  });

  test.prop([
    fc.integer({ min: 1, max: 2_000 }),
    fc.integer({ min: 0, max: 2_000 }),
    fc.integer({ min: 1, max: 4_000 }),
  ])('never brings the sum above the amount', (amount, earlier, asked) => {
    const refunded = Math.min(earlier, amount);
    let given = 0;
    try {
      given = refundOf(completed(paise(amount), refunded), paise(asked)).amount;
    } catch (error) {
      expect(error).toMatchObject({ name: 'RefundTooLargeError', facts: { left: amount - refunded } });
    }
    expect(given).toBe(asked <= amount - refunded ? asked : 0);
  });

  it.each(PaymentStatus.options.filter((status) => status !== 'completed'))(
    'of a payment that is %s is refused: nothing is captured, or it gives back itself',
    (status) => {
      expect(() => refundOf({ ...completed(), status })).toThrow(
        expect.objectContaining({
          name: 'PaymentNotCompletedError',
          facts: expect.objectContaining({ status }),
        }),
      );
    },
  );
});
