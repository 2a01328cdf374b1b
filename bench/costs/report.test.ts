import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Measured, PaymentUse, Prices } from './measured.ts';
import { FILES, PAGES, readJson, withCosts } from './pages.ts';
import { dollarsFor, savedWithout, totalOf, usedBy } from './reckon.ts';

const measured = readJson<Measured>(FILES.measured);
const prices = readJson<Prices>(FILES.prices);

describe('what a thousand payments cost', () => {
  const use: PaymentUse = {
    ...{ transitions: 20, invocations: 20, lambdaMs: 2_000, writes: 100, reads: 50 },
    ...{ events: 4, messages: 3, logBytes: 50_000 },
  };
  const used = usedBy(use, { memory: 256 });
  const dollars = dollarsFor(used, prices);

  it('is each amount times its price', () => {
    expect(used).toMatchObject({ gbSeconds: 0.5, queueRequests: 9, apiRequests: 1, logGigabytes: 0.000_05 });
    expect(dollars.transitions).toBeCloseTo(20 * 0.0285, 9);
    expect(dollars.invocations).toBeCloseTo(0.02 * 0.2, 9);
    expect(dollars.gbSeconds).toBeCloseTo(500 * 0.000_016_666_7, 9);
    expect(dollars.writes).toBeCloseTo(0.1 * 0.71, 9);
    expect(dollars.logGigabytes).toBeCloseTo(0.05 * 0.67, 9);
    expect(totalOf(dollars)).toBeCloseTo(0.705_058, 5);
  });

  it('is less by calls, their time and log where no Lambda is called', () => {
    const all = dollars.invocations + dollars.gbSeconds + dollars.logGigabytes;
    expect(savedWithout(20, used, dollars)).toBeCloseTo(all, 9);
    expect(savedWithout(3, used, dollars)).toBeCloseTo((3 * all) / 20, 9);
  });

  it.each(PAGES)(
    'stands in the page of $language as it was measured; npm run bench:costs -- pages',
    ({ file, language }) => {
      const page = readFileSync(file, 'utf8');
      expect(withCosts(page, language, measured, prices)).toBe(page);
      expect(page).toContain(measured.commit);
    },
  );

  it('is what the pages say in words: most for the states, then for what is written, little for calls', () => {
    for (const { payment } of Object.values(measured.kinds)) {
      const { transitions, writes, ...others } = dollarsFor(usedBy(payment, measured), prices);
      expect(transitions).toBeGreaterThan(writes);
      expect(writes).toBeGreaterThan(Math.max(...Object.values(others)));
      expect(others.invocations + others.gbSeconds).toBeLessThan(transitions / 20);
    }
  });

  it('needs a place in the page', () => {
    expect(() => withCosts('# A page', 'en', measured, prices)).toThrow(/no place/);
  });
});
