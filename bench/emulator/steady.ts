/** What an emulator took while the story was played in a loop, and whether that stays. */
import type { Usage } from './process.ts';
import { figures, type Measured, median } from './report.ts';

export interface Soaked {
  readonly minutes: number;
  /** After each story that counts, in order. */
  readonly samples: readonly Usage[];
  /** The same after a restart with the state that was saved at the end. */
  readonly restarted: readonly Usage[];
  /** How many were played between the two saves, with those that do not count. */
  readonly storiesBetween: number;
  /** Millions of bytes, as saved before the first of those and after the last. */
  readonly stateBefore: number;
  readonly stateAfter: number;
}

/** Which share of the samples stands for the beginning, and which for the end. */
const SHARE = 0.1;
/** What is kept without being saved is gone after a restart, and so counts whole; how Python keeps the rest does not count. */
const MEMORY_LIMIT = 1.2;
/** Whoever leaks one thread, socket or file a story has long passed this after an hour. */
const STEADY_LIMIT = 1.1;
const KILO_IN_MEGA = 1_000;

/** Judges the loop. Growth is counted by the story, as the first ones after a start only warm it up. */
export const judged = (soaked: Soaked): Measured => {
  const { minutes, samples, restarted, storiesBetween, stateBefore, stateAfter } = soaked;
  const share = Math.max(1, Math.floor(samples.length * SHARE));
  const ends = (of: keyof Usage): [first: number, last: number] => {
    const values = samples.map((sample) => sample[of]);
    return [median(values.slice(0, share)), median(values.slice(-share))];
  };
  const [memoryFirst, memoryLast] = ends('memory');
  // From the middle of the beginning to the middle of the end.
  const memoryByStory = ((memoryLast - memoryFirst) / (samples.length - share)) * KILO_IN_MEGA;
  const memoryRestarted = median(restarted.map(({ memory }) => memory));
  const stateByStory = ((stateAfter - stateBefore) / storiesBetween) * KILO_IN_MEGA;
  const steady = (['threads', 'sockets', 'files'] as const).map((of) => ({ of, ends: ends(of) }));
  return {
    bars: [
      {
        what: 'Memory at the end, against after a restart with the state that was saved then',
        at: 'most',
        limit: MEMORY_LIMIT,
        measured: memoryLast / memoryRestarted,
        unit: 'times',
      },
      ...steady.map(({ of, ends: [first, last] }) => ({
        what: `${of[0]?.toUpperCase()}${of.slice(1)} at the end, against the beginning`,
        at: 'most' as const,
        limit: STEADY_LIMIT,
        measured: last / first,
        unit: 'times',
      })),
    ],
    tables: [
      {
        head: [
          `${samples.length} stories in ${figures(minutes)} minutes`,
          'At the beginning',
          'At the end',
          'After a restart',
          'By the story',
        ],
        rows: [
          [
            'Memory, MB',
            ...[memoryFirst, memoryLast, memoryRestarted].map(figures),
            `${figures(memoryByStory)} kB, ${figures(memoryByStory / stateByStory)} times the state`,
          ],
          ['Saved state, MB', figures(stateBefore), figures(stateAfter), '', `${figures(stateByStory)} kB`],
          ...steady.map(({ of, ends: [first, last] }) => [
            `${of[0]?.toUpperCase()}${of.slice(1)}`,
            figures(first),
            figures(last),
            figures(median(restarted.map((sample) => sample[of]))),
            '',
          ]),
        ],
      },
    ],
  };
};
