import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../../shared/testing/index.ts';
import { isHealthy } from '../../cloud/emulator.ts';
import { emulatorEnvironment, endpointOf } from '../../cloud/environment.ts';
import { type CloudPaths, cloudPaths, ROOT, SHARED_PATHS } from '../../cloud/paths.ts';
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

const READY_WITHIN_MS = 30_000;

/**
 * Starts an emulator by our launcher, IAM enforced; it ends with this process.
 * @param target `stock` is without any correction
 * @throws {Error} it ended, or was not healthy in time; the message names its log
 */
export const ownCloud = async (target: Target, port?: number): Promise<OwnCloud> => {
  const at = port ?? (await freePort());
  // Below .cloud, since functions run from there and a temporary folder may be mounted noexec.
  mkdirSync(SHARED_PATHS.tests, { recursive: true });
  const paths = cloudPaths(mkdtempSync(join(SHARED_PATHS.tests, '../parity-')));
  for (const folder of [paths.state, paths.objects, paths.logs, paths.emptyHome]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(paths.emptyFile, '');
  let child = await start(paths, at, target).catch((thrown: unknown) => {
    rmSync(paths.home, { recursive: true, force: true });
    throw thrown;
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    endpoint: endpointOf(at),
    paths,
    restart: async () => {
      await stop(child, paths);
      child = await start(paths, at, target);
    },
    end: async () => {
      process.off('exit', kill);
      await stop(child, paths);
      rmSync(paths.home, { recursive: true, force: true });
    },
  };
};

const start = async (paths: CloudPaths, port: number, target: Target): Promise<ChildProcess> => {
  mkdirSync(paths.tmp, { recursive: true });
  const log = openSync(paths.emulatorLog, 'a');
  const child = spawn(join(SHARED_PATHS.venv, 'bin/python'), [SHARED_PATHS.launcher], {
    cwd: ROOT,
    env: {
      ...emulatorEnvironment(paths, port),
      DABBA_CORRECTIONS: target === 'stock' ? 'none' : (process.env.DABBA_CORRECTIONS ?? 'all'),
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  await waitFor(
    async () => {
      if (child.exitCode !== null) return 'ended';
      return (await isHealthy(port)) && 'ready';
    },
    { what: 'the emulator', timeoutMs: READY_WITHIN_MS },
  );
  if (child.exitCode !== null) {
    throw new Error(`The emulator ended at once:\n${readFileSync(paths.emulatorLog, 'utf8').slice(-2_000)}`);
  }
  return child;
};

const stop = async (child: ChildProcess, paths: CloudPaths): Promise<void> => {
  if (child.exitCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(paths.tmp, { recursive: true, force: true });
};
