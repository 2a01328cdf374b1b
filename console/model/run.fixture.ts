/** Test help: histories as Step Functions writes them, with what a reader must make of them. */
import { fc } from '@fast-check/vitest';
import type { RunEvent } from '../../functions/console/contract.ts';

/** What one state does, and its branches or turns. */
export type Doing =
  | { readonly kind: 'Task'; readonly fails: number; readonly ends: 'well' | 'caught' }
  | { readonly kind: 'Choice' }
  | { readonly kind: 'Parallel'; readonly branches: readonly (readonly Doing[])[] };

/** A visit as it must be read: state, kind, attempts by their outcome, and what is inside. */
export interface Expected {
  readonly state: string;
  readonly attempts: readonly string[];
  readonly outcome: string;
  readonly within?: string;
}

const anyTask: fc.Arbitrary<Doing> = fc.record({
  kind: fc.constant('Task' as const),
  fails: fc.nat(2),
  ends: fc.constantFrom('well' as const, 'well' as const, 'caught' as const),
});
const anyStep = fc.oneof(anyTask, fc.constant({ kind: 'Choice' as const }));
const steps = fc.array(anyStep, { minLength: 1, maxLength: 3 });
const anyParallel: fc.Arbitrary<Doing> = fc.record({
  kind: fc.constant('Parallel' as const),
  branches: fc.array(steps, { minLength: 1, maxLength: 3 }),
});
export const anyCourse = fc.record({
  course: fc.array(fc.oneof({ weight: 3, arbitrary: anyStep }, anyParallel), { minLength: 1, maxLength: 5 }),
  /** In which order branches get their turn. */
  turns: fc.array(fc.nat(7), { maxLength: 60 }),
});

type Written = (type: string, previous: number, facts?: RunEvent['facts']) => number;

/** Writes the history of a course that runs to its end. */
export const historyOf = ({ course, turns }: { course: readonly Doing[]; turns: readonly number[] }) => {
  const events: RunEvent[] = [];
  const expected: Expected[] = [];
  let turn = 0;
  const write: Written = (type, previous, facts = {}) => {
    const id = events.length + 1;
    events.push({ id, previous, at: new Date(id * 1_000).toISOString(), type, facts, payloads: {} });
    return id;
  };
  /** One branch, an event at a time; it yields whenever another one may write. */
  function* branch(
    doings: readonly Doing[],
    from: number,
    place: string,
    within?: string,
  ): Generator<void, number> {
    let last = from;
    for (const [at, doing] of doings.entries()) {
      yield;
      // By its place and not by its turn: a machine has the same names however its branches run.
      const state = `${doing.kind}${place}.${at}`;
      const entered = expected.length;
      const inside = within === undefined ? {} : { within };
      expected.push({ state, attempts: [], outcome: 'open', ...inside });
      last = write(`${doing.kind}StateEntered`, last, { name: state });
      const attempts: string[] = [];
      if (doing.kind === 'Task') {
        const times = doing.fails + (doing.ends === 'well' ? 1 : 0) || 1;
        for (let time = 0; time < times; time++) {
          const succeeds = doing.ends === 'well' && time === times - 1;
          for (const what of ['Scheduled', 'Started', succeeds ? 'Succeeded' : 'Failed']) {
            yield;
            last = write(`Task${what}`, last, what === 'Failed' ? { error: `Error${time}` } : {});
          }
          attempts.push(succeeds ? 'succeeded' : 'failed');
        }
      }
      if (doing.kind === 'Parallel') {
        const started = write('ParallelStateStarted', last);
        last = yield* together(
          doing.branches.map((inner, side) => branch(inner, started, `${place}.${at}.${side}`, state)),
        );
        last = write('ParallelStateSucceeded', last);
      }
      yield;
      last = write(`${doing.kind}StateExited`, last, { name: state });
      expected[entered] = {
        state,
        attempts,
        outcome: attempts.at(-1) === 'failed' ? 'caught' : 'done',
        ...inside,
      };
    }
    return last;
  }

  /** All branches until their ends, in any order; gives the last event of the one that ended last. */
  function* together(running: Generator<void, number>[]): Generator<void, number> {
    const left = [...running];
    let last = 0;
    while (left.length > 0) {
      const at = (turns[turn++ % Math.max(1, turns.length)] ?? 0) % left.length;
      const step = left[at]?.next();
      if (step?.done) {
        last = step.value;
        left.splice(at, 1);
      } else yield;
    }
    return last;
  }

  const whole = branch(course, write('ExecutionStarted', 0), '');
  let step = whole.next();
  while (!step.done) step = whole.next();
  write('ExecutionSucceeded', step.value);
  return { events, expected };
};
