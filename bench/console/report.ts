/** What was measured, as the committed page shows it. */
import { availableParallelism } from 'node:os';
import { table } from '../table.ts';
import type { InBrowser } from './browser.ts';
import { inBrowserSection } from './browser-report.ts';
import type { Measured } from './measure.ts';

/** One frame of a screen that draws sixty times a second: a slider that takes longer stutters. */
export const FRAME_MS = 16;

export const holds = ({ slowestMoveMs }: Measured): boolean => slowestMoveMs <= FRAME_MS;

export const consolePage = (
  measured: Measured,
  browser: InBrowser,
  of: { readonly commit: string; readonly load: number },
): string => {
  const { size, timed, slowestMoveMs } = measured;
  const [node] = process.versions.node.split('.');
  const n = (count: number) => new Intl.NumberFormat('en-IN').format(count);
  return [
    '# What the console takes',
    `Written by \`npm run bench:console\` with ${of.commit} on a machine with ${availableParallelism()} cores, a load of ${of.load.toFixed(1)}, and Node ${node}. Milliseconds differ from machine to machine; ratios should not. [How it is measured](README.md)`,
    inBrowserSection(browser),
    '## Its models, without a browser',
    `${n(size.events)} events, ${n(size.runs)} executions; medians of ${n(size.rounds)} rounds.`,
    table(
      ['Bar', 'At most', 'Measured', 'Holds'],
      [
        [
          `The slowest of ${n(size.places)} moves of the cursor`,
          `${FRAME_MS} ms`,
          `${slowestMoveMs.toFixed(1)} ms`,
          holds(measured) ? 'yes' : '**no**',
        ],
      ],
    ),
    table(
      ['What', 'ms', 'Of reading the same from JSON'],
      timed.map(({ what, ms, ofParsing }) => [what, ms.toFixed(2), ofParsing.toFixed(2)]),
    ),
  ].join('\n\n');
};
