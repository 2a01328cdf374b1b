import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  allOrNothing,
  exactlyOnce,
  lostAnswersAreSettled,
  moneyIsConserved,
  takeoverIsClean,
} from './laws.fixture.ts';
import type { Trial } from './laws-world.fixture.ts';
import * as defects from './planted-defects.fixture.ts';

const anyChoices = fc.array(fc.nat(255), { maxLength: 60, size: 'max' });
const anyCallers = fc.integer({ min: 1, max: 4 });
const anyAmounts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 });
const anyGuards = fc.array(
  fc.tuple(
    fc.nat(2),
    fc.nat(3).map((n) => n > 0),
  ),
  { minLength: 1, maxLength: 6 },
);

/** A law with what it is tried on, beside the choices of the schedule. */
const law = <T>(inputs: fc.Arbitrary<T>, holds: (trial: Trial, input: T) => Promise<void>) => {
  const property = (broken: Pick<Trial, 'defect'>) =>
    fc.asyncProperty(anyChoices, inputs, (choices, input) => holds({ choices, ...broken }, input));
  return {
    /** fast-check prints the seed and the shortest choices of a failure; the law adds the steps. */
    over: (numRuns: number) => fc.assert(property({}), { numRuns }),
    /** What it says about a store with a defect. */
    against: async (defect: NonNullable<Trial['defect']>) => {
      const { failed, errorInstance } = await fc.check(property({ defect }), {
        numRuns: 5_000,
        seed: 20261124,
      });
      return { failed, message: String(errorInstance) };
    },
  };
};

const laws = {
  exactlyOnce: law(fc.record({ callers: anyCallers }), exactlyOnce),
  moneyIsConserved: law(fc.record({ amounts: anyAmounts }), moneyIsConserved),
  takeoverIsClean: law(fc.constant(undefined), takeoverIsClean),
  allOrNothing: law(fc.record({ guards: anyGuards, balanced: fc.nat(7).map((n) => n > 0) }), allOrNothing),
  lostAnswersAreSettled: law(fc.constant(undefined), lostAnswersAreSettled),
};

describe('over 100,000 schedules', () => {
  it('an effect happens once with all that follows, and all callers get one answer (40,000)', () =>
    laws.exactlyOnce.over(40_000));

  it('money is conserved and no wallet is overdrawn (25,000)', () => laws.moneyIsConserved.over(25_000));

  it('two executions leave the books of one, and a superseded one changes nothing (15,000)', () =>
    laws.takeoverIsClean.over(15_000));

  it('all is written or nothing, refusals have the right name, unbalanced postings write nothing (10,000)', () =>
    laws.allOrNothing.over(10_000));

  it('lost answers are settled (10,000)', () => laws.lostAnswersAreSettled.over(10_000));
});

describe('a planted defect is found', () => {
  it.each([
    [
      'the record is written after the effect',
      defects.recordAfterTheEffect,
      ['exactlyOnce', 'moneyIsConserved'],
    ],
    [
      'the record is written before the effect',
      defects.recordBeforeTheEffect,
      ['exactlyOnce', 'allOrNothing'],
    ],
    [
      'the postings have a transaction of their own',
      defects.postingsApart,
      ['exactlyOnce', 'moneyIsConserved'],
    ],
    ['the events have a transaction of their own', defects.eventsApart, ['exactlyOnce', 'takeoverIsClean']],
    ['the changes are written one by one', defects.oneByOne, ['exactlyOnce', 'allOrNothing']],
    ['the record is not conditioned', defects.noRecordCondition, ['exactlyOnce', 'lostAnswersAreSettled']],
    ['the wallet is not conditioned', defects.noWalletCondition, ['moneyIsConserved']],
    ['the owner is not conditioned', defects.noFence, ['takeoverIsClean']],
    [
      'guards are judged by a read before the write',
      defects.readThenWrite,
      ['exactlyOnce', 'moneyIsConserved', 'takeoverIsClean'],
    ],
    [
      'a lost answer is taken for success',
      defects.lostAnswerIsSuccess,
      ['exactlyOnce', 'lostAnswersAreSettled'],
    ],
    [
      'a lost answer is tried again without conditions',
      defects.lostAnswerIsTriedBlindly,
      ['exactlyOnce', 'lostAnswersAreSettled'],
    ],
    ['only one refusal is looked at', defects.onlyTheLastRefusal, ['allOrNothing']],
  ] as const)('when %s', async (_, defect, finders) => {
    for (const finder of finders) {
      const { failed, message } = await laws[finder].against(defect);
      expect([finder, failed]).toEqual([finder, true]);
      expect(message).toContain('The steps were:');
    }
  });
});
