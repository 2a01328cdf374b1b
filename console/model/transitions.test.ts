import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { anyCourse, type Doing, historyOf } from './run.fixture.ts';
import { runAfter } from './run.ts';
import { transitionsIn } from './transitions.ts';

/** Each state once, and each attempt of a task but its first. */
const transitionsOf = (doings: readonly Doing[]): number =>
  doings
    .map((doing) => {
      if (doing.kind === 'Parallel')
        return 1 + doing.branches.reduce((sum, inner) => sum + transitionsOf(inner), 0);
      return doing.kind === 'Task' ? doing.fails + (doing.ends === 'well' ? 1 : 0) || 1 : 1;
    })
    .reduce((sum, one) => sum + one, 0);

describe('the transitions of a run', () => {
  test.prop([anyCourse])('are its states and what was tried again', (course) => {
    expect(transitionsIn(runAfter(historyOf(course).events))).toBe(transitionsOf(course.course));
  });

  test.prop([anyCourse])('never become fewer while it goes on', (course) => {
    const { events } = historyOf(course);
    const counts = events.map((_, n) => transitionsIn(runAfter(events.slice(0, n + 1))));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('count what one state retried, whether or not another one’s worker was asked', () => {
    const types = [
      ...['TaskStateEntered', 'TaskScheduled', 'TaskFailed', 'TaskScheduled', 'TaskSucceeded'],
      ...['TaskStateExited', 'TaskStateEntered'],
    ];
    const events = types.map((type, at) => ({
      ...{ id: at + 1, previous: at, at: new Date(at).toISOString(), type, payloads: {} },
      facts: /Entered|Exited/.test(type) ? { name: at < 6 ? 'Do' : 'Next' } : {},
    }));
    expect(transitionsIn(runAfter(events))).toBe(3);
  });
});
