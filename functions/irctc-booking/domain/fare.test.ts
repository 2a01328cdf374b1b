import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import { ClassCode, Gender, PassengerIn, Quota } from '../contract.codes.ts';
import { seedPassengers } from '../seed.ts';
import { trainOf } from '../train.fixture.ts';
import { type Fared, fareOf, type PassengerFare } from './fare.ts';

const ist = (text: string) => new Date(`${text}+05:30`);
const NOW = ist('2026-11-29T12:00:00');
const rajdhani = trainOf('12951');
const man = { age: 32, gender: 'M' } as const;
const base: Fared = { train: rajdhani, cls: '3A', quota: 'GN', passengers: [man], on: NOW };
const one = (rest: Partial<Fared>): PassengerFare | undefined => fareOf({ ...base, ...rest }).passengers[0];

describe('the fare', () => {
  it('of the two passengers of the original is not the Rs 1,250 that it took on any train, but what the parts say', () => {
    const each = {
      ...{ base: rupees(1615), concession: 0, reservation: rupees(40), superfast: rupees(45) },
      ...{ tatkal: 0, gst: rupees(85), total: rupees(1785) },
    };
    expect(fareOf({ ...base, passengers: seedPassengers })).toEqual({
      passengers: [each, each],
      convenience: rupees(20),
      gstOnConvenience: rupees('3.6'),
      total: rupees('3593.6'),
    });
  });

  it('in a sleeper has no GST, and on a train that is no superfast no surcharge', () => {
    expect(fareOf({ ...base, train: trainOf('16587'), cls: 'SL' })).toEqual({
      passengers: [
        {
          ...{ base: rupees(322), concession: 0, reservation: rupees(20), superfast: 0 },
          ...{ tatkal: 0, gst: 0, total: rupees(342) },
        },
      ],
      ...{ convenience: rupees(10), gstOnConvenience: rupees('1.8'), total: rupees('353.8') },
    });
  });

  it.each([
    ['1A', 3939],
    ['2A', 2318],
    ['3A', 1615],
    ['SL', 565],
    ['CC', 1471],
  ] as const)('of %s on 1384 kilometres has a base of Rs %i', (cls, amount) => {
    expect(one({ cls })?.base).toBe(rupees(amount));
  });

  it.each([
    [1, '1'],
    [500, '250'],
    [501, '250'],
    [502, '251'],
    [1000, '450'],
    [1010, '453'],
  ])('of a sleeper for %i kilometres has a base of Rs %s', (kilometres, amount) => {
    expect(one({ cls: 'SL', train: { ...rajdhani, kilometres } })?.base).toBe(rupees(amount));
  });
});

describe('Tatkal', () => {
  it.each([
    ['3A', 500, '300', 'the least'],
    ['3A', 900, '340.5', '30 % of Rs 1135'],
    ['3A', 1384, '400', 'the most'],
    ['SL', 200, '100', 'the least'],
    ['SL', 2182, '200', 'the most'],
    ['2A', 2182, '500', 'the most'],
    ['CC', 1451, '225', 'the most'],
    ['1A', 100, '400', 'the least'],
  ] as const)('in %s on %i kilometres is Rs %s: %s', (cls, kilometres, amount, _why) => {
    const train = { ...rajdhani, kilometres };
    expect(one({ cls, quota: 'TQ', train })?.tatkal).toBe(rupees(amount));
    expect(one({ cls, quota: 'GN', train })?.tatkal).toBe(0);
  });

  it('is taxed with the fare', () => {
    expect(one({ quota: 'TQ' })).toMatchObject({ gst: rupees(105), total: rupees(2205) });
  });
});

describe('a child', () => {
  const fare = (age: number, withoutBerth?: boolean, quota: Quota = 'GN') =>
    one({ quota, passengers: [{ age, gender: 'F', ...(withoutBerth ? { withoutBerth } : {}) }] });

  it('under 5 travels free', () => {
    expect(new Set(Object.values(fare(4) ?? {}))).toEqual(new Set([0]));
  });

  it('of 5 to 11 pays the whole with a berth, as of 12', () => {
    expect(fare(5)).toEqual(fare(12));
    expect(fare(11)?.total).toBe(rupees(1785));
  });

  it.each(['GN', 'TQ'] as const)(
    'of 5 to 11 pays half without a berth, and nothing for one, in %s',
    (quota) => {
      const half = fare(8, true, quota);
      expect(half).toMatchObject({
        base: rupees('807.5'),
        superfast: rupees('22.5'),
        reservation: 0,
        tatkal: 0,
      });
      expect(half?.gst).toBe(rupees('41.5'));
    },
  );
});

describe('the concession of seniors', () => {
  const off = (gender: Gender, age: number, on: string, quota: Quota = 'GN') =>
    one({ quota, passengers: [{ age, gender }], on: ist(on) })?.concession;

  it('was 40 % for men from 60 and 50 % for women from 58, until the end of 19 Mar 2020', () => {
    const lastSecond = '2020-03-19T23:59:59';
    expect([off('M', 59, lastSecond), off('M', 60, lastSecond)]).toEqual([0, rupees(646)]);
    expect([off('F', 57, lastSecond), off('F', 58, lastSecond)]).toEqual([0, rupees('807.5')]);
    expect([off('T', 59, lastSecond), off('T', 60, lastSecond)]).toEqual([0, rupees(646)]);
    expect(off('M', 60, lastSecond, 'TQ')).toBe(0);
    expect([off('M', 60, '2020-03-20T00:00:00'), off('F', 90, '2026-11-29T12:00:00')]).toEqual([0, 0]);
  });

  it('lowered the tax too', () => {
    const fare = one({ passengers: [{ age: 60, gender: 'M' }], on: ist('2020-03-19T12:00:00') });
    expect(fare).toMatchObject({ gst: rupees('52.7'), total: rupees('1106.7') });
  });
});

describe('the dates of the rules', () => {
  it('no fare is made up for a day before GST', () => {
    expect(() => fareOf({ ...base, on: ist('2017-06-30T23:59:59') })).toThrow(RangeError);
    expect(fareOf({ ...base, on: ist('2017-07-01T00:00:00') }).passengers[0]?.gst).toBe(rupees(85));
  });

  it('the convenience fee came back on 1 Sep 2019', () => {
    const fee = (on: string) => fareOf({ ...base, on: ist(on) }).convenience;
    expect([fee('2019-08-31T23:59:59'), fee('2019-09-01T00:00:00')]).toEqual([0, rupees(20)]);
  });
});

const traveller = fc
  .record({
    age: fc.integer({ min: 0, max: 120 }),
    gender: fc.constantFrom(...Gender.options),
    withoutBerth: fc.option(fc.boolean(), { nil: undefined }),
  })
  .filter((passenger) => PassengerIn.safeParse({ name: 'x', ...passenger }).success);

property.prop([
  fc.array(traveller, { minLength: 1, maxLength: 6 }),
  fc.constantFrom(...ClassCode.options),
  fc.constantFrom(...Quota.options),
  fc.integer({ min: 1, max: 4300 }),
  fc.constantFrom('12951', '16587'),
  fc.date({ min: new Date('2017-07-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
])(
  'every paisa of a total is in one part, and no part is below nothing',
  (passengers, cls, quota, kilometres, number, on) => {
    const fare = fareOf({ train: { ...trainOf(number), kilometres }, cls, quota, passengers, on });
    const totals = fare.passengers.map(({ total, concession, ...parts }) => {
      expect(Math.min(total, concession, ...Object.values(parts))).toBeGreaterThanOrEqual(0);
      expect(concession).toBeLessThanOrEqual(parts.base);
      expect(total).toBe(Object.values(parts).reduce<number>((sum, part) => sum + part, 0) - concession);
      return total;
    });
    expect(totals).toHaveLength(passengers.length);
    expect(fare.total).toBe(
      totals.reduce<number>((sum, total) => sum + total, 0) + fare.convenience + fare.gstOnConvenience,
    );
  },
);
