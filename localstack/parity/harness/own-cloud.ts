import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { emulatorStatus, startEmulator, stopEmulator } from '../../cloud/emulator.ts';
import { chosenCorrections, endpointOf } from '../../cloud/environment.ts';
import { type CloudPaths, cloudPaths, SHARED_PATHS } from '../../cloud/paths.ts';
import { freePort } from '../../cloud/ports.ts';
import { homesOfTheDead, testHome } from '../../cloud/test-homes.ts';
import type { Target } from './target.ts';

const HOMES = join(SHARED_PATHS.tests, '../parity');

/** An emulator that this process started for itself, with a state of its own. */
export interface OwnCloud {
  readonly endpoint: string;
  readonly paths: CloudPaths;
  /** Ends it as `npm stop` does, so that it saves its state, and starts it again at the same address. */
  readonly restart: () => Promise<void>;
  /** Ends it and forgets its state. */
  readonly end: () => Promise<void>;
}

/**
 * Starts an emulator as `npm start` does, IAM enforced; it ends with this process, or with the next that starts one.
 * @param target `stock` is without any correction
 * @throws {CloudProblem} it ended, or was not healthy in time; the lines say what its log ends with
 */
export const ownCloud = async (target: Target, port?: number): Promise<OwnCloud> => {
  const at = port ?? (await freePort());
  sweepEarlierClouds();
  const paths = cloudPaths(testHome('parity', HOMES));
  const corrections = target === 'stock' ? 'none' : chosenCorrections();
  const start = () => startEmulator(paths, at, { corrections });
  await start().catch((thrown: unknown) => {
    forget(paths);
    throw thrown;
  });
  const kill = () => killEmulator(paths);
  process.once('exit', kill);
  return {
    endpoint: endpointOf(at),
    paths,
    restart: async () => {
      await stopEmulator(paths);
      await start();
    },
    end: async () => {
      process.off('exit', kill);
      await stopEmulator(paths);
      forget(paths);
    },
  };
};

/**
 * Ends and forgets the emulators whose process was killed and could not do it. Whose process lives, by the number in
 * the name of the folder, is left alone; an emulator is told from a later process by its identity.
 */
export const sweepEarlierClouds = (homes = HOMES): void => {
  for (const home of homesOfTheDead(homes)) {
    const paths = cloudPaths(home);
    killEmulator(paths);
    forget(paths);
  }
};

const killEmulator = (paths: CloudPaths): void => {
  const status = emulatorStatus(paths);
  if (status.kind === 'running') process.kill(status.run.pid, 'SIGKILL');
};

const forget = (paths: CloudPaths): void => rmSync(paths.home, { recursive: true, force: true });
