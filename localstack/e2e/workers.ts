import { execFileSync } from 'node:child_process';

/**
 * The Lambda workers of one function on one emulator, one line each with pid and environment. A worker is a process of
 * this user whose environment names the function; `ps` shows it on Linux and macOS alike.
 */
const linesOf = (functionName: string, endpoint: string): string[] =>
  execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\n')
    .filter(
      (line) =>
        line.includes(` AWS_LAMBDA_FUNCTION_NAME=${functionName} `) &&
        line.includes(` AWS_ENDPOINT_URL=${endpoint} `),
    );

export const workersOf = (functionName: string, endpoint: string): number[] =>
  linesOf(functionName, endpoint).map((line) => Number.parseInt(line, 10));

/**
 * What a function calls AWS with: the credentials of its role, out of a worker's environment.
 * @throws {Error} no worker is warm
 */
export const credentialsOf = (functionName: string, endpoint: string) => {
  const [line = ''] = linesOf(functionName, endpoint);
  const value = (name: string): string => new RegExp(` ${name}=(\\S+)`).exec(line)?.[1] ?? '';
  const accessKeyId = value('AWS_ACCESS_KEY_ID');
  if (accessKeyId === '') throw new Error(`no warm worker of ${functionName}`);
  const sessionToken = value('AWS_SESSION_TOKEN');
  return {
    accessKeyId,
    secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken ? { sessionToken } : {}),
  };
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
