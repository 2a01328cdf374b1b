/** What a process takes of the machine, as Linux tells in /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Usage {
  /** Memory that is resident, in millions of bytes. */
  readonly memory: number;
  readonly threads: number;
  readonly sockets: number;
  /** Open files of every other kind: files on the disk, pipes, and what else has a descriptor. */
  readonly files: number;
}

/** Elsewhere neither memory nor processor time is told; what needs them says so. */
export const hasProc = process.platform === 'linux';

const KIB = 1_024;
const MEGA = 1_000_000;

/** @throws {Error} the process is gone, or this is no Linux */
export const usageOf = (pid: number): Usage => {
  const descriptors = readdirSync(`/proc/${pid}/fd`).map((fd) => targetOf(`/proc/${pid}/fd/${fd}`));
  return {
    ...statusOf(readFileSync(`/proc/${pid}/status`, 'utf8')),
    sockets: descriptors.filter((target) => target?.startsWith('socket:')).length,
    files: descriptors.filter((target) => target && !target.startsWith('socket:')).length,
  };
};

/** Undefined for a descriptor that was closed while we looked. */
const targetOf = (link: string): string | undefined => {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
};

/** Reads /proc/<pid>/status. */
export const statusOf = (status: string): Pick<Usage, 'memory' | 'threads'> => {
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return { memory: (field('VmRSS') * KIB) / MEGA, threads: field('Threads') };
};

/** Linux counts the time of a process in hundredths of a second, whatever its own clock does. */
const TICKS_A_SECOND = 100;

/** Reads /proc/<pid>/stat: the seconds that a processor has worked for the process. */
export const secondsIn = (stat: string): number => {
  // The name, in parentheses, may hold anything; after it come the state and, twelfth and thirteenth, user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
};

/** The seconds that a processor has worked for a process until now. */
export const workedSeconds = (pid: number): number => secondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));

/** Reads /proc/<pid>/limits: how many descriptors a process may raise itself to, as Node and the emulator both do. */
export const hardLimitIn = (limits: string): number => {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  return hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
};

/** How many descriptors a process that we start can have; no limit is known where /proc is not. */
export const mostDescriptors = (): number =>
  hasProc ? hardLimitIn(readFileSync('/proc/self/limits', 'utf8')) : Number.POSITIVE_INFINITY;
