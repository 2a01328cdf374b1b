/** How many state transitions AWS would bill for a run of a Standard workflow. */
import type { Run } from './run.ts';

/**
 * Each time a state is entered, and each retry of one.
 * @see https://aws.amazon.com/step-functions/pricing/
 */
export const transitionsIn = ({ visits }: Run): number =>
  visits.reduce((sum, { attempts }) => sum + Math.max(1, attempts.length), 0);
