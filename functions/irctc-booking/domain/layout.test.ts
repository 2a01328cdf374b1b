import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BerthCode, type BerthKind, ClassCode } from '../contract.codes.ts';
import { berthOf, coachBerths, isAc, kindsOf } from './layout.ts';

const COACH = { '1A': 'H1', '2A': 'A1', '3A': 'B1', SL: 'S1', CC: 'C1' } as const;
const counts = (cls: ClassCode) => {
  const kinds = Map.groupBy(coachBerths(cls, COACH[cls]), ({ kind }) => kind);
  return Object.fromEntries([...kinds].map(([kind, berths]) => [kind, berths.length]));
};
const kindAt = (cls: ClassCode, number: number) =>
  berthOf(cls, BerthCode.parse(`${COACH[cls]}-${number}`)).kind;

describe('a coach', () => {
  it.each([
    ['SL', { LB: 18, MB: 18, UB: 18, SL: 9, SU: 9 }],
    ['3A', { LB: 16, MB: 16, UB: 16, SL: 8, SU: 8 }],
    ['2A', { LB: 16, UB: 16, SL: 7, SU: 7 }],
    ['1A', { LB: 9, UB: 9 }],
    ['CC', { WS: 29, MS: 15, AS: 29 }],
  ] as const)('of %s has the berths of an ICF coach', (cls, kinds) => {
    expect(counts(cls)).toEqual(kinds);
    expect([...kindsOf(cls)].toSorted()).toEqual(Object.keys(kinds).toSorted());
  });

  it('has its bays in a row, and as many berths in each as lie there', () => {
    expect(coachBerths('SL', 'S1').map(({ bay }) => bay)).toEqual(
      Array.from({ length: 72 }, (_, index) => Math.floor(index / 8) + 1),
    );
    expect(coachBerths('1A', 'H1').filter(({ bay }) => bay === 4)).toHaveLength(2);
    expect(coachBerths('2A', 'A1').at(-1)).toEqual({
      ...{ code: 'A1-46', coach: 'A1', number: 46, kind: 'UB', bay: 8 },
    });
  });

  it('is air-conditioned, but for the sleeper', () => {
    expect(ClassCode.options.filter(isAc)).toEqual(['1A', '2A', '3A', 'CC']);
  });
});

property.prop([fc.constantFrom(...ClassCode.options), fc.integer({ min: 1, max: 20 })])(
  'each number from 1 on is one berth, whose code finds it again',
  (cls, coach) => {
    const name = `${COACH[cls].slice(0, 1)}${coach}`;
    const berths = coachBerths(cls, name);
    expect(berths.map(({ number }) => number)).toEqual(berths.map((_, index) => index + 1));
    expect(new Set(berths.map(({ code }) => code)).size).toBe(berths.length);
    for (const berth of berths) expect(berthOf(cls, BerthCode.parse(berth.code))).toEqual(berth);
  },
);

const BY_REMAINDER: { [size: number]: readonly BerthKind[] } = {
  8: ['SU', 'LB', 'MB', 'UB', 'LB', 'MB', 'UB', 'SL'],
  6: ['SU', 'LB', 'UB', 'LB', 'UB', 'SL'],
};
property.prop([
  fc.oneof(
    fc.record({ cls: fc.constant('SL' as const), size: fc.constant(8), n: fc.integer({ min: 1, max: 72 }) }),
    fc.record({ cls: fc.constant('3A' as const), size: fc.constant(8), n: fc.integer({ min: 1, max: 64 }) }),
    fc.record({ cls: fc.constant('2A' as const), size: fc.constant(6), n: fc.integer({ min: 1, max: 46 }) }),
  ),
])('the kind of a berth follows from its number as it is painted', ({ cls, size, n }) => {
  expect(kindAt(cls, n)).toBe(BY_REMAINDER[size]?.[n % size]);
});

it('seat 73 of a sleeper, and a coach of another class, are no berths', () => {
  expect(kindAt('CC', 73)).toBe('AS');
  for (const [cls, code] of [
    ['SL', 'S1-73'],
    ['3A', 'B1-65'],
    ['SL', 'B1-1'],
    ['1A', 'HA1-1'],
  ] as const) {
    expect(() => berthOf(cls, BerthCode.parse(code))).toThrow(RangeError);
  }
});
