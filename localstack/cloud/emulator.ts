import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chosenCorrections, emulatorEnvironment, endpointOf } from './environment.ts';
import { moveQueuesTo } from './moved-port.ts';
import { type CloudPaths, ROOT, SHARED_PATHS } from './paths.ts';
import { isListening, listenerOn } from './ports.ts';
import { CloudProblem } from './problem.ts';
import { identityOf } from './process-identity.mjs';

/** What `run.json` holds while an emulator runs, and after one died. */
export interface RunRecord {
  readonly pid: number;
  readonly port: number;
  readonly startedAt: string;
  /** Tells our process from another that got its number later. */
  readonly identity: string;
  /** The corrections that it was started with: `all`, `none`, or some. */
  readonly corrections: string;
}

export type EmulatorStatus =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'running'; readonly run: RunRecord }
  /** It ended without saving: killed, or the machine went down. */
  | { readonly kind: 'died'; readonly run: RunRecord };

const READY_WITHIN_MS = 30_000;
/** To save a hundred stories' logs takes seconds, on a busy machine more; to kill it meanwhile would lose everything. */
const STOPPED_WITHIN_MS = 180_000;
const POLL_MS = 50;
const LOG_LINES_SHOWN = 10;

/** What the pid file and the processes of the machine say together; neither is believed alone. */
export const emulatorStatus = (paths: CloudPaths): EmulatorStatus => {
  const run = readRun(paths);
  if (!run) return { kind: 'stopped' };
  return identityOf(run.pid) === run.identity ? { kind: 'running', run } : { kind: 'died', run };
};

const readRun = (paths: CloudPaths): RunRecord | undefined => {
  if (!existsSync(paths.run)) return undefined;
  try {
    const run = JSON.parse(readFileSync(paths.run, 'utf8')) as RunRecord;
    return Number.isInteger(run.pid) && Number.isInteger(run.port) ? run : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Starts the emulator and returns when it is healthy. It lives on when this process ends.
 * @throws {CloudProblem} the port is taken, or the emulator ended or stayed silent; nothing is left running then
 */
export const startEmulator = async (
  paths: CloudPaths,
  port: number,
  { signal, corrections = chosenCorrections() }: { signal?: AbortSignal; corrections?: string } = {},
): Promise<RunRecord> => {
  await refuseTakenPort(port);
  sweep(paths);
  for (const folder of [paths.state, paths.objects, paths.logs, paths.tmp, paths.emptyHome]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(paths.emptyFile, '');
  moveQueuesTo(port, paths.state);
  const log = openSync(paths.emulatorLog, 'w');
  const child = spawn(join(SHARED_PATHS.venv, 'bin/python'), [SHARED_PATHS.launcher], {
    cwd: ROOT,
    env: emulatorEnvironment(paths, port, corrections),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let ended: string | undefined;
  child.on('error', (cause) => {
    ended = cause.message;
  });
  child.on('exit', (code, by) => {
    ended = by ? `killed by ${by}` : `exit ${code}`;
  });
  try {
    const identity = child.pid === undefined ? undefined : identityOf(child.pid);
    if (child.pid === undefined || identity === undefined) throw died(ended ?? 'at once', paths);
    // Written at once: whatever happens to this command, the emulator can be found and stopped.
    const run = { pid: child.pid, port, startedAt: new Date().toISOString(), identity, corrections };
    writeFileSync(paths.run, `${JSON.stringify(run, null, 2)}\n`);
    await waitForHealth(port, () => ended, paths, signal);
    child.removeAllListeners();
    child.unref();
    return run;
  } catch (thrown) {
    child.kill('SIGKILL');
    rmSync(paths.run, { force: true });
    throw thrown;
  }
};

const refuseTakenPort = async (port: number): Promise<void> => {
  if (!(await isListening(port))) return;
  const by = listenerOn(port);
  const cloud = by?.command.includes('localstack/emulator/launch.py');
  throw new CloudProblem(
    `Port ${port} is taken${by ? ` by process ${by.pid}: ${by.command.slice(0, 120)}` : ' by another process'}.`,
    [
      cloud ? 'It is a local cloud of another folder: stop it there (npm stop), or' : 'Stop it, or',
      `choose another port: npm start -- --port ${port === 4566 ? 4567 : port + 1}`,
    ],
  );
};

const waitForHealth = async (
  port: number,
  ended: () => string | undefined,
  paths: CloudPaths,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isHealthy(port))) {
    signal?.throwIfAborted();
    if (ended() !== undefined || Date.now() > deadline) throw died(ended(), paths);
    await pause(POLL_MS);
  }
};

/** Whether an emulator answers there. */
export const isHealthy = async (port: number): Promise<boolean> => {
  try {
    const answer = await fetch(`${endpointOf(port)}/_ministack/health`, {
      signal: AbortSignal.timeout(2_000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
};

const died = (how: string | undefined, paths: CloudPaths): CloudProblem => {
  const log = existsSync(paths.emulatorLog)
    ? readFileSync(paths.emulatorLog, 'utf8').trimEnd().split('\n')
    : [];
  return new CloudProblem(
    how
      ? `The emulator ended before it was ready (${how}).`
      : `The emulator was not ready within ${READY_WITHIN_MS / 1000} s.`,
    [...log.slice(-LOG_LINES_SHOWN).map((line) => `  ${line}`), `Its log: ${paths.emulatorLog}`],
  );
};

/**
 * Ends the emulator: it saves its state, then exits. Whatever it left in its temporary folder is removed.
 * @returns how it was: stopped now, not running, or already dead
 * @throws {CloudProblem} it did not end in time; it was killed then, and what it had not saved is lost
 */
export const stopEmulator = async (paths: CloudPaths): Promise<EmulatorStatus['kind']> => {
  const status = emulatorStatus(paths);
  if (status.kind === 'running') {
    const { pid, identity } = status.run;
    process.kill(pid, 'SIGTERM');
    const deadline = Date.now() + STOPPED_WITHIN_MS;
    while (identityOf(pid) === identity) {
      if (Date.now() > deadline) {
        process.kill(pid, 'SIGKILL');
        sweep(paths);
        throw new CloudProblem(
          'The emulator did not stop in time and was killed: its last changes may not be saved.',
          [`Its log: ${paths.emulatorLog}`],
        );
      }
      await pause(POLL_MS);
    }
    rmSync(paths.run, { force: true });
  }
  sweep(paths);
  return status.kind;
};

/** The emulator leaves unpacked code and other temporary files behind; no emulator of this city runs now. */
const sweep = (paths: CloudPaths): void => rmSync(paths.tmp, { recursive: true, force: true });
