/** Why Step Functions did not let an execution go on, by what is known of the execution. Pure. */
import { REDRIVABLE_DAYS } from '../contract.ts';
import { NotRedrivableError, RunGoesOnError, RunTooOldError } from './errors.ts';
import type { Execution } from './ports.ts';

const DAY_MS = 86_400_000;

/**
 * The refusal in our words: Step Functions has one name for all of its own.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export const refusalOf = (
  { name: run, status, endedAt }: Execution,
  now: Date,
  options: ErrorOptions,
): RunGoesOnError | RunTooOldError | NotRedrivableError => {
  if (status === 'RUNNING') return new RunGoesOnError({ run }, options);
  const isTooOld = endedAt && now.getTime() - endedAt.getTime() > REDRIVABLE_DAYS * DAY_MS;
  if (status !== 'SUCCEEDED' && isTooOld)
    return new RunTooOldError({ run, endedAt: endedAt.toISOString() }, options);
  return new NotRedrivableError({ run, runStatus: status }, options);
};
