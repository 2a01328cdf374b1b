import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Messages, say } from '../../../shared/messages/index.ts';
import { BerthWish, ClassCode, Gender, JourneyDate, PassengerIn, Quota } from '../contract.codes.ts';
import { partyMessages } from '../messages.party.ts';
import { kindsOf } from './layout.ts';
import * as errors from './party-errors.ts';
import { berthPreference, checkParty, needsBerth, type Traveller } from './passengers.ts';

const DAY = JourneyDate.parse('2026-12-06');
const of = (gender: Gender, age: number, rest: Partial<Traveller> = {}): Traveller => ({
  gender,
  age,
  ...rest,
});
const man = of('M', 32);
const woman = of('F', 28);
const party = (count: number, one: Traveller = man) => Array.from({ length: count }, () => one);
const refused = (name: string, facts: object) => expect.objectContaining({ name, facts });

describe('a party', () => {
  it.each([
    ['GN', 6, man],
    ['LD', 6, woman],
    ['TQ', 4, man],
    ['SS', 2, of('M', 70)],
  ] as const)('of %s has at most %i passengers', (quota, most, one) => {
    expect(() => checkParty(party(most, one), quota, DAY)).not.toThrow();
    expect(() => checkParty(party(most + 1, one), quota, DAY)).toThrow(
      refused('PartyTooLargeError', { quota, passengers: most + 1, most }),
    );
  });

  it('needs one berth at least', () => {
    const sharing = of('M', 8, { withoutBerth: true });
    for (const nobody of [[], [of('F', 4)], [sharing, of('F', 2)]]) {
      expect(() => checkParty(nobody, 'GN', DAY)).toThrow(
        refused('PartyWithoutBerthError', { passengers: nobody.length }),
      );
    }
    expect(() => checkParty([sharing, man], 'GN', DAY)).not.toThrow();
    expect(() => checkParty([of('M', 8)], 'GN', DAY)).not.toThrow();
  });

  it('knows no rule for journeys before there was one', () => {
    expect(() => checkParty([man], 'GN', JourneyDate.parse('2018-01-14'))).toThrow(RangeError);
  });
});

describe('the ladies quota', () => {
  it.each([
    ['women and girls', [woman, of('F', 6)]],
    ['girls alone', [of('F', 11)]],
    ['a boy of 11 with a woman', [of('M', 11), woman]],
    ['a child who is neither, with a woman', [woman, of('T', 3)]],
  ])('takes %s', (_, passengers) => {
    expect(() => checkParty(passengers, 'LD', DAY)).not.toThrow();
  });

  it.each([
    ['a man', [woman, man], 2],
    ['a boy of 12', [of('M', 12), woman], 1],
    ['a boy with a girl', [of('F', 11), of('M', 11)], 2],
    ['somebody who is neither', [of('T', 30)], 1],
  ])('does not take %s', (_, passengers, passenger) => {
    expect(() => checkParty(passengers, 'LD', DAY)).toThrow(
      refused('QuotaNotAllowedError', { quota: 'LD', passenger }),
    );
  });
});

describe('the senior quota', () => {
  it.each([
    ['M', 59, 60],
    ['F', 44, 45],
    ['T', 59, 60],
  ] as const)('takes %s not at %i but at %i', (gender, young, old) => {
    expect(() => checkParty([of(gender, old)], 'SS', DAY)).not.toThrow();
    expect(() => checkParty([of('M', 80), of(gender, young)], 'SS', DAY)).toThrow(
      refused('QuotaNotAllowedError', { quota: 'SS', passenger: 2 }),
    );
  });
});

describe('a berth', () => {
  it.each([
    [4, undefined, false],
    [5, undefined, true],
    [5, false, true],
    [5, true, false],
    [11, true, false],
    [12, undefined, true],
  ])('is needed by somebody of %i who goes without (%s): %s', (age, withoutBerth, needed) => {
    expect(needsBerth({ age, gender: 'F', ...(withoutBerth === undefined ? {} : { withoutBerth }) })).toBe(
      needed,
    );
  });

  it('is the one wished for, where the original ignored every wish', () => {
    expect(berthPreference(of('M', 32, { berth: 'SU' }), '3A')).toBe('SU');
    expect(berthPreference(of('M', 70, { berth: 'UB' }), '3A')).toBe('UB');
    expect(berthPreference(of('M', 70, { berth: 'WS' }), 'CC')).toBe('WS');
  });

  it('is any where the class has none such', () => {
    expect(berthPreference(of('M', 32, { berth: 'MB' }), '2A')).toBeUndefined();
    expect(berthPreference(of('M', 32, { berth: 'SL' }), '1A')).toBeUndefined();
    expect(berthPreference(of('M', 32, { berth: 'LB' }), 'CC')).toBeUndefined();
  });

  it('is a lower one for seniors who wish for none, and a seat is a seat', () => {
    expect([of('M', 60), of('F', 45), of('T', 60)].map((one) => berthPreference(one, 'SL'))).toEqual([
      ...['LB', 'LB', 'LB'],
    ]);
    expect([of('M', 59), of('F', 44)].map((one) => berthPreference(one, 'SL'))).toEqual([
      undefined,
      undefined,
    ]);
    expect(berthPreference(of('M', 80), 'CC')).toBeUndefined();
  });
});

const traveller = fc
  .record({
    age: fc.integer({ min: 0, max: 120 }),
    gender: fc.constantFrom(...Gender.options),
    berth: fc.option(fc.constantFrom(...BerthWish.options), { nil: undefined }),
    withoutBerth: fc.option(fc.boolean(), { nil: undefined }),
  })
  .filter((one) => PassengerIn.safeParse({ name: 'x', ...one }).success);

property.prop([fc.array(traveller, { maxLength: 8 }), fc.constantFrom(...Quota.options)])(
  'whoever may travel on a quota may travel in the general one, without anybody of the party who needs no berth',
  (passengers, quota) => {
    let taken = true;
    try {
      checkParty(passengers, quota, DAY);
    } catch (error) {
      expect(Object.keys(partyMessages)).toContain((error as Error).name);
      taken = false;
    }
    fc.pre(taken);
    expect(() => checkParty(passengers, 'GN', DAY)).not.toThrow();
    expect(() => checkParty(passengers.filter(needsBerth), 'GN', DAY)).not.toThrow();
  },
);

property.prop([traveller, fc.constantFrom(...ClassCode.options)])(
  'nobody is looked for a berth of a kind that the class has not',
  (one, cls) => {
    const kind = berthPreference(one, cls);
    if (kind) expect(kindsOf(cls).has(kind)).toBe(true);
  },
);

describe('what a person reads', () => {
  it('exists for every error, whole with and without its facts', () => {
    for (const name of Object.keys(errors)) {
      const { en, hi } = (partyMessages as Messages)[name] ?? {};
      for (const facts of [{}, { quota: 'LD', passenger: 2, passengers: 7, most: 6 }, { quota: 'SS' }]) {
        expect(en?.(facts), name).toMatch(/^[A-Z][\x20-\x7e…]+\.$/);
        expect(hi?.(facts), name).toMatch(/^[\u0900-\u097f].*।$/);
        expect(`${en?.(facts)}${hi?.(facts)}`).not.toContain('undefined');
      }
    }
  });

  it('says for whom the quota is', () => {
    expect(say(partyMessages, 'QuotaNotAllowedError', { quota: 'LD', passenger: 2 }, 'en')).toBe(
      'Passenger 2 may not travel here: the ladies quota is for women, and for children under 12 with one.',
    );
    expect(say(partyMessages, 'QuotaNotAllowedError', { quota: 'SS', passenger: 1 }, 'hi')).toContain(
      '60 साल',
    );
  });
});
