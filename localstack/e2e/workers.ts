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
