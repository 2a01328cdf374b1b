import { execFileSync } from 'node:child_process';

/**
 * The Lambda workers of one function on one emulator, by pid. A worker is a process of this user whose environment
 * names the function; `ps` shows it on Linux and macOS alike.
 */
export const workersOf = (functionName: string, endpoint: string): number[] => {
  const table = execFileSync('ps', ['axeww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return table.split('\n').flatMap((line) => {
    const isOurs =
      line.includes(` AWS_LAMBDA_FUNCTION_NAME=${functionName} `) &&
      line.includes(` AWS_ENDPOINT_URL=${endpoint} `);
    return isOurs ? [Number.parseInt(line, 10)] : [];
  });
};

/** Workers that have been stopped: whatever they are asked hangs until they go on, or die. */
export interface Stopped {
  /** Ends them, as a power cut would. */
  kill(): void;
  goOn(): void;
}

/**
 * Stops every warm worker of a function with SIGSTOP. The emulator prefers a warm worker that is free, so the next
 * calls hang in these before it starts another.
 * @throws {Error} there is none: nothing has called the function yet
 */
export const stopWorkers = (functionName: string, endpoint: string): Stopped => {
  const workers = workersOf(functionName, endpoint);
  if (workers.length === 0) throw new Error(`no warm worker of ${functionName}`);
  const signal = (name: NodeJS.Signals) => () => {
    for (const pid of workers) if (isAlive(pid)) process.kill(pid, name);
  };
  signal('SIGSTOP')();
  return { kill: signal('SIGKILL'), goOn: signal('SIGCONT') };
};

/** Whether there is such a process: a worker that hung for longer than its time-out is ended by the emulator. */
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
