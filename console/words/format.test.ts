import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  ageIn,
  clockIn,
  dayIn,
  distanceIn,
  lengthIn,
  minuteIn,
  momentIn,
  numberIn,
  rupeesIn,
  secondIn,
  sizeIn,
  timeIn,
} from './format.ts';

const LANGUAGES = ['en', 'hi'] as const;
const anyLanguage = fc.constantFrom(...LANGUAGES);
/** What somebody would read out of it: paise, by its digits alone. */
const paiseOf = (text: string): bigint =>
  BigInt(text.replaceAll(/[^\d]/g, '')) * (text.startsWith('−') ? -1n : 1n);

describe('rupees', () => {
  test.prop([anyLanguage, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n })])(
    'are every paisa of any 64-bit integer, in lakhs and crores',
    (language, paise) => {
      const text = rupeesIn(language, paise);
      expect(text).toMatch(/^−?₹(\d{1,2},)?(\d{2},)*\d{1,3}\.\d{2}$/);
      expect(paiseOf(text)).toBe(paise);
    },
  );

  test.prop([anyLanguage, fc.maxSafeInteger()])('are the same of a number', (language, paise) => {
    expect(rupeesIn(language, paise)).toBe(rupeesIn(language, BigInt(paise)));
  });

  it('are grouped as in India, with two places', () => {
    for (const language of LANGUAGES) {
      expect(rupeesIn(language, 12_345_678)).toBe('₹1,23,456.78');
      expect(rupeesIn(language, -5)).toBe('−₹0.05');
      expect(rupeesIn(language, 0)).toBe('₹0.00');
      expect(numberIn(language, 1_234_567)).toBe('12,34,567');
    }
  });

  it('are never parts of a paisa', () => {
    expect(() => rupeesIn('en', 0.1 + 0.2)).toThrow(RangeError);
  });
});

describe('a time', () => {
  it('is that of India, and says so, to the millisecond', () => {
    expect(timeIn('en', '2026-11-29T01:42:03.456Z')).toBe('29 Nov 2026, 07:12:03.456 IST');
    expect(timeIn('hi', '2026-11-29T01:42:03.456Z')).toMatch(/^29 नव.* 2026.*07:12:03\.456 IST$/);
    for (const language of LANGUAGES) {
      expect(clockIn(language, '2026-11-29T01:42:03.456Z')).toBe('07:12:03.456 IST');
      expect(clockIn(language, '2026-11-28T18:30:00.000Z')).toBe('00:00:00.000 IST');
      expect(minuteIn(language, '2026-11-28T18:30:59.999Z')).toBe('00:00 IST');
    }
  });
});

describe('a length', () => {
  it.each([
    [-5, '0 ms'],
    [340, '340 ms'],
    [999.6, '1.0 s'],
    [2_440, '2.4 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [3_599_700, '1 h 00 min'],
    [8_040_000, '2 h 14 min'],
    [360_000_000, '100 h 00 min'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(lengthIn('en', milliseconds)).toBe(text);
  });

  it('has its units in Hindi too', () => {
    expect([5, 1_500, 65_000, 3_600_000].map((ms) => lengthIn('hi', ms))).toEqual([
      ...['5 मि॰से॰', '1.5 से॰', '1 मि॰ 05 से॰', '1 घं॰ 00 मि॰'],
    ]);
  });

  test.prop([
    fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer({ min: 59_900, max: 60_000 })),
  ])('never has sixty of what is one of the next', (ms) => {
    expect(lengthIn('en', ms)).not.toMatch(/\b(60|60\.0) (s|min)|\b1000 ms/);
  });
});

describe('an age', () => {
  it.each([
    [-400, '0 s'],
    [12_400, '12 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(ageIn('en', milliseconds)).toBe(text);
  });
});

describe('a distance', () => {
  it.each([
    [0, '0 m'],
    [338, '340 m'],
    [994, '990 m'],
    [996, '1.0 km'],
    [4_240, '4.2 km'],
    [23_000, '23.0 km'],
  ])('of %d metres is %s', (meters, text) => {
    expect(distanceIn('en', meters)).toBe(text);
  });

  it('has its units in Hindi too', () => {
    expect([340, 4_200].map((meters) => distanceIn('hi', meters))).toEqual(['340 मी॰', '4.2 कि॰मी॰']);
  });
});

describe('a size', () => {
  it.each([
    [999, '999 B'],
    [12_300, '12.3 kB'],
    [999_949, '999.9 kB'],
    [999_960, '1.0 MB'],
    [4_560_000, '4.6 MB'],
  ])('of %d bytes is %s', (bytes, text) => {
    expect(sizeIn('en', bytes)).toBe(text);
  });
});

describe('a time that is not to the millisecond', () => {
  const at = '2026-12-05T11:30:09.500Z';

  it('is to the second or the minute, with its zone', () => {
    expect([secondIn('en', at), momentIn('en', at)]).toEqual(['17:00:09 IST', '5 Dec, 17:00 IST']);
    expect(momentIn('hi', at)).toBe('5 दिस॰, 17:00 IST');
  });

  it('or a day, whatever the zone of whoever looks', () => {
    expect([dayIn('en', '2026-12-05'), dayIn('hi', '2026-12-05')]).toEqual([
      ...['Sat, 5 Dec, 2026', 'शनि, 5 दिस॰ 2026'],
    ]);
  });
});
