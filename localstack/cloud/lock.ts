import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CloudPaths } from './paths.ts';
import { CloudProblem } from './problem.ts';
import { identityOf } from './process-identity.ts';

interface Holder {
  readonly pid: number;
  readonly identity: string;
  readonly doing: string;
}

/**
 * Does something to the city while nobody else does. A lock whose holder is no more is taken over.
 * @throws {CloudProblem} another command works on this city; a retry helps when it is done
 */
export const exclusively = async <T>(
  paths: CloudPaths,
  doing: string,
  work: () => Promise<T>,
): Promise<T> => {
  take(paths.lock, doing);
  const release = () => rmSync(paths.lock, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
};

const take = (lock: string, doing: string): void => {
  mkdirSync(dirname(lock), { recursive: true });
  const mine: Holder = { pid: process.pid, identity: identityOf(process.pid) ?? '', doing };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(lock, JSON.stringify(mine), { flag: 'wx' });
      return;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
      const holder = readHolder(lock);
      if (holder && identityOf(holder.pid) === holder.identity) {
        throw new CloudProblem(
          `\`dabba ${holder.doing}\` (process ${holder.pid}) is at work on this cloud.`,
          ['Wait until it is done, or end it with Ctrl-C there.'],
        );
      }
      rmSync(lock, { force: true });
    }
  }
  throw new CloudProblem('Another command took the cloud at the same moment.', ['Try again.']);
};

const readHolder = (lock: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
};
