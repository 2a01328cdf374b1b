/** What was measured in the browser, as the committed page shows it. */

import { table } from '../table.ts';
import { type InBrowser, LARGE, type OneSize, SMALL } from './browser.ts';
import { ACTS, type Act, MOMENTS } from './drive.ts';

/**
 * So much later than at the small size the slow frames may come, and so much longer the longest task may be. A frame is
 * a sixtieth of a second, so two are the least that can be more than one.
 */
const MOST_TIMES = 2;
/** What is shorter than this nobody calls a stutter, whatever it is a multiple of. */
const NOTICED_MS = 100;

export interface FluidBar {
  readonly act: Act;
  /** Of nineteen frames out of twenty, and of tasks: at the large size, and as a multiple of the small one. */
  readonly slow: Compared;
  readonly task: Compared;
  readonly holds: boolean;
}
interface Compared {
  readonly ms: number;
  readonly times: number;
}

const compared = (large: number, small: number): Compared => ({
  ms: large,
  times: large === small ? 1 : large / small,
});
const isFluid = ({ ms, times }: Compared): boolean => ms <= NOTICED_MS || times <= MOST_TIMES;

/** What somebody does is as fluid at the large size as at the small one, or no slower than can be noticed. */
export const fluidBars = ({ small, large }: InBrowser): readonly FluidBar[] =>
  ACTS.map((act) => {
    const [one, other] = [large.acts[act], small.acts[act]];
    const slow = compared(one.slow, other.slow);
    const task = compared(one.longestTask, other.longestTask);
    return { act, slow, task, holds: isFluid(slow) && isFluid(task) };
  });

export const inBrowserSection = (found: InBrowser): string => {
  const { small, large, rounds, browser } = found;
  const n = (count: number) => new Intl.NumberFormat('en-IN').format(count);
  const ms = (value: number) => value.toFixed(0);
  const times = (one: number, other: number) => (one === other ? '1.0' : (one / other).toFixed(1));
  const kb = (of: (size: OneSize) => number) => [n(of(large)), n(of(small)), times(of(large), of(small))];
  return [
    '## In a browser',
    `The built page in ${browser}, before a stand-in for the doors of a city: ${n(LARGE.events)} events of a run, ${n(LARGE.runs)} executions, ${n(LARGE.traces)} traces and as many events of the city; small are ${n(SMALL.events)} of each. ${n(rounds)} visits of each size, in turn.`,
    table(
      ['Until it is shown, from the start of the navigation', 'ms', 'small', 'times'],
      [
        ...MOMENTS.map((moment) => {
          const [one, other] = [large.moments[moment], small.moments[moment]];
          return [moment, ms(one), ms(other), times(one, other)];
        }),
        [
          'kB over the wire, not compressed, at a first visit',
          ...kb(({ kb: { first } }) => Math.round(first)),
        ],
        ['kB with the page in the cache', ...kb(({ kb: { again } }) => Math.round(again))],
      ],
    ),
    `Frames of a screen that draws sixty times a second come each 16.7 ms; in brackets those of the small size. A long task takes more than 50 ms; the longest are those of a visit, the median of all. What somebody does is fluid where 95 % of the frames, and the longest task, take no more than ${NOTICED_MS} ms, or no more than ${MOST_TIMES} times as long as at the small size.`,
    table(
      ['What somebody does', 'median', '95 %', 'longest', 'long tasks', 'longest task', 'elements', 'Fluid'],
      fluidBars(found).map(({ act, holds }) => {
        const [one, other] = [large.acts[act], small.acts[act]];
        const both = (of: (size: typeof one) => string) => `${of(one)} (${of(other)})`;
        return [
          act,
          both(({ median }) => ms(median)),
          both(({ slow }) => ms(slow)),
          both(({ longest }) => ms(longest)),
          both(({ longTasks }) => longTasks.toFixed(1)),
          both(({ longestTask }) => ms(longestTask)),
          both(({ nodes }) => n(nodes)),
          holds ? 'yes' : '**no**',
        ];
      }),
    ),
  ].join('\n\n');
};
