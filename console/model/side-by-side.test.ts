import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { firstDifference } from './compare.ts';
import { anyCourse, type Doing, historyOf } from './run.fixture.ts';
import { type Run, runAfter } from './run.ts';
import { sideBySide } from './side-by-side.ts';

const anyTurns = fc.array(fc.nat(7), { maxLength: 60 });
const runOf = (course: readonly Doing[], turns: readonly number[] = []) =>
  runAfter(historyOf({ course, turns }).events);
const statesIn = (one: Run, other: Run) =>
  sideBySide(one, other).pairs.map((pair) => [
    pair.one === undefined ? undefined : one.visits[pair.one]?.state,
    pair.other === undefined ? undefined : other.visits[pair.other]?.state,
  ]);

describe('two runs side by side', () => {
  test.prop([anyCourse, anyCourse])('show each visit of either once', (left, right) => {
    const [one, other] = [runAfter(historyOf(left).events), runAfter(historyOf(right).events)];
    const { pairs, difference } = sideBySide(one, other);
    for (const [run, side] of [
      [one, 'one'],
      [other, 'other'],
    ] as const) {
      const places = pairs.flatMap((pair) => pair[side] ?? []);
      expect(places.toSorted((a, b) => a - b)).toEqual([...run.visits.keys()]);
    }
    const marked = pairs.filter(({ isFirstDifference }) => isFirstDifference);
    expect(difference).toEqual(firstDifference(one, other));
    expect(marked.map(({ one: here, other: there }) => ({ here, there }))).toEqual(
      difference === undefined ? [] : [{ here: difference.one, there: difference.other }],
    );
  });

  test.prop([anyCourse, anyTurns])(
    'have the same state in each line, whatever order their branches ran in',
    (course, turns) => {
      const [one, other] = [runOf(course.course, course.turns), runOf(course.course, turns)];
      for (const [here, there] of statesIn(one, other)) expect(here).toBe(there);
    },
  );

  it('go on beside each other behind what only one of them did', () => {
    const task = (fails = 0): Doing => ({ kind: 'Task', fails, ends: 'well' });
    const [one, other] = [runOf([task(), task()]), runOf([task(), { kind: 'Choice' }, task()])];
    expect(statesIn(one, other)).toEqual([
      ['Task.0', 'Task.0'],
      ['Task.1', 'Choice.1'],
      [undefined, 'Task.2'],
    ]);
    expect(sideBySide(one, other).pairs.map(({ isFirstDifference }) => isFirstDifference)).toEqual([
      ...[false, true, false],
    ]);
  });
});
