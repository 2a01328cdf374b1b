import { expect, it } from 'vitest';
import { runAfter } from '../../console/model/run.ts';
import { longHistory } from './history.ts';
import { measured } from './measure.ts';
import { consolePage, FRAME_MS, holds } from './report.ts';

/** Whether it still runs and what it tells; its times are for the bench, when the machine does nothing else. */
it('folds, moves and filters what it was told to, and tells of each', () => {
  const found = measured({ events: 300, runs: 50, places: 3, rounds: 2 });
  expect(found.timed.map(({ ms, ofParsing }) => [ms > 0, ofParsing > 0])).toEqual(
    Array(5).fill([true, true]),
  );
  const page = consolePage(found, { commit: 'abc', load: 0.5 });
  for (const { what } of found.timed) expect(page).toContain(`| ${what} | `);
  expect(holds({ ...found, slowestMoveMs: FRAME_MS })).toBe(true);
  expect(holds({ ...found, slowestMoveMs: FRAME_MS + 0.1 })).toBe(false);
});

it('has a history as long as it says, which the model reads whole', () => {
  const run = runAfter(longHistory(2_000));
  expect(run).toMatchObject({ outcome: 'open', missing: [], own: [1] });
  expect(run.visits.filter(({ outcome }) => outcome === 'unknown')).toEqual([]);
  expect(run.visits.filter(({ within }) => within !== undefined).length).toBeGreaterThan(20);
  expect(run.visits.filter(({ attempts }) => attempts.length > 1).length).toBeGreaterThan(20);
});
