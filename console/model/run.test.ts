import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../functions/console/contract.ts';
import { anyCourse, historyOf } from './run.fixture.ts';
import { type Run, runAfter } from './run.ts';

/** A history from lines of `<id> <previous> <type> [name or error]`. */
const history = (...lines: string[]): RunEvent[] =>
  lines.map((line) => {
    const [id, previous, type = '', fact] = line.split(' ');
    const key = /Entered$|Exited$/.test(type) ? 'name' : 'error';
    return {
      ...{ id: Number(id), previous: Number(previous), type, payloads: {} },
      at: new Date(Number(id) * 1_000).toISOString(),
      facts: fact === undefined ? {} : { [key]: fact },
    };
  });

const shown = ({ visits }: Run) =>
  visits.map(({ state, outcome, attempts, within }) => ({
    ...{ state, outcome, attempts: attempts.map((attempt) => attempt.outcome) },
    ...(within === undefined ? {} : { within: visits[within]?.state }),
  }));

describe('a run', () => {
  test.prop([anyCourse])('is read as it was, with branches at once, retries and catches', (course) => {
    const { events, expected } = historyOf(course);
    const run = runAfter(events);
    expect(run.outcome).toBe('succeeded');
    expect(shown(run)).toEqual(expected);
  });

  test.prop([anyCourse])('at any event is the beginning of what it is later', (course) => {
    const { events } = historyOf(course);
    const whole = runAfter(events);
    for (let n = 0; n <= events.length; n++) {
      const { visits, own } = runAfter(events.slice(0, n));
      expect(whole.own.slice(0, own.length)).toEqual(own);
      for (const [at, visit] of visits.entries()) {
        const later = whole.visits[at];
        for (const part of ['state', 'kind', 'enteredAt', 'within'] as const)
          expect(later?.[part]).toBe(visit[part]);
        expect(later?.events.slice(0, visit.events.length)).toEqual(visit.events);
        for (const [time, attempt] of visit.attempts.entries())
          expect(later?.attempts[time]?.scheduledAt).toBe(attempt.scheduledAt);
      }
    }
  });

  test.prop([anyCourse, fc.nat(100), fc.nat(100)])(
    'has every event once, whatever of it is loaded',
    (course, from, count) => {
      const { events } = historyOf(course);
      const loaded = events.filter(({ id }) => id <= from || id > from + count);
      const { visits, own, missing } = runAfter(loaded);
      const ids = [...own, ...visits.flatMap((visit) => visit.events)].toSorted((one, other) => one - other);
      expect(ids).toEqual(loaded.map(({ id }) => id));
      const gone = missing.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0);
      expect(gone).toBe((loaded.at(-1)?.id ?? 0) - loaded.length);
    },
  );

  it('is read in order where nothing says what came before', () => {
    const run = runAfter(
      history(
        ...['1 0 ExecutionStarted', '2 0 TaskStateEntered Do', '3 0 TaskScheduled', '4 0 TaskSucceeded'],
        ...['5 0 TaskStateExited Do', '6 0 SucceedStateEntered End', '7 0 SucceedStateExited End'],
        '8 0 ExecutionSucceeded',
      ),
    );
    expect(shown(run)).toEqual([
      { state: 'Do', outcome: 'done', attempts: ['succeeded'] },
      { state: 'End', outcome: 'done', attempts: [] },
    ]);
  });

  it('that backs off is not failed, and not done', () => {
    const run = runAfter(
      history(
        '1 0 ExecutionStarted',
        '2 0 TaskStateEntered Do',
        '3 2 TaskScheduled',
        '4 3 TaskFailed Broken',
      ),
    );
    expect(run.outcome).toBe('open');
    expect(run.visits[0]).toMatchObject({
      ...{ state: 'Do', outcome: 'open' },
      attempts: [{ outcome: 'failed', error: 'Broken', scheduledAt: '1970-01-01T00:00:03.000Z' }],
    });
  });

  it('is not done where its own expression failed, before its worker was asked or after it answered', () => {
    const before = ['2 1 TaskStateEntered Do', '3 2 EvaluationFailed States.QueryEvaluationError'];
    const answered = ['6 5 TaskScheduled', '7 6 TaskSucceeded', '8 7 EvaluationFailed Broken'];
    const run = runAfter(
      history(
        ...['1 0 ExecutionStarted', ...before, '4 3 TaskStateExited Do'],
        ...['5 4 TaskStateEntered Then', ...answered, '9 8 TaskStateExited Then'],
        '10 9 PassStateEntered End',
      ),
    );
    expect(shown(run)).toEqual([
      { state: 'Do', outcome: 'caught', attempts: ['failed'] },
      { state: 'Then', outcome: 'caught', attempts: ['failed'] },
      { state: 'End', outcome: 'open', attempts: [] },
    ]);
    expect(run.visits[0]?.attempts[0]?.error).toBe('States.QueryEvaluationError');
  });

  it('that waits for a token says since when', () => {
    const run = runAfter(
      history('1 0 ExecutionStarted', '2 0 TaskStateEntered Ask', '3 2 TaskScheduled', '4 3 TaskSubmitted'),
    );
    expect(run.visits[0]?.attempts).toMatchObject([
      { outcome: 'open', submittedAt: '1970-01-01T00:00:04.000Z' },
    ]);
  });

  it('that fails blames the state that failed, and not the others that ran', () => {
    const run = runAfter(
      history(
        ...['1 0 ExecutionStarted', '2 0 ParallelStateEntered Both', '3 2 ParallelStateStarted'],
        ...[
          '4 3 TaskStateEntered Left',
          '5 3 TaskStateEntered Right',
          '6 4 TaskScheduled',
          '7 5 TaskScheduled',
        ],
        ...['8 6 TaskFailed Broken', '9 8 ParallelStateFailed', '10 9 ExecutionFailed Broken'],
      ),
    );
    expect(run.outcome).toBe('failed');
    expect(shown(run).map(({ state, outcome }) => `${state} ${outcome}`)).toEqual([
      ...['Both failed', 'Left failed', 'Right aborted'],
    ]);
  });

  it.each([
    ['ExecutionAborted', 'aborted'],
    ['ExecutionTimedOut', 'timed_out'],
  ])('that ends by %s ends what ran without blaming it', (type, outcome) => {
    const run = runAfter(history('1 0 ExecutionStarted', '2 0 WaitStateEntered Rest', `3 2 ${type}`));
    expect(run.outcome).toBe(outcome);
    expect(shown(run)).toEqual([{ state: 'Rest', outcome: 'aborted', attempts: [] }]);
  });

  it('that is redriven goes on with what failed', () => {
    const failed = history(
      ...['1 0 ExecutionStarted', '2 0 TaskStateEntered Do', '3 2 TaskScheduled', '4 3 TaskFailed Broken'],
      '5 4 ExecutionFailed Broken',
    );
    expect(shown(runAfter(failed))).toEqual([{ state: 'Do', outcome: 'failed', attempts: ['failed'] }]);
    const redriven = history(
      '6 5 ExecutionRedriven',
      '7 6 TaskScheduled',
      '8 7 TaskSucceeded',
      '9 8 TaskStateExited Do',
    );
    expect(shown(runAfter([...failed, ...redriven]))).toEqual([
      { state: 'Do', outcome: 'done', attempts: ['failed', 'succeeded'] },
    ]);
  });

  it.each(['ExecutionAborted', 'ExecutionTimedOut'])(
    'that is redriven after %s goes on with what was under way',
    (type) => {
      const ended = history(
        '1 0 ExecutionStarted',
        '2 0 TaskStateEntered Do',
        '3 2 TaskScheduled',
        `4 3 ${type}`,
      );
      const redriven = history(
        ...['5 4 ExecutionRedriven', '6 5 TaskScheduled', '7 6 TaskSucceeded', '8 7 TaskStateExited Do'],
      );
      expect(shown(runAfter([...ended, ...redriven]))).toEqual([
        { state: 'Do', outcome: 'done', attempts: ['open', 'succeeded'] },
      ]);
    },
  );

  it('does not claim to know what became of a state behind a gap, and knows it again by its exit', () => {
    const before = history('1 0 ExecutionStarted', '2 0 TaskStateEntered Do', '3 2 TaskScheduled');
    const after = history('7 6 PassStateEntered Next');
    expect(shown(runAfter([...before, ...after]))[0]).toMatchObject({ state: 'Do', outcome: 'unknown' });
    const exit = history('6 5 TaskStateExited Do', '7 6 PassStateEntered Next');
    expect(shown(runAfter([...before, ...exit]))).toMatchObject([
      { state: 'Do', outcome: 'done' },
      { state: 'Next', outcome: 'open' },
    ]);
  });

  it('shows what began in a gap, without its name until somebody says it', () => {
    const run = runAfter(history('1 0 ExecutionStarted', '5 4 TaskFailed Broken', '6 5 TaskScheduled'));
    expect(run.missing).toEqual([{ from: 2, to: 4 }]);
    expect(shown(run)).toEqual([{ state: undefined, outcome: 'open', attempts: ['failed', 'open'] }]);
  });

  it('keeps an event of a type that nobody knows where it happened', () => {
    const run = runAfter(
      history('1 0 ExecutionStarted', '2 0 TaskStateEntered Do', '3 2 NewTomorrow', '4 1 Newer'),
    );
    expect(run.visits[0]?.events).toEqual([2, 3]);
    expect(run.own).toEqual([1, 4]);
  });
});
