import { expect, it } from 'vitest';
import type { Usage } from './process.ts';
import { holds } from './report.ts';
import { judged } from './steady.ts';

/** Forty stories; what is given is added by each, and a restart keeps as much of the memory. */
const soaked = (
  { memory = 0, threads = 0, sockets = 0, files = 0 }: Partial<Usage>,
  kept = 100 + 39 * memory,
) => ({
  minutes: 5,
  restarted: [{ memory: kept, threads: 300, sockets: 50, files: 200 }],
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

const failing = (...soak: Parameters<typeof soaked>) =>
  judged(soaked(...soak)).bars.flatMap((bar) => (holds(bar) ? [] : [bar.what]));

it('compares memory at the end with what the saved state takes after a restart', () => {
  const [memory] = judged(soaked({ memory: 2.5 }, 158.4)).bars;
  // The last four stories had 190 to 197.5 MB.
  expect(memory?.measured).toBeCloseTo(193.75 / 158.4);
});

it('holds when nothing but memory grows, and a restart with the state takes as much again', () => {
  expect(failing({ memory: 2.5 })).toEqual([]);
});

it.each<[Partial<Usage>, number | undefined, string]>([
  [{ memory: 2.5 }, 150, 'Memory at the end, against after a restart with the state that was saved then'],
  [{ threads: 1 }, undefined, 'Threads at the end, against the beginning'],
  [{ sockets: 1 }, undefined, 'Sockets at the end, against the beginning'],
  [{ files: 1 }, undefined, 'Files at the end, against the beginning'],
])('does not hold when each story leaves %o and a restart takes %s MB', (growth, kept, what) => {
  expect(failing(growth, kept)).toEqual([what]);
});

it('shows the first and the last', () => {
  const [table] = judged(soaked({ memory: 0.2 })).tables;
  expect(table?.head[0]).toBe('40 stories in 5.0 minutes');
  expect(table?.rows[0]).toEqual(['Memory, MB', '100', '108', '108', '200 kB, 1.0 times the state']);
  expect(table?.rows[1]).toEqual(['Saved state, MB', '10.0', '20.0', '', '200 kB']);
});
