import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { formatPaise, Paise, paise, portion, positivePaise, rupees, split } from './index.ts';

const anyAmount = fc.integer({ min: 0, max: 1e13 }).map(paise);

describe('an amount', () => {
  it('is a whole number of paise from 0 to 1e13', () => {
    for (const bad of [-1, 0.5, 1e13 + 1, Number.NaN, '5']) expect(Paise.safeParse(bad).success).toBe(false);
    for (const bad of [-1, 0.5, 1e13 + 1, Number.NaN]) expect(() => paise(bad)).toThrow(RangeError);
    expect(Paise.parse(0)).toBe(0);
    expect(paise(1e13)).toBe(1e13);
  });

  it('is above zero where something is paid', () => {
    expect(positivePaise.safeParse(0).success).toBe(false);
    expect(positivePaise.parse(1)).toBe(1);
  });

  it('is written in rupees without a float in between', () => {
    expect(rupees(1500)).toBe(150_000);
    expect(rupees('38.14')).toBe(3814);
    expect(rupees(0.1)).toBe(10);
    for (const bad of [0.1 + 0.2, '1.005', -1, '1,000', '']) expect(() => rupees(bad)).toThrow(RangeError);
  });
});

describe('formatting', () => {
  // `₹1,500.00` with what stands between sign and digits left to the version of ICU.
  const bare = (text: string) => text.replaceAll(/\s/g, '');

  it('groups lakhs and crores in both languages', () => {
    expect(bare(formatPaise(paise(123_456_789), 'en'))).toBe('₹12,34,567.89');
    expect(bare(formatPaise(paise(150_000), 'hi'))).toBe('₹1,500.00');
    expect(bare(formatPaise(paise(5), 'en'))).toBe('₹0.05');
  });

  test.prop([anyAmount, fc.constantFrom('en', 'hi')])(
    'loses nothing: what is read back is the amount',
    (amount, language) => {
      expect(rupees(formatPaise(amount, language as 'en' | 'hi').replaceAll(/[^\d.]/g, ''))).toBe(amount);
    },
  );
});

describe('split', () => {
  it('gives the paise that do not divide to the first', () => {
    expect(split(paise(10_001), [5, 3, 2])).toEqual([5001, 3000, 2000]);
    expect(split(paise(100), [1, 1, 1])).toEqual([34, 33, 33]);
  });

  test.prop([anyAmount, fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })])(
    'loses no paisa, and no part strays from its ratio by more than one',
    (amount, ratios) => {
      const total = ratios.reduce((sum, ratio) => sum + ratio, 0);
      fc.pre(total > 0);
      const parts = split(amount, ratios);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
      for (const [index, ratio] of ratios.entries()) {
        const fair = (BigInt(amount) * BigInt(ratio)) / BigInt(total);
        const off = BigInt(parts[index] ?? -1) - fair;
        expect(off === 0n || off === 1n).toBe(true);
      }
    },
  );

  it('refuses ratios that divide nothing', () => {
    for (const bad of [[], [0, 0], [2, -1]]) expect(() => split(paise(1), bad)).toThrow(RangeError);
  });
});

describe('portion', () => {
  it('rounds half up, and takes a tax out of a price', () => {
    expect(portion(paise(150_000), 3)).toBe(4500);
    expect(portion(paise(4500), 18, 118)).toBe(686);
    expect(portion(paise(50), 1)).toBe(1);
    expect(portion(paise(49), 1)).toBe(0);
  });

  test.prop([fc.integer({ min: 0, max: 1e11 }).map(paise), fc.integer({ min: 0, max: 100 })])(
    'is within half a paisa of the exact share',
    (amount, percent) => {
      const twiceHundredfold =
        200n * BigInt(portion(amount, percent)) - 2n * BigInt(amount) * BigInt(percent);
      expect(twiceHundredfold > -100n && twiceHundredfold <= 100n).toBe(true);
    },
  );
});
