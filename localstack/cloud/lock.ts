import type { CloudPaths } from './paths.ts';
import { CloudProblem } from './problem.ts';
import { holding, takeLock } from './turns.mjs';

/**
 * Does something to the city while nobody else does. A lock whose holder is no more is taken over.
 * @throws {CloudProblem} another command works on this city; a retry helps when it is done
 */
export const exclusively = async <T>(
  paths: CloudPaths,
  doing: string,
  work: () => Promise<T>,
): Promise<T> => {
  const holder = takeLock(paths.lock, doing);
  if (holder) {
    throw new CloudProblem(`\`dabba ${holder.doing}\` (process ${holder.pid}) is at work on this cloud.`, [
      'Wait until it is done, or end it with Ctrl-C there.',
    ]);
  }
  return holding(paths.lock, work);
};
