import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AskProblem } from './problem.ts';

const gone = new AskProblem('Nobody answers.', { status: 0 });
const refused = new AskProblem('Not for you.', { status: 403 });

/** A question as TanStack Query keeps it, which counts failures as long as it lives. */
const question = () => {
  const state = {
    data: undefined as unknown,
    error: null as unknown,
    errorUpdateCount: 0,
    fetchFailureCount: 0,
  };
  return {
    state,
    answered() {
      Object.assign(state, { data: {}, error: null, fetchFailureCount: 0 });
    },
    failed(error: unknown) {
      Object.assign(state, { error, errorUpdateCount: state.errorUpdateCount + 1, fetchFailureCount: 1 });
    },
  };
};

describe('a page asks again', () => {
  let live: typeof import('./live.ts');
  beforeEach(async () => {
    vi.resetModules();
    live = await import('./live.ts');
    // The same class as this module knows.
    const { AskProblem: Own } = await import('./problem.ts');
    for (const problem of [gone, refused]) Object.setPrototypeOf(problem, Own.prototype);
  });

  it('as often as it is told to, while it is answered', () => {
    const one = question();
    expect(live.every(2_000)(one)).toBe(2_000);
    one.answered();
    expect(live.every(2_000)(one)).toBe(2_000);
  });

  it('ever more slowly while nobody answers, four times a minute at last', () => {
    const one = question();
    one.answered();
    const waits = [live.every(2_000)(one)];
    for (let time = 0; time < 8; time++) {
      one.failed(gone);
      waits.push(live.every(2_000)(one));
    }
    expect(waits[0]).toBe(2_000);
    expect(waits.at(-1)).toBe(15_000);
    for (const [at, wait] of waits.entries())
      expect(Number(wait)).toBeGreaterThanOrEqual(Number(waits[at - 1] ?? 0));
  });

  it('as soon after a failure as the first time, however often it had failed before', () => {
    const one = question();
    one.answered();
    live.every(2_000)(one);
    one.failed(gone);
    const first = live.every(2_000)(one);
    for (let time = 0; time < 9; time++) one.failed(gone);
    live.every(2_000)(one);
    one.answered();
    live.every(2_000)(one);
    one.failed(gone);
    expect(live.every(2_000)(one)).toBe(first);
  });

  it('also ever more slowly where nobody has answered yet', () => {
    const one = question();
    for (let time = 0; time < 9; time++) {
      live.every(2_000)(one);
      one.failed(gone);
      const wait = live.every(2_000)(one);
      one.state.error = null; // as it is while it asks again
      if (time === 8) expect(wait).toBe(15_000);
    }
  });

  it('not for what is not there for whoever asks', () => {
    const one = question();
    one.failed(refused);
    expect(live.every(2_000)(one)).toBe(false);
  });

  it('never, once it shows a saved run', () => {
    live.freeze();
    expect(live.every(2_000)(question())).toBe(false);
  });

  it('twice at once for what may help, and not otherwise', () => {
    const { retry } = live.queryClient().getDefaultOptions().queries ?? {};
    if (typeof retry !== 'function') throw new Error('it does not say when');
    expect([0, 1, 2].map((count) => retry(count, gone))).toEqual([true, true, false]);
    expect(retry(0, refused)).toBe(false);
  });
});
