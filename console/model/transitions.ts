/** How many state transitions AWS would bill for a run of a Standard workflow. */
import type { RunEvent } from '../../functions/console/contract.ts';

/**
 * Each time a state is entered, each retry of one, and the way to the end.
 * @see https://aws.amazon.com/step-functions/pricing/
 */
export const transitionsIn = (events: readonly Pick<RunEvent, 'type'>[]): number => {
  const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
  const scheduled = events.filter(({ type }) =>
    /^(Task|LambdaFunction|Activity)Scheduled$/.test(type),
  ).length;
  const workers = events.filter(({ type }) => type === 'TaskStateEntered').length;
  return entered + Math.max(0, scheduled - workers);
};
