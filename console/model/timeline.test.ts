import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Attempt, Run, Visit } from './run.ts';
import { axisOf, busyIn, momentsIn, type Stretch } from './timeline.ts';

const START = Date.parse('2026-11-29T01:00:00.000Z');
/** Moments with short and with long gaps, as a saga that waits has them. */
const anyMoments = fc
  .array(fc.oneof(fc.nat(40), fc.integer({ min: 400, max: 900 }), fc.nat(3_600_000)), {
    minLength: 1,
    maxLength: 20,
  })
  .map((gaps) => gaps.map((_, at) => gaps.slice(0, at + 1).reduce((sum, gap) => sum + gap, START)));
const anyBusy = fc.array(
  fc.tuple(fc.nat(4_000_000), fc.nat(100_000)).map(([from, length]): Stretch => {
    return { from: START + from, to: START + from + length };
  }),
  { maxLength: 4 },
);

describe('an axis', () => {
  test.prop([anyMoments, anyBusy, fc.array(fc.nat(20), { maxLength: 3 })])(
    'leads from 0 to 1 and never back, with folds and without',
    (moments, busy, opened) => {
      const unfolded = new Set(opened.flatMap((at) => moments[at] ?? []));
      const { from, to, folds, place } = axisOf(moments, busy, unfolded);
      expect(from).toBe(Math.min(...moments));
      expect(to).toBe(Math.max(...moments));
      expect(place(from)).toBe(0);
      if (to > from) expect(place(to)).toBe(1);
      const inside = folds.flatMap((fold) => [fold.from + 1, (fold.from + fold.to) / 2, fold.to - 1]);
      const all = [from - 1, ...moments, ...inside, to + 1].toSorted((a, b) => a - b).map(place);
      for (const [at, here] of all.entries()) {
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(1);
        if (at > 0) expect(here).toBeGreaterThanOrEqual((all[at - 1] ?? 0) - 1e-12);
      }
    },
  );

  test.prop([anyMoments, anyBusy])(
    'folds nothing in which somebody worked or something happened',
    (moments, busy) => {
      for (const fold of axisOf(moments, busy).folds) {
        expect(busy.filter(({ from, to }) => from < fold.to && to > fold.from)).toEqual([]);
        expect(moments.filter((at) => at > fold.from && at < fold.to)).toEqual([]);
      }
    },
  );

  test.prop([anyMoments, anyBusy])('opens what somebody wants to see, and that alone', (moments, busy) => {
    const { folds } = axisOf(moments, busy);
    for (const fold of folds) {
      const rest = axisOf(moments, busy, new Set([fold.from])).folds;
      expect(rest).toEqual(folds.filter((other) => other !== fold));
    }
  });

  it('draws a long wait as a twentieth of the width', () => {
    const { folds, place } = axisOf([0, 1_000, 61_000, 62_000]);
    expect(folds).toEqual([{ from: 1_000, to: 61_000 }]);
    expect(place(1_000)).toBeCloseTo(0.475);
    expect(place(61_000)).toBeCloseTo(0.525);
  });

  it('of a run that only waited is that wait', () => {
    const { place } = axisOf([0, 60_000]);
    expect([0, 15_000, 60_000].map(place)).toEqual([0, 0.25, 1]);
  });

  it('is a point while nothing has happened, and one where all happened at once', () => {
    expect(axisOf([])).toMatchObject({ from: 0, to: 0, folds: [] });
    expect(axisOf([5, 5]).place(5)).toBe(0);
  });
});

const at = (second: number) => new Date(START + second * 1_000).toISOString();
const visit = (of: Partial<Visit>): Visit => ({
  ...{ state: 'Do', kind: 'Task', attempts: [], outcome: 'done', events: [], ...of },
});
const run = (...visits: Visit[]): Run => ({ outcome: 'open', visits, own: [], missing: [] });
const asked = (from: number, to?: number): Attempt => ({
  ...{ events: [], scheduledAt: at(from), outcome: 'open' },
  ...(to === undefined ? {} : { endedAt: at(to) }),
});

describe('the moments of a run', () => {
  it('are all that it tells of', () => {
    const started: Attempt = { ...asked(2, 4), startedAt: at(3) };
    const one = visit({ enteredAt: at(1), exitedAt: at(5), attempts: [started] });
    const moments = momentsIn(run(one, visit({ enteredAt: at(6) })));
    expect(moments.map((moment) => (moment - START) / 1_000)).toEqual([1, 5, 2, 3, 4, 6]);
  });
});

describe('a run is busy', () => {
  const now = START + 60_000;
  it('while a worker is at it, until now where it has not answered', () => {
    const two = visit({ attempts: [asked(1, 2), asked(5)] });
    expect(busyIn(run(two), { Do: { Type: 'Task' } }, now)).toEqual([
      { from: START + 1_000, to: START + 2_000 },
      { from: START + 5_000, to: now },
    ]);
  });

  it('not while it waits for an answer by token, nor at what is not loaded', () => {
    const states = { Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' } };
    const unseen: Attempt = { events: [], outcome: 'failed', endedAt: at(3) };
    expect(busyIn(run(visit({ state: 'Ask', attempts: [asked(1)] })), states, now)).toEqual([]);
    expect(busyIn(run(visit({ attempts: [unseen] })), states, now)).toEqual([]);
  });

  it('also where nobody knows the name of the state', () => {
    const { state: _, ...nameless } = visit({ attempts: [asked(1, 2)] });
    expect(busyIn(run(nameless), {}, now)).toHaveLength(1);
  });
});
