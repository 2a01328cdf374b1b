/** Which fault met which attempt of a run, and which attempts failed without one. */
import type { CaseFault } from '../../functions/paytm-saga/contract.case.ts';
import type { Attempt, Run } from './run.ts';
import type { States } from './waiting.ts';

/** A fault as it was armed at platform’s door. */
export interface ArmedAt extends Omit<CaseFault, 'state' | 'point' | 'times'> {
  readonly function: string;
  /** @default 'before' */
  readonly point?: CaseFault['point'];
  /** @default 1 */
  readonly times?: number;
}

/** An attempt that failed, and no armed fault says why; and the fault that would have the same happen. */
export interface Unexplained {
  readonly state: string;
  readonly error: string;
  readonly fault: CaseFault;
}

export interface Meetings {
  /** The faults that happened, as often as they did. */
  readonly met: readonly CaseFault[];
  readonly unexplained: readonly Unexplained[];
  /** Functions of faults that the machine does not call. */
  readonly elsewhere: readonly string[];
}

/** As the switch around each Lambda decides it: a call takes the first fault of its function that has calls left. */
export const meetingsIn = ({ visits }: Run, states: States, armed: readonly ArmedAt[]): Meetings => {
  const called = new Map(
    Object.entries(states).flatMap(([state, { Arguments }]) => {
      const name = /[^:]+$/.exec(Arguments?.FunctionName ?? '')?.[0];
      return name === undefined ? [] : [[name, state] as const];
    }),
  );
  const faults = armed.map(({ function: name, point = 'before', times = 1, ...fault }) => ({
    ...{ state: called.get(name), left: times, happened: 0, isOver: false },
    fault: { ...only(fault), point },
  }));
  const unexplained: Unexplained[] = [];
  const lambdas = new Set(called.values());
  for (const { state = '', attempts } of visits) {
    if (!lambdas.has(state)) continue;
    for (const attempt of attempts) {
      const taken = faults.find((one) => one.state === state && one.left > 0 && mayMeet(one.fault, attempt));
      if (taken) {
        taken.left -= 1;
        taken.happened += 1;
        taken.isOver ||= hasFailed(attempt);
      } else if (hasFailed(attempt)) unexplained.push(withoutReason(state, attempt));
    }
  }
  return {
    met: faults.flatMap(({ state = '', happened, isOver, fault: { slowMs, ...fault } }) => {
      if (happened === 0) return [];
      // Slower than its function may be: Lambda ended it, and nobody was told.
      if (fault.kind === 'slow' && isOver)
        return [{ ...fault, state, kind: 'timeout' as const, times: happened }];
      return [{ ...fault, ...(slowMs === undefined ? {} : { slowMs }), state, times: happened }];
    }),
    unexplained,
    elsewhere: [...new Set(armed.map((one) => one.function).filter((name) => !called.has(name)))],
  };
};

/** Whether an attempt went as it does when it meets a fault; one that was taken back, or came too late, met nothing. */
const mayMeet = (
  { kind, error = 'TransientError' }: Pick<CaseFault, 'kind' | 'error'>,
  attempt: Attempt,
): boolean => {
  if (kind === 'slow' || kind === 'duplicate') return true;
  return hasFailed(attempt) && (kind !== 'error' || attempt.error === error);
};

/** Of an armed fault what a case holds; it may be the answer of the door, with an id and a time. */
const only = ({ kind, error, slowMs }: Pick<CaseFault, 'kind' | 'error' | 'slowMs'>) => ({
  kind,
  ...(error === undefined ? {} : { error }),
  ...(slowMs === undefined ? {} : { slowMs }),
});

const hasFailed = ({ outcome }: Attempt): boolean => outcome === 'failed' || outcome === 'timed_out';

const withoutReason = (state: string, { outcome, error = '' }: Attempt): Unexplained => {
  const isLate = outcome === 'timed_out' || error === '';
  const kind = isLate ? ({ kind: 'timeout' } as const) : ({ kind: 'error', error } as const);
  return { state, error, fault: { state, point: 'before', ...kind, times: 1 } };
};
