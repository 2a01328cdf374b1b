import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one that got the same number: when it started, and its command line. Undefined
 * when no such process lives. Plain JavaScript, as is all that runs before Node 24 is installed.
 */
export const identityOf = (pid) => {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
};

const fromProc = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may hold anything; after it come state and, twentieth, the start time in clock ticks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  return fields[0] === 'Z' ? undefined : `${fields[19]} ${command}`;
};

const fromPs = (pid) =>
  execFileSync('ps', ['-ww', '-o', 'lstart=,command=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim() || undefined;
