import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { anyCourse, type Doing, historyOf } from './run.fixture.ts';
import { runAfter } from './run.ts';
import { way, waysTaken } from './taken.ts';

/** The ways of a course, from the course alone. */
const waysOf = (doings: readonly Doing[], place = '', container?: string): string[] =>
  doings.flatMap((doing, at) => {
    const name = (nth: number) => `${doings[nth]?.kind}${place}.${nth}`;
    const before = at === 0 ? container : name(at - 1);
    const inside =
      doing.kind === 'Parallel'
        ? doing.branches.flatMap((inner, side) => waysOf(inner, `${place}.${at}.${side}`, name(at)))
        : [];
    return [...(before === undefined ? [] : [way(before, name(at))]), ...inside];
  });

describe('the ways that a run took', () => {
  test.prop([anyCourse])('are those of its course, whatever order its branches ran in', (course) => {
    const { events } = historyOf(course);
    expect([...waysTaken(runAfter(events))].toSorted()).toEqual(waysOf(course.course).toSorted());
  });

  test.prop([anyCourse, fc.nat(100), fc.nat(100)])(
    'are none that it did not take, whatever of it is loaded',
    (course, from, count) => {
      const { events } = historyOf(course);
      const loaded = events.filter(({ id }) => id <= from || id > from + count);
      const taken = new Set(waysOf(course.course));
      for (const one of waysTaken(runAfter(loaded))) expect(taken).toContain(one);
    },
  );

  it('lead in a circle where a state is entered again', () => {
    const task = { kind: 'Task', fails: 0, ends: 'well' } as const;
    const { events } = historyOf({ course: [task, task], turns: [] });
    const again = events.map((event) =>
      event.facts.name === undefined ? event : { ...event, facts: { name: 'Do' } },
    );
    expect([...waysTaken(runAfter(again))]).toEqual(['Do → Do']);
  });
});
