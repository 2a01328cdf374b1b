import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { firstDifference } from './compare.ts';
import { anyCourse, type Doing, historyOf } from './run.fixture.ts';
import { runAfter } from './run.ts';

const anyTurns = fc.array(fc.nat(7), { maxLength: 60 });
const runOf = (course: readonly Doing[], turns: readonly number[] = []) =>
  runAfter(historyOf({ course, turns }).events);

/** The course with one more failed attempt of its nth task, counted as they stand; and which state that is. */
const failingOnceMore = (course: readonly Doing[], nth: number) => {
  let seen = -1;
  let state = '';
  const changed = (doings: readonly Doing[], place: string): Doing[] =>
    doings.map((doing, at) => {
      if (doing.kind === 'Parallel') {
        return {
          ...doing,
          branches: doing.branches.map((inner, side) => changed(inner, `${place}.${at}.${side}`)),
        };
      }
      if (doing.kind !== 'Task') return doing;
      seen += 1;
      if (seen !== nth) return doing;
      state = `Task${place}.${at}`;
      // One that is caught fails at least once as it is.
      return { ...doing, fails: Math.max(doing.fails, doing.ends === 'well' ? 0 : 1) + 1 };
    });
  return { changed: changed(course, ''), state, tasks: seen + 1 };
};

describe('two runs', () => {
  test.prop([anyCourse, anyTurns])(
    'do not differ by the order in which their branches ran',
    (course, turns) => {
      expect(
        firstDifference(runOf(course.course, course.turns), runOf(course.course, turns)),
      ).toBeUndefined();
    },
  );

  test.prop([anyCourse, anyTurns, fc.nat(20)])(
    'part where one failed once more, wherever that is',
    ({ course, turns }, otherTurns, nth) => {
      const { tasks } = failingOnceMore(course, -1);
      fc.pre(tasks > 0);
      const { changed, state } = failingOnceMore(course, nth % tasks);
      const [one, other] = [runOf(course, turns), runOf(changed, otherTurns)];
      const found = firstDifference(one, other);
      expect(found?.kind).toBe('attempts');
      expect(one.visits[found?.one ?? -1]?.state).toBe(state);
      expect(other.visits[found?.other ?? -1]?.state).toBe(state);
    },
  );

  const task = (ends: 'well' | 'caught' = 'well'): Doing => ({ kind: 'Task', fails: 0, ends });

  it('part where one went another way', () => {
    const found = firstDifference(runOf([task(), task()]), runOf([task(), { kind: 'Choice' }]));
    expect(found).toEqual({ kind: 'way', one: 1, other: 1 });
  });

  it('part where one has ended and the other went on', () => {
    expect(firstDifference(runOf([task()]), runOf([task(), task()]))).toEqual({ kind: 'way', other: 1 });
  });

  it('do not differ by what one of them has not done yet', () => {
    const { events } = historyOf({ course: [task(), task()], turns: [] });
    const whole = runAfter(events);
    for (let n = 0; n < events.length; n++) {
      expect(firstDifference(runAfter(events.slice(0, n)), whole)).toBeUndefined();
      expect(firstDifference(whole, runAfter(events.slice(0, n)))).toBeUndefined();
    }
  });

  it('part where the same attempts ended otherwise', () => {
    const { events } = historyOf({ course: [{ kind: 'Choice' }], turns: [] });
    const entered = events.slice(0, 2);
    const at = new Date(9_000).toISOString();
    const aborted = { id: 3, previous: 2, at, type: 'ExecutionAborted', facts: {}, payloads: {} };
    expect(firstDifference(runAfter([...entered, aborted]), runAfter(events))).toEqual({
      ...{ kind: 'outcome', one: 0, other: 0 },
    });
  });
});
