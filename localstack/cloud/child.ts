import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Environment } from './environment.ts';
import { CloudProblem } from './problem.ts';

export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment | NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Where all its output goes. */
  readonly log: string;
  /** Also onto our own output, for `--verbose`. */
  readonly verbose?: boolean;
  readonly onLine?: (line: string) => void;
  /** Ends the child, and whatever it started. */
  readonly signal?: AbortSignal;
  /** What was tried, for the message: "npm ci failed". */
  readonly what?: string;
}

const LINES_SHOWN = 15;
const KILL_AFTER_MS = 5_000;

/**
 * Runs a tool to its end.
 * @throws {CloudProblem} it ended with something else than 0; the message has its last lines and the log's path
 * @throws the signal's reason, when the signal was what ended it
 */
export const run = async ({
  command,
  args,
  env,
  cwd,
  log,
  verbose,
  onLine,
  signal,
  what,
}: Run): Promise<void> => {
  signal?.throwIfAborted();
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: 'w' });
  // A process group of its own: Ctrl-C reaches it through us, so that it never outlives or precedes our clean-up.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = () => endGroup(child);
  signal?.addEventListener('abort', stop, { once: true });
  const tail: string[] = [];
  const collect = byLine((line) => {
    tail.push(line);
    if (tail.length > LINES_SHOWN) tail.shift();
    onLine?.(line);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      file.write(text);
      if (verbose) process.stdout.write(text);
      collect(text);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new CloudProblem(`${command} cannot be started: ${cause.message}`, [], { cause })),
    );
    child.on('close', resolve);
  }).finally(() => {
    signal?.removeEventListener('abort', stop);
    file.end();
  });
  signal?.throwIfAborted();
  if (code !== 0) {
    throw new CloudProblem(`${what ?? basename(command)} failed${code === null ? '' : ` (exit ${code})`}`, [
      ...tail.map((line) => `  ${line}`),
      `The whole output: ${log}`,
    ]);
  }
};

const endGroup = (child: ChildProcess): void => {
  const signalGroup = (name: NodeJS.Signals) => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // It ended by itself in the meantime.
    }
  };
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), KILL_AFTER_MS).unref();
};

const byLine = (take: (line: string) => void) => {
  let rest = '';
  return (text: string): void => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') take(line);
  };
};
