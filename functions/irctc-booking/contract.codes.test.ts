import { describe, expect, it } from 'vitest';
import * as codes from './contract.codes.ts';

describe('the codes of rail', () => {
  it.each([
    ['TrainNumber', codes.TrainNumber, ['12951', '00001'], ['1295', '129511', '1295A', ' 12951']],
    ['StationCode', codes.StationCode, ['MMCT', 'MS', 'NDLS'], ['', 'mmct', 'MMCTXX', 'M1']],
    ['ClassCode', codes.ClassCode, ['1A', '2A', '3A', 'SL', 'CC'], ['AC2', 'AC3', '2S']],
    [
      'BerthCode',
      codes.BerthCode,
      ['B1-23', 'S10-72', 'HA1-4'],
      ['B1-0', 'B1-', 'B-1', 'B0-1', 'B1-100', 'b1-1'],
    ],
    [
      'JourneyDate',
      codes.JourneyDate,
      ['2026-12-06', '2028-02-29'],
      ['2027-02-29', '2026-13-01', '06-12-2026', '2026-12-6'],
    ],
    ['KnownDate', codes.KnownDate, ['2018-01-15', '2026-12-06'], ['2018-01-14', '2027-02-29', 'today']],
    ['PnrNumber', codes.PnrNumber, ['8123456789'], ['0123456789', '812345678', '81234567890']],
    ['BerthWish', codes.BerthWish, ['LB', 'SU', 'WS'], ['MS', 'AS', 'Lower']],
  ] as const)('%s takes what is one and nothing else', (_, schema, good, bad) => {
    for (const code of good) expect(schema.safeParse(code).success, code).toBe(true);
    for (const code of bad) expect(schema.safeParse(code).success, code).toBe(false);
  });
});

describe('a passenger who comes in', () => {
  const rahul = { name: 'Rahul Sharma', age: 32, gender: 'M' };

  it('has a name, an age and a gender, and perhaps a wish', () => {
    expect(codes.PassengerIn.parse({ ...rahul, name: '  Rahul Sharma ', berth: 'LB' })).toEqual({
      ...rahul,
      berth: 'LB',
    });
    for (const bad of [
      { ...rahul, name: ' ' },
      { ...rahul, name: 'x'.repeat(61) },
      { ...rahul, age: -1 },
      { ...rahul, age: 121 },
      { ...rahul, age: 32.5 },
      { ...rahul, gender: 'male' },
      { ...rahul, berth: 'MS' },
      { ...rahul, seat: 'LB' },
    ]) {
      expect(codes.PassengerIn.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });

  it.each([
    [4, false],
    [5, true],
    [11, true],
    [12, false],
  ])('of %i years may go without a berth: %s', (age, allowed) => {
    expect(codes.PassengerIn.safeParse({ ...rahul, age, withoutBerth: true }).success).toBe(allowed);
    expect(codes.PassengerIn.safeParse({ ...rahul, age, withoutBerth: false }).success).toBe(true);
  });
});
