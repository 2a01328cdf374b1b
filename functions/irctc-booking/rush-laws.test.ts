/** What holds of railway booking through every rush: `rush/` has the laws, and who plays. */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lawRuns } from '../../shared/testing/law-runs.ts';
import * as defects from './rush/planted-defects.fixture.ts';
import { type Played, play } from './rush/play.fixture.ts';
import type { Defect } from './rush/ports.fixture.ts';
import { quiet } from './rush/quiet.fixture.ts';
import { foundText, playMany } from './rush/workers.fixture.ts';

const RUNS = 10_000;
/** Of 5,000 people each. */
const LARGE = lawRuns(5);
/** So many rushes are played against a planted defect, at most. */
const MOST = 1_000;

let loud: () => void;
beforeAll(() => {
  loud = quiet();
});
afterAll(() => loud());

it(`holds in ${RUNS} rushes`, async () => {
  const seed = randomInt(2 ** 31);
  process.stdout.write(`rushes from seed ${seed}\n`);
  const small = await playMany({ seed, runs: RUNS, size: 'small' });
  expect(small.violations.map((found) => foundText(found, 'small'))).toEqual([]);
  expect(small.runs).toBe(RUNS);
  // Rushes in which nothing happens would hold every law.
  expect(small.promotions).toBeGreaterThan(RUNS / 4);
  expect(small.paid).toBeGreaterThan(RUNS);
});

it(`holds in ${LARGE} rushes of 5,000 people`, async () => {
  const seed = randomInt(2 ** 31);
  process.stdout.write(`large rushes from seed ${seed}\n`);
  const large = await playMany({ seed, runs: LARGE, size: 'large' });
  expect(large.violations.map((found) => foundText(found, 'large'))).toEqual([]);
  expect(large.bookings).toBeGreaterThan(5_000 * LARGE);
});

it('plays the same rush again from its seed', async () => {
  const told = async (seed: number): Promise<string[]> => {
    const lines: string[] = [];
    await play({ seed, tell: (line) => lines.push(line) });
    return lines;
  };
  const lines = await told(7);
  expect(lines.length).toBeGreaterThan(20);
  expect(await told(7)).toEqual(lines);
  expect(await told(8)).not.toEqual(lines);
});

describe('a planted defect is found', () => {
  const found = async (defect: Defect): Promise<Played['violations']> => {
    for (let seed = 1; seed <= MOST; seed += 1) {
      const { violations } = await play({ seed, defect });
      if (violations.length > 0) return violations;
    }
    return [];
  };

  it.each<[string, Defect, RegExp]>([
    [
      'a pool is written whoever was faster',
      defects.poolWithoutVersion,
      /no berth twice|pool and bookings agree|no berth is lost/,
    ],
    ['a message that comes again is a step again', defects.stepAgainOnRedelivery, /a message is one step/],
    [
      'whoever does not pay keeps the places',
      defects.unpaidKeepsItsPlaces,
      /no berth is lost|pool and bookings agree/,
    ],
    ['who pays too late gets nothing back', defects.lateMoneyIsKept, /nobody is charged/],
    ['the last who shares comes first', defects.lastSharesFirst, /never passes/],
    ['the last who waits comes first', defects.lastWaitsFirst, /never passes/],
    ['what is under way is never counted down', defects.counterStays, /counters return to zero/],
    ['anybody may have any number under way', defects.noBoundAtAdmission, /at most two/],
    ['the chart loses the ladies’ berths', defects.chartLosesLadies, /no berth is lost/],
    [
      'a cancel frees and promotes nobody',
      defects.cancelWithoutPromotion,
      /what is due is watched|no promotion is lost|what is told is how it stands/,
    ],
    ['a newcomer passes who waits', defects.newcomersPass, /never passes/],
    ['each request is a line of its own', defects.eachRequestItsOwnLine, /who asks first/],
    ['twice as much goes back', defects.refundsTwice, /nobody is charged/],
    ['who moves up is not told', defects.promotionsUntold, /what is told is how it stands/],
  ])('when %s', async (_, defect, law) => {
    const violations = await found(defect);
    // One commit may break more than one.
    expect(violations.map((one) => one.law).join(', ')).toMatch(law);
  });
});
