import { describe, expect, it } from 'vitest';
import {
  hardLimitIn,
  hasProc,
  mostDescriptors,
  secondsIn,
  statusOf,
  usageOf,
  workedSeconds,
} from './process.ts';

it('reads memory and threads', () => {
  const status = 'Name:\tpython\nVmHWM:\t  999 kB\nVmRSS:\t   95000 kB\nThreads:\t41\n';
  expect(statusOf(status)).toEqual({ memory: 97.28, threads: 41 });
});

it('reads the time of a process whose name looks like other fields', () => {
  expect(secondsIn('42 (py) S 1 (x) R 1 1 1 0 -1 4194560 9 0 0 0 150 50 7 7 20 0 41 0 12345')).toBe(2);
});

it('reads how many descriptors a process may have', () => {
  const limits = (hard: string) =>
    `Limit                     Soft Limit           Hard Limit           Units\nMax processes             95                 95                 processes\nMax open files            1024                 ${hard}                files\n`;
  expect([hardLimitIn(limits('20000')), hardLimitIn(limits('unlimited'))]).toEqual([
    20_000,
    Number.POSITIVE_INFINITY,
  ]);
});

describe.runIf(hasProc)('on Linux', () => {
  it('tells of this process', () => {
    const { memory, threads, files } = usageOf(process.pid);
    expect(memory).toBeGreaterThan(10);
    expect(threads).toBeGreaterThan(1);
    expect(files).toBeGreaterThan(2);
    expect(mostDescriptors()).toBeGreaterThan(100);
    expect(workedSeconds(process.pid)).toBeGreaterThan(0);
  });
});
