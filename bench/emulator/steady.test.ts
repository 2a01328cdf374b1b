import { expect, it } from 'vitest';
import type { Usage } from './process.ts';
import { holds } from './report.ts';
import { judged } from './steady.ts';

/** Forty stories; what is given is added by each. */
const soaked = ({ memory = 0, threads = 0, sockets = 0, files = 0 }: Partial<Usage>) => ({
  minutes: 5,
  samples: Array.from({ length: 40 }, (_, story) => ({
    memory: 100 + story * memory,
    threads: 300 + story * threads,
    sockets: 50 + story * sockets,
    files: 200 + story * files,
  })),
  storiesBetween: 50,
  stateBefore: 10,
  stateAfter: 20,
});

const verdicts = (growth: Partial<Usage>) =>
  Object.fromEntries(judged(soaked(growth)).bars.map((bar) => [bar.what, holds(bar)]));

it('compares what a story adds to memory with what it adds to the saved state', () => {
  const [memory] = judged(soaked({ memory: 0.3 })).bars;
  // 300 kB each, to the 200 kB of ten megabytes by fifty stories.
  expect(memory?.measured).toBeCloseTo(1.5);
});

it('holds when nothing but memory grows, and that by no more than half again the state', () => {
  expect(Object.values(verdicts({ memory: 0.29 }))).toEqual([true, true, true, true]);
});

it.each([
  [{ memory: 0.4 }, 'Memory that a story adds, against saved state that it adds'],
  [{ threads: 1 }, 'Threads at the end, against the beginning'],
  [{ sockets: 1 }, 'Sockets at the end, against the beginning'],
  [{ files: 1 }, 'Files at the end, against the beginning'],
])('does not hold when each story leaves %o', (growth, what) => {
  expect(Object.entries(verdicts(growth)).flatMap(([bar, held]) => (held ? [] : [bar]))).toEqual([what]);
});

it('shows the first and the last', () => {
  const [table] = judged(soaked({ memory: 0.2 })).tables;
  expect(table?.head[0]).toBe('40 stories in 5.0 minutes');
  expect(table?.rows[0]).toEqual(['Memory, MB', '100', '108', '200 kB']);
  expect(table?.rows[1]).toEqual(['Saved state, MB', '10.0', '20.0', '200 kB']);
});
