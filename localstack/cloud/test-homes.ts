/** Folders of cities that belong to tests: each has the number of its process in its name, and ends with it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { down } from './down.ts';
import { cloudPaths, SHARED_PATHS } from './paths.ts';
import { identityOf } from './process-identity.mjs';
import type { Progress } from './progress.mjs';
import { inTurn } from './turns.mjs';

/**
 * A folder for a city of this process. Below .cloud, since functions run from there and a temporary folder may be
 * mounted noexec.
 */
export const testHome = (name: string, homes = SHARED_PATHS.tests): string => {
  mkdirSync(homes, { recursive: true });
  return mkdtempSync(join(homes, `${process.pid}-${name}-`));
};

/** The folders of processes that are over, by the number in their names. */
export const homesOfTheDead = (homes: string): readonly string[] => {
  mkdirSync(homes, { recursive: true });
  return readdirSync(homes)
    .filter((name) => identityOf(Number.parseInt(name, 10)) === undefined)
    .map((name) => join(homes, name));
};

/** Stops and forgets the cities of processes that were killed and could not do it; those of the living are left alone. */
export const endCitiesOfTheDead = async (progress: Progress, homes = SHARED_PATHS.tests): Promise<void> => {
  for (const home of homesOfTheDead(homes)) {
    // A copy of the project has its city in a folder of its own.
    for (const city of [home, join(home, '.cloud')].filter((folder) => existsSync(folder))) {
      const paths = cloudPaths(city);
      // A command that the test had started may still be at work: it ends as at Ctrl-C.
      const interrupt = ({ pid }: { pid: number }) => process.kill(pid, 'SIGINT');
      await inTurn({ lock: paths.lock, doing: 'end', onWait: interrupt }, async () => undefined);
      await down({ paths, progress: { ...progress, note: () => undefined } });
    }
    rmSync(home, { recursive: true, force: true });
  }
};
