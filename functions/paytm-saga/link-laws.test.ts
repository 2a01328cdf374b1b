import { fc } from '@fast-check/vitest';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { lawRuns, saidRuns } from '../../shared/testing/law-runs.ts';
import { AROUND, type LinkTrial, linkIsKept } from './link-laws.fixture.ts';
import * as defects from './planted-defects.fixture.ts';

const linkLaw = (defect?: LinkTrial['defect']) =>
  fc.asyncProperty(
    fc.record({
      choices: fc.array(fc.nat(255), { maxLength: 300, size: 'max' }),
      faultIn: fc.constantFrom(200, 60, 20),
      late: fc.array(
        fc.nat(200).map((n) => (n > 40 ? 0 : n)),
        { maxLength: 30, size: 'max' },
      ),
      charges: fc.array(
        fc.record({ amount: fc.constantFrom(...AROUND), callers: fc.integer({ min: 1, max: 2 }) }),
        { minLength: 1, maxLength: 3 },
      ),
      endings: fc.integer({ min: 0, max: 2 }),
    }),
    (trial) => linkIsKept(defect ? { ...trial, defect } : trial),
  );

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
  // The real one answers from another thread, at a moment that no scheduler knows.
  vi.spyOn(crypto.subtle, 'digest').mockResolvedValue(new ArrayBuffer(32));
});

describe('charges by a link', () => {
  it(`take no more than it allows, and nothing once it has ended, whichever write is first, over ${saidRuns(1_500)} sequences`, () =>
    fc.assert(linkLaw(), { numRuns: lawRuns(1_500) }));

  it.each([
    ['the end of the link is not looked at', defects.endOfALinkIsNotLookedAt],
    ['its amount is not looked at', defects.amountOfALinkIsNotLookedAt],
    ['the key of a charge is not remembered', defects.effectIsNotRemembered],
  ] as const)('do not when %s: it is found', async (_, { store }) => {
    const once = { numRuns: 2_000, seed: 20261129, endOnFailure: true };
    const { failed, errorInstance } = await fc.check(linkLaw(store), once);
    expect(failed).toBe(true);
    expect(String(errorInstance)).toContain('The steps were:');
  });
});
