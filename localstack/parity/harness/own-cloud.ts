import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { emulatorStatus, startEmulator, stopEmulator } from '../../cloud/emulator.ts';
import { chosenCorrections, endpointOf } from '../../cloud/environment.ts';
import { type CloudPaths, cloudPaths, SHARED_PATHS } from '../../cloud/paths.ts';
import { freePort } from '../../cloud/ports.ts';
import type { Target } from './target.ts';

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
 * Starts an emulator as `npm start` does, IAM enforced; it ends with this process.
 * @param target `stock` is without any correction
 * @throws {CloudProblem} it ended, or was not healthy in time; the lines say what its log ends with
 */
export const ownCloud = async (target: Target, port?: number): Promise<OwnCloud> => {
  const at = port ?? (await freePort());
  // Below .cloud, since functions run from there and a temporary folder may be mounted noexec.
  mkdirSync(SHARED_PATHS.tests, { recursive: true });
  const paths = cloudPaths(mkdtempSync(join(SHARED_PATHS.tests, '../parity-')));
  const corrections = target === 'stock' ? 'none' : chosenCorrections();
  const start = () => startEmulator(paths, at, { corrections });
  const forget = () => rmSync(paths.home, { recursive: true, force: true });
  await start().catch((thrown: unknown) => {
    forget();
    throw thrown;
  });
  const kill = () => {
    const status = emulatorStatus(paths);
    if (status.kind === 'running') process.kill(status.run.pid, 'SIGKILL');
  };
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
      forget();
    },
  };
};
