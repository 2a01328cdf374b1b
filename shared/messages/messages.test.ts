import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import * as errors from '../errors/index.ts';
import { defineMessages, houseMessages, say } from './index.ts';

describe('what a person reads', () => {
  const own = defineMessages({
    SeatTakenError: {
      en: ({ seat }) => `Seat ${seat} is taken.`,
      hi: ({ seat }) => `सीट ${seat} ले ली गई है।`,
    },
  });

  it('is said in the language asked for, with the facts', () => {
    expect(say(own, 'SeatTakenError', { seat: 12 }, 'en')).toBe('Seat 12 is taken.');
    expect(say(own, 'SeatTakenError', { seat: 12 }, 'hi')).toBe('सीट 12 ले ली गई है।');
  });

  it('is a plain sentence where nobody wrote one, also for the name of a built-in property', () => {
    for (const name of ['NobodyWroteThisError', 'toString']) {
      expect(say(own, name, {}, 'en')).toBe('This could not be done.');
      expect(say(own, name, {}, 'hi')).toBe('यह नहीं हो सका।');
    }
  });

  it('exists in both languages for every error of the house', () => {
    const names = Object.keys(errors).filter((name) => name.endsWith('Error') && name !== 'HouseError');
    expect(names.filter((name) => !Object.hasOwn(houseMessages, name))).toEqual([]);
    const facts = { issues: [], id: 'x', peer: 'x', bytes: 1, limit: 1, expected: 'x' };
    for (const message of Object.values(houseMessages)) {
      expect(message.en(facts)).toMatch(/^[\x20-\x7e]+$/);
      expect(message.hi(facts)).toMatch(/[\u0900-\u097f]/);
      expect(message.hi(facts)).not.toContain('undefined');
    }
  });

  it('names each field and what was expected there', () => {
    const facts = {
      issues: [
        { field: 'body.amount', expected: 'a whole number', expectedHi: 'पूर्ण संख्या' },
        { field: 'query.limit', expected: 'at most 100' },
      ],
    };
    expect(say(houseMessages, 'InvalidInputError', facts, 'en')).toBe(
      'This is not as expected: body.amount: a whole number; query.limit: at most 100.',
    );
    expect(say(houseMessages, 'InvalidInputError', facts, 'hi')).toContain(
      'body.amount: पूर्ण संख्या; query.limit: at most 100',
    );
    expect(say(houseMessages, 'InvalidInputError', {}, 'en')).toBe('This is not as expected: .');
  });
});

describe('a sentence of the house', () => {
  const anyFact = fc.oneof(
    fc.constantFrom(null, undefined, Number.NaN),
    fc.integer(),
    fc.constantFrom('a', ''),
  );
  const anyFacts = fc.record(
    {
      ...{ id: anyFact, peer: anyFact, bytes: anyFact, limit: anyFact, expected: anyFact },
      issues: fc.oneof(
        anyFact,
        fc.array(fc.oneof(anyFact, fc.record({ field: anyFact, expected: anyFact }))),
      ),
    },
    { requiredKeys: [] },
  );

  property.prop([fc.constantFrom(...Object.keys(houseMessages)), fc.constantFrom('en', 'hi'), anyFacts])(
    'is whole, whichever facts are missing',
    (name, language, facts) => {
      const text = say(houseMessages, name, facts, language);
      expect(text).toMatch(/[.।]$/);
      expect(text).not.toMatch(/undefined|null|NaN|object/);
    },
  );
});
