/** A machine as a saga: each step with what undoes it, and what became of either. */
import { isUnderWay, type Run, type Visit } from './run.ts';
import type { State, States } from './waiting.ts';

/** One step of a saga. */
export interface Step {
  readonly state: string;
  /** The state that undoes it, where there is anything to undo. */
  readonly undo?: string;
  /** Behind it nothing turns back. */
  readonly pivot: boolean;
  /** Worth trying, not worth failing for: its failure leads on. */
  readonly bestEffort: boolean;
}

/**
 * What became of a step: `undone` is not how it failed but how the saga answered; `stuck` is half-way, where undoing it
 * failed, or nobody undid it though the saga turned back.
 */
export type Verdict =
  | 'untouched'
  | 'open'
  | 'retrying'
  | 'done'
  | 'failed'
  | 'skipped'
  | 'undoing'
  | 'undone'
  | 'stuck'
  | 'unknown';

export interface Judged extends Step {
  readonly verdict: Verdict;
  /** The latest visits of the step and of what undoes it, as places in the visits that were judged. */
  readonly done?: number;
  readonly undone?: number;
}

const UNDONE_BY = /Undone by (\w+)/;
const PIVOT = /^The pivot\b/;
const WAITS_FOR_TOKEN = /\.waitForTaskToken$/;

/** Whether a state waits for whoever has its token. */
export const waitsForToken = (state: Pick<State, 'Resource'> | undefined): boolean =>
  WAITS_FOR_TOKEN.test(state?.Resource ?? '');

/**
 * The steps of a definition in the order in which it has them. The house's machines tell them by three marks: a step is
 * a task with a Catch, since those that read, turn, close and park have none; its comment names what undoes it; the
 * pivot's comment begins so. A wait for a token belongs to the step before it.
 */
export const stepsOf = (states: States): readonly Step[] => {
  const undos = new Set(Object.values(states).flatMap((state) => undoOf(state) ?? []));
  return Object.entries(states).flatMap(([name, state]) => {
    const { Type, Comment = '', Catch = [], Next } = state;
    const isStep = Type === 'Task' && Catch.length > 0 && !undos.has(name) && !waitsForToken(state);
    if (!isStep) return [];
    const undo = undoOf(state);
    return [
      {
        state: name,
        ...(undo === undefined ? {} : { undo }),
        pivot: PIVOT.test(Comment),
        bestEffort: Catch.every(({ Next: after }) => after === Next),
      },
    ];
  });
};

const undoOf = ({ Comment = '' }: State): string | undefined => UNDONE_BY.exec(Comment)?.[1];

/** Whether a definition is a saga: something in it is undone by something else. */
export const isSaga = (states: States): boolean => stepsOf(states).some(({ undo }) => undo !== undefined);

/**
 * What became of each step after these visits: those of every execution of the saga, one after the other.
 * @param ended whether no execution goes on
 */
export const judged = (
  steps: readonly Step[],
  visits: readonly Visit[],
  ended: boolean,
): readonly Judged[] => {
  const lastOf = (state: string | undefined) =>
    state === undefined ? -1 : visits.findLastIndex((visit) => visit.state === state);
  const undoing = new Set(steps.flatMap(({ undo }) => undo ?? []));
  const turnedAt = visits.findIndex(({ state }) => state !== undefined && undoing.has(state));
  return steps.map((step) => {
    const [done, undone] = [lastOf(step.state), lastOf(step.undo)];
    const turned = turnedAt >= 0 && turnedAt > done;
    return {
      ...step,
      verdict: verdictOf(step, visits[done], visits[undone], ended && turned),
      ...(done < 0 ? {} : { done }),
      ...(undone < 0 ? {} : { undone }),
    };
  });
};

/** @param over the saga went back, and nobody goes on */
const verdictOf = (
  { undo, bestEffort }: Step,
  doing: Visit | undefined,
  undoing: Visit | undefined,
  over: boolean,
): Verdict => {
  if (undoing !== undefined) {
    if (undoing.outcome === 'done') return 'undone';
    if (undoing.outcome === 'unknown') return 'unknown';
    return isUnderWay(undoing) ? 'undoing' : 'stuck';
  }
  if (doing === undefined) return 'untouched';
  switch (doing.outcome) {
    case 'done':
      return over && undo !== undefined ? 'stuck' : 'done';
    case 'unknown':
      return 'unknown';
    case 'open':
      return isRetrying(doing) ? 'retrying' : 'open';
    default:
      return bestEffort ? 'skipped' : 'failed';
  }
};

/** Its last attempt failed, and nothing has given it up. */
export const isRetrying = ({ outcome, attempts }: Visit): boolean => {
  const last = attempts.at(-1)?.outcome;
  return outcome === 'open' && (last === 'failed' || last === 'timed_out');
};

/** The visits of several executions of one saga as one list; places within move along. */
export const visitsOf = (runs: readonly Run[]): readonly Visit[] => {
  const all: Visit[] = [];
  for (const { visits } of runs) {
    const by = all.length;
    for (const visit of visits) {
      const { within, branch } = visit;
      all.push({
        ...visit,
        ...(within === undefined ? {} : { within: within + by }),
        ...(branch === undefined ? {} : { branch: branch + by }),
      });
    }
  }
  return all;
};
