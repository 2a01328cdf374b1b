/** Whether AWS lets a run go on from where it ended, and what that would do. */
import type { RunDetail } from '../../functions/console/contract.ts';
import type { Run } from './run.ts';

/** What speaks against a redrive, as AWS documents it. */
export type Obstacle = 'running' | 'succeeded' | 'too_old' | 'too_long';

/** After this the history is gone for a redrive. */
const REDRIVABLE_DAYS = 14;
const DAY_MS = 86_400_000;
/** From here on there is no room for more events. */
const MOST_EVENTS = 24_999;

/**
 * What stands in the way of RedriveExecution; nothing where AWS allows it. Our machines are all of type STANDARD.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export const redriveObstacle = (
  { status, endedAt }: Pick<RunDetail, 'status' | 'endedAt'>,
  events: number,
  now: number,
): Obstacle | undefined => {
  if (status === 'RUNNING' || endedAt === undefined) return 'running';
  if (status === 'SUCCEEDED') return 'succeeded';
  if (now - Date.parse(endedAt) > REDRIVABLE_DAYS * DAY_MS) return 'too_old';
  return events >= MOST_EVENTS ? 'too_long' : undefined;
};

/** Which states a redrive would run again: those that did not succeed, with fresh retries; what was done is not. */
export const repeatedBy = ({ visits }: Run): readonly string[] => [
  ...new Set(
    visits.flatMap(({ outcome, state }) =>
      state !== undefined && (outcome === 'failed' || outcome === 'aborted') ? [state] : [],
    ),
  ),
];
