import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type RunView, STATUSES } from '../../../functions/console/contract.ts';
import { askedStatus, type Chosen, chosenIn, mayBeOlder, meant, sagaIn, WAITS, waitOf } from './filter.ts';

const NOW = Date.parse('2026-11-29T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const chosen = (of: Partial<Chosen> = {}): Chosen => ({ status: '', search: '', hours: 0, ...of });
const run = (name: string, hoursAgo: number): RunView => ({
  ...{ name, status: 'SUCCEEDED', startedAt: new Date(NOW - hoursAgo * HOUR_MS).toISOString() },
});
/** Newest first, as the door tells them. */
const anyRuns = fc
  .array(
    fc.tuple(
      fc.constantFrom('payment_1.1', 'Payment_2.1', 'topup_3.1'),
      fc.double({ min: 0, max: 99, noNaN: true }),
    ),
  )
  .map((runs) => runs.toSorted(([, a], [, b]) => a - b).map(([name, ago]) => run(name, ago)));

describe('a filter in an address', () => {
  it('is what stands there', () => {
    const address = new URLSearchParams('status=retry&search=pay&hours=24');
    expect(chosenIn(address)).toEqual({ status: 'retry', search: 'pay', hours: 24 });
  });

  test.prop([fc.string(), fc.string(), fc.string()])(
    'is one that works, whoever wrote it',
    (status, search, hours) => {
      const found = chosenIn(new URLSearchParams({ status, search, hours }));
      expect(found.hours).toBeGreaterThanOrEqual(0);
      expect(meant([run('a', 1)], { ...found, search: '', hours: 0 }, NOW)).toHaveLength(1);
    },
  );

  it.each(['', '-3', 'soon', 'NaN'])('of %j hours is one of any time', (hours) => {
    expect(chosenIn(new URLSearchParams({ hours })).hours).toBe(0);
  });
});

describe('a filter', () => {
  it('asks the door for a status, and for running ones to look at what they wait for', () => {
    for (const status of STATUSES) expect(askedStatus(chosen({ status }))).toBe(status);
    for (const status of WAITS) {
      expect(askedStatus(chosen({ status }))).toBe('RUNNING');
      expect(waitOf(status)).toBe(status);
    }
    expect(askedStatus(chosen({ status: 'constructor' }))).toBeUndefined();
    expect(waitOf('RUNNING')).toBeUndefined();
  });

  it('asks the door for a saga where its whole id is looked for', () => {
    const id = 'payment_0195f3a0-5c5e-7cc1-8d9f-3e6a2f1b4c5d';
    expect(sagaIn(chosen({ search: ` ${id} ` }))).toBe(id);
    for (const search of ['', 'payment_', `${id}.1`, id.slice(0, -1), id.toUpperCase()])
      expect(sagaIn(chosen({ search }))).toBeUndefined();
  });

  test.prop([anyRuns, fc.constantFrom('', 'PAY', ' topup ', 'none'), fc.nat(50)])(
    'means those of that name that are not older',
    (runs, search, hours) => {
      const found = meant(runs, chosen({ search, hours }), NOW);
      const since = NOW - hours * HOUR_MS;
      for (const one of runs) {
        const isNamed = one.name.toLowerCase().includes(search.trim().toLowerCase());
        const isYoung = hours === 0 || Date.parse(one.startedAt) >= since;
        expect(found.includes(one)).toBe(isNamed && isYoung);
      }
    },
  );

  test.prop([anyRuns, fc.nat(50), fc.nat(20)])(
    'looks for older ones while they may be meant',
    (runs, hours, page) => {
      const filter = chosen({ hours });
      if (!mayBeOlder(runs.slice(0, page), filter, NOW))
        expect(meant(runs.slice(page), filter, NOW).length).toBe(0);
    },
  );
});
