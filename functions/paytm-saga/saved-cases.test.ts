import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SAVED_CASES } from './contract.case.ts';
import { playSaved, savedCasesIn, wantedOf } from './saved-case.fixture.ts';

/** Another folder than the committed one, for whoever has just saved a case elsewhere. */
const FOLDER = process.env.DABBA_SAVED_CASES;
const cases = savedCasesIn(FOLDER ?? join(import.meta.dirname, '../..', SAVED_CASES));

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
