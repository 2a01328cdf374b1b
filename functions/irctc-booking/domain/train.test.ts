import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClassCode, JourneyDate, PassengerIn, Quota } from '../contract.codes.ts';
import { seedPassengers, seedTrains } from '../seed.ts';
import { trainOf } from '../train.fixture.ts';
import { berthOf, coachBerths } from './layout.ts';
import { allocationOf, departureAt, hasRac, runs, type Train, waitingCap } from './train.ts';

const NOW = new Date('2026-11-29T06:30:00Z');
const rajdhani = trainOf('12951');
const sizes = (train: Train, cls: ClassCode) => {
  const { GN, TQ, LD, SS, rac } = allocationOf(train, cls);
  return { GN: GN.length, TQ: TQ.length, LD: LD.length, SS: SS.length, rac: rac.length };
};

describe('the seed', () => {
  it('has the five trains of the original with classes that exist, where it crashed on AC2 and AC3', () => {
    expect(seedTrains.map(({ number, demoClass }) => [number, demoClass])).toEqual([
      ['12301', '2A'],
      ['12951', '3A'],
      ['12002', 'CC'],
      ['16587', 'SL'],
      ['12621', 'SL'],
    ]);
    for (const { number, demoClass } of seedTrains) {
      const { coaches } = trainOf(number);
      for (const cls of Object.keys(coaches)) expect(ClassCode.options).toContain(cls);
      expect(coaches[demoClass]).not.toEqual([]);
    }
  });

  it('has coaches whose berths are berths of their class', () => {
    for (const { number } of seedTrains) {
      const train = trainOf(number);
      for (const cls of ClassCode.options) {
        for (const code of allocationOf(train, cls).GN) expect(berthOf(cls, code).code).toBe(code);
      }
    }
  });

  it('has two passengers who can be booked', () => {
    for (const { phone, ...passenger } of seedPassengers) {
      expect(PassengerIn.parse(passenger)).toEqual(passenger);
      expect(phone).toMatch(/^\+91-[6-9][0-9]{9}$/);
    }
  });
});

describe('a train', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(['UTC', 'America/New_York', 'Asia/Kolkata'])('runs on its days, on a machine in %s too', (zone) => {
    vi.stubEnv('TZ', zone);
    expect(new Date(0).getHours()).toBe({ UTC: 0, 'America/New_York': 19, 'Asia/Kolkata': 5 }[zone]);
    const yesvantpur = trainOf('16587');
    const week = [
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
      '2026-12-05',
    ];
    expect(week.map((date) => runs(yesvantpur, JourneyDate.parse(date)))).toEqual([
      ...[false, false, true, false, false, true, false],
    ]);
    expect(week.every((date) => runs(rajdhani, JourneyDate.parse(date)))).toBe(true);
  });

  it('leaves by the clock of Asia/Kolkata', () => {
    expect(departureAt(rajdhani, JourneyDate.parse('2026-12-06'))).toEqual(new Date('2026-12-06T11:30:00Z'));
  });
});

describe('the berths of a class', () => {
  it.each([
    ['12951', '1A', { GN: 15, TQ: 3, LD: 0, SS: 0, rac: 0 }],
    ['12951', '2A', { GN: 31, TQ: 9, LD: 0, SS: 3, rac: 3 }],
    ['12951', '3A', { GN: 38, TQ: 12, LD: 6, SS: 4, rac: 4 }],
    ['12951', 'SL', { GN: 0, TQ: 0, LD: 0, SS: 0, rac: 0 }],
    ['12301', '2A', { GN: 60, TQ: 18, LD: 0, SS: 8, rac: 6 }],
    ['12002', 'CC', { GN: 117, TQ: 29, LD: 0, SS: 0, rac: 0 }],
    ['12621', 'SL', { GN: 125, TQ: 43, LD: 6, SS: 21, rac: 21 }],
  ] as const)('of %s in %s are divided by the rule', (number, cls, expected) => {
    expect(sizes(trainOf(number), cls)).toEqual(expected);
  });

  it('for ladies are one bay without its sides, those for seniors low, those that two share side lower', () => {
    const { LD, SS, rac } = allocationOf(rajdhani, '3A');
    expect(LD).toEqual(['B1-1', 'B1-2', 'B1-3', 'B1-4', 'B1-5', 'B1-6']);
    expect(SS).toEqual(['B1-9', 'B1-12', 'B1-17', 'B1-20']);
    expect(rac).toEqual(['B1-7', 'B1-15', 'B1-23', 'B1-31']);
    expect(allocationOf(trainOf('12301'), '3A').LD.every((code) => code.startsWith('B1-'))).toBe(true);
  });

  it('for Tatkal are of every kind that the class has', () => {
    const kinds = new Set(allocationOf(rajdhani, '3A').TQ.map((code) => berthOf('3A', code).kind));
    expect([...kinds].toSorted()).toEqual(['LB', 'MB', 'SL', 'SU', 'UB']);
  });

  property.prop([fc.constantFrom(...ClassCode.options), fc.integer({ min: 0, max: 12 })])(
    'are each in one list, and all of them in one',
    (cls, count) => {
      const letter = { '1A': 'H', '2A': 'A', '3A': 'B', SL: 'S', CC: 'C' }[cls];
      const coaches = Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
      const lists = allocationOf({ ...rajdhani, coaches: { [cls]: coaches } }, cls);
      const divided = Object.values(lists).flat();
      expect(new Set(divided).size).toBe(divided.length);
      expect(new Set(divided)).toEqual(
        new Set(coaches.flatMap((coach) => coachBerths(cls, coach).map(({ code }) => code))),
      );
      expect(lists.SS.every((code) => berthOf(cls, code).kind === 'LB')).toBe(true);
      expect(lists.rac.every((code) => berthOf(cls, code).kind === 'SL')).toBe(true);
      expect(lists.GN.length).toBeGreaterThanOrEqual(lists.TQ.length);
    },
  );
});

describe('the waiting list', () => {
  it('takes 60 % of the berths of a quota in AC, and 30 % elsewhere', () => {
    expect(waitingCap(rajdhani, '3A', 'GN', NOW)).toBe(Math.floor(42 * 0.6));
    expect(waitingCap(rajdhani, '3A', 'TQ', NOW)).toBe(7);
    expect(waitingCap(trainOf('12621'), 'SL', 'GN', NOW)).toBe(Math.floor(146 * 0.3));
    expect(waitingCap(trainOf('12002'), 'CC', 'GN', NOW)).toBe(70);
  });

  it('had other bounds until 28 Jun 2025, to the second', () => {
    const cap = (at: string) => waitingCap(rajdhani, '3A', 'GN', new Date(at));
    expect([
      cap('2025-06-15T23:59:59+05:30'),
      cap('2025-06-16T00:00:00+05:30'),
      cap('2025-06-27T23:59:59+05:30'),
      cap('2025-06-28T00:00:00+05:30'),
    ]).toEqual([300, 10, 10, 25]);
  });

  it('is not for ladies and seniors, nor for a class that the train has not', () => {
    expect(Quota.options.map((quota) => waitingCap(rajdhani, 'SL', quota, NOW))).toEqual([0, 0, 0, 0]);
    expect(waitingCap(rajdhani, 'SL', 'GN', new Date('2025-01-01T00:00:00Z'))).toBe(0);
    expect([waitingCap(rajdhani, '3A', 'LD', NOW), waitingCap(rajdhani, '3A', 'SS', NOW)]).toEqual([0, 0]);
  });

  it('stands behind shared berths in the general quota alone', () => {
    expect(Quota.options.filter(hasRac)).toEqual(['GN']);
  });
});
