import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { edgesOf } from '../shared/testing/asl/edges.ts';
import type { Machine } from './asl.ts';
import { happenedIn, interpreted, saidBy } from './cases.fixture.ts';
import { everyMachine } from './every.cases.ts';
import { mutantsOf } from './mutants.fixture.ts';

describe.each(everyMachine)('a case of %s', (_, machine, cases) => {
  const taken = new Set<string>();

  it.each(Object.entries(cases))('%s', async (name, said) => {
    const played = await interpreted(machine, name, said);
    for (const edge of played.edges) taken.add(edge);
    expect(happenedIn(played)).toEqual(saidBy(machine, said));
  });

  it('is there for every Retry, every Catch and every branch of a Choice', () => {
    expect(edgesOf(machine).filter((edge) => !taken.has(edge))).toEqual([]);
  });
});

describe.each(everyMachine)('a planted defect of %s is found by a case', (_, machine, cases) => {
  const isFound = async (mutant: Machine): Promise<boolean> => {
    for (const [name, said] of Object.entries(cases)) {
      const happened = happenedIn(await interpreted(mutant, name, said));
      if (!isDeepStrictEqual(happened, saidBy(machine, said))) return true;
    }
    return false;
  };

  it.each(mutantsOf(machine))('when %s', async (what, mutant) => {
    expect(await isFound(mutant), what).toBe(true);
  });

  it('and the machine itself has none', async () => {
    expect(await isFound(machine)).toBe(false);
  });
});
