import { expect, it } from 'vitest';
import { runAfter } from '../../console/model/run.ts';
import { each, type InBrowser, summed } from './browser.ts';
import { fluidBars } from './browser-report.ts';
import { doorsOf, MACHINE } from './city.ts';
import { ACTS, MOMENTS } from './drive.ts';
import { longHistory } from './history.ts';
import { measured } from './measure.ts';
import { consolePage, FRAME_MS, holds } from './report.ts';

/** A browser in which an act has these frames and this task, at both sizes. */
const inBoth = (frames: readonly number[], longTasks: readonly number[]) => {
  const acts = each(ACTS, () => ({ frames, longTasks, nodes: 1_000 }));
  return summed([{ moments: each(MOMENTS, () => 500), kb: { first: 2_000, again: 20 }, acts }]);
};
const drawn = {
  rounds: 1,
  browser: 'Chromium 1',
  small: inBoth([16, 17], []),
  large: inBoth([17, 50], [90]),
};

/** Whether it still runs and what it tells; its times are for the bench, when the machine does nothing else. */
it('folds, moves and filters what it was told to, and tells of each', () => {
  const found = measured({ events: 300, runs: 50, places: 3, rounds: 2 });
  expect(found.timed.map(({ ms, ofParsing }) => [ms > 0, ofParsing > 0])).toEqual(
    Array(5).fill([true, true]),
  );
  const page = consolePage(found, drawn, { commit: 'abc', load: 0.5 });
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

it.each<[string, Partial<InBrowser>, boolean]>([
  ['as fast as a small one', {}, true],
  ['slow, and nobody notices', { large: inBoth([17, 100], [100]) }, true],
  ['to be seen to stutter', { large: inBoth([17, 120], []) }, false],
  ['held up by one task', { large: inBoth([17, 17], [120]) }, false],
  ['not much slower than a small one', { large: inBoth([17, 200], []), small: inBoth([17, 120], []) }, true],
])('a large console is fluid or not: %s', (_what, found, isFluid) => {
  expect(new Set(fluidBars({ ...drawn, ...found }).map(({ holds }) => holds))).toEqual(new Set([isFluid]));
});

it('has doors that say what the contracts say, page by page', () => {
  const amounts = { events: 120, runs: 120, traces: 120, cityEvents: 120 };
  for (const { route, answer } of doorsOf(amounts)) {
    const path = { machine: MACHINE, run: 'bench' };
    const asked = (query: object) => {
      const { status, body } = answer(path, route.request.query?.parse(query));
      return route.answers[status]?.parse(body) as { items?: readonly unknown[]; next?: string };
    };
    let answered = asked({ limit: 50 });
    let count = answered.items?.length ?? 0;
    while (answered.next !== undefined) {
      answered = asked({ limit: 50, cursor: answered.next });
      count += answered.items?.length ?? 0;
    }
    if (/^list-(runs|run-events|city-events|traces)$/.test(route.name)) expect(count, route.name).toBe(120);
  }
});
