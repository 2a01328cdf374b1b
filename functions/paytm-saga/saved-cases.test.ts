import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SAVED_CASES } from './contract.case.ts';
import { playSaved, savedCasesIn, wantedOf } from './saved-case.fixture.ts';
import { SAVED_CASE_DEFECTS } from './saved-case-defects.fixture.ts';

/** Another folder than the committed one, for whoever has just saved a case elsewhere. */
const ELSEWHERE = process.env.DABBA_SAVED_CASES;
const cases = savedCasesIn(ELSEWHERE ?? join(import.meta.dirname, '../..', SAVED_CASES));

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
});

describe('a run that was saved', () => {
  it.each(cases.map((saved) => [saved.name, saved] as const))(
    'goes its way, ends and leaves its books again: %s',
    async (_, saved) => {
      expect(await playSaved(saved)).toEqual(wantedOf(saved));
    },
  );

  it('is there', () => {
    expect(cases.length).toBeGreaterThan(0);
  });
});

// What somebody has saved elsewhere is asked alone, and not whether it is enough.
describe.skipIf(ELSEWHERE !== undefined)('the saved cases', () => {
  const defects = Object.entries(SAVED_CASE_DEFECTS);
  const found = new Map<string, readonly string[]>();
  afterAll(() => {
    const killed = [...found.values()].filter((names) => names.length > 0).length;
    process.stdout.write(`saved cases find ${killed} of ${defects.length} planted defects\n`);
  });

  it.each(defects)('fail when %s', async (what, defect) => {
    const failed: string[] = [];
    for (const saved of cases) {
      if (!isDeepStrictEqual(await playSaved(saved, defect), wantedOf(saved))) failed.push(saved.name);
    }
    found.set(what, failed);
    expect(failed).not.toEqual([]);
  });
});
