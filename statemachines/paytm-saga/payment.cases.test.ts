import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { edgesOf } from '../../shared/testing/asl/edges.ts';
import type { Machine } from '../asl.ts';
import { happenedIn, interpreted, saidBy } from '../cases.fixture.ts';
import { mutantsOf } from '../mutants.fixture.ts';
import { paymentCases } from './payment.cases.ts';
import { payment } from './payment.machine.ts';

const cases = Object.entries(paymentCases);
const taken = new Set<string>();

describe('a case of a payment', () => {
  it.each(cases)('%s', async (name, said) => {
    const played = await interpreted(payment, name, said);
    for (const edge of played.edges) taken.add(edge);
    expect(happenedIn(played)).toEqual(saidBy(payment, said));
  });

  it('is there for every Retry, every Catch and every branch of a Choice', () => {
    expect(edgesOf(payment).filter((edge) => !taken.has(edge))).toEqual([]);
  });
});

describe('a planted defect of the machine is found by a case', () => {
  const isFound = async (mutant: Machine): Promise<boolean> => {
    for (const [name, said] of cases) {
      const happened = happenedIn(await interpreted(mutant, name, said));
      if (!isDeepStrictEqual(happened, saidBy(payment, said))) return true;
    }
    return false;
  };

  it.each(mutantsOf(payment))('%s', async (_, mutant) => {
    expect(await isFound(mutant)).toBe(true);
  });

  it('and the machine itself has none', async () => {
    expect(await isFound(payment)).toBe(false);
  });
});
