/** What became of each step of the saga that a run belongs to, over all executions of it until then. */
import { useMemo } from 'react';
import type { Run, Visit } from '../../model/run.ts';
import { type Judged, judged, stepsOf, visitsOf } from '../../model/saga.ts';
import { useEarlierRuns } from './use-earlier-runs.ts';
import type { RunInView } from './use-run.ts';

/**
 * @param at this run at the moment that is meant: at the cursor, or as far as it has come
 * @param ended whether no execution of the saga goes on
 */
export const useJudgedSteps = (
  run: RunInView,
  at: Run,
  ended = at.outcome !== 'open',
): {
  readonly steps: readonly Judged[];
  /** Those of earlier executions come first; the places in `steps` are of these. */
  readonly visits: readonly Visit[];
} => {
  const earlier = useEarlierRuns(run);
  const { states } = run;
  return useMemo(() => {
    const visits = visitsOf([...earlier, at]);
    return { visits, steps: judged(stepsOf(states), visits, ended) };
  }, [earlier, at, states, ended]);
};
