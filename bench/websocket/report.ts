/** What the bench of sockets found, as its page shows it. */
import { figures, median, spread } from '../emulator/report.ts';
import type { Circumstances } from '../payments/report.ts';
import { table } from '../table.ts';
import type { Heard, Size } from './driver.ts';
import { KINDS, type Kind } from './rooms.ts';

export interface Sockets {
  readonly size: Omit<Size, 'rounds'>;
  /** By rounds. */
  readonly rounds: { readonly [kind in Kind]: readonly Heard[] };
}

const NAMES: { readonly [kind in Kind]: string } = {
  tracking: 'tracking',
  pass: 'the bare route',
  ws: '`ws` alone',
};

/** Everything that should not be, a line each; a good run has none. */
export const differencesIn = ({ size, rounds }: Sockets): string[] =>
  KINDS.flatMap((kind) => {
    const lost = sumOf(rounds[kind], ({ open }) => size.held - open);
    const missed = sumOf(rounds[kind], (heard) => heard.missed);
    return [
      ...(lost > 0 ? [`${NAMES[kind]}: ${lost} connections were lost`] : []),
      ...(missed > 0 ? [`${NAMES[kind]}: ${missed} pushes did not come`] : []),
    ];
  });

const sumOf = (rounds: readonly Heard[], of: (heard: Heard) => number): number =>
  rounds.reduce((sum, one) => sum + of(one), 0);

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[
    Math.min(values.length - 1, Math.floor(values.length * part))
  ] ?? Number.NaN;

/** Of one figure, by rounds. */
const told = (rounds: readonly Heard[], of: (heard: Heard) => number): string => {
  const values = rounds.map(of);
  return values.some(Number.isNaN) ? '–' : spread(values);
};

/** How it went; also what the command prints. */
export const socketTables = (sockets: Sockets): string => {
  const { size, rounds } = sockets;
  const row = (kind: Kind) => [
    NAMES[kind],
    told(rounds[kind], ({ open }) => open),
    told(rounds[kind], ({ opened }) => opened),
    told(rounds[kind], ({ fromSaid }) => quantile(fromSaid, 0.5)),
    told(rounds[kind], ({ fromSaid }) => quantile(fromSaid, 0.99)),
    told(rounds[kind], ({ pushed }) => pushed),
    kind === 'ws' ? '–' : told(rounds[kind], ({ emulatorMs }) => emulatorMs),
    String(sumOf(rounds[kind], ({ missed }) => missed)),
  ];
  const ours = rounds.tracking;
  const differences = differencesIn(sockets);
  return [
    `${size.held} connections, of which ${size.followers} hear; ${size.singles} messages one after the other, then ${size.burst} by three speakers at once. ${
      differences.length === 0 ? 'No connection was lost, and no push missing.' : 'What differs:'
    }`,
    ...(differences.length === 0 ? [] : [differences.map((line) => `- ${line}`).join('\n')]),
    table(
      [
        ...['', 'Open at the end', 'Opened a second', 'Fan-out p50, ms', 'p99, ms'],
        ...['Pushed a second', 'Emulator, ms a push', 'Missed'],
      ],
      KINDS.map(row),
    ),
    `Fan-out is from sending a message until each has it. From its acceptance, the answer to who sent it, it is with tracking ${told(ours, ({ fromAccepted }) => quantile(fromAccepted, 0.5))} ms for half of the pushes, and ${told(ours, ({ fromAccepted }) => quantile(fromAccepted, 0.99))} ms for 99 of 100. Before it opens, tracking gives out ${told(ours, ({ tickets }) => tickets)} tickets a second; afterwards ${told(ours, ({ followed }) => followed)} begin to follow.`,
    table(
      ['Ratio', 'Opened a second', 'Fan-out p50', 'Pushed a second'],
      [ratio(sockets, 'tracking', 'pass'), ratio(sockets, 'pass', 'ws')],
    ),
  ].join('\n\n');
};

const ratio = ({ rounds }: Sockets, one: Kind, other: Kind): string[] => {
  const between = (of: (heard: Heard) => number) =>
    figures(median(rounds[one].map(of)) / median(rounds[other].map(of)));
  return [
    `${NAMES[one]} to ${NAMES[other]}`,
    between(({ opened }) => opened),
    between(({ fromSaid }) => quantile(fromSaid, 0.5)),
    between(({ pushed }) => pushed),
  ];
};

export const socketPage = (
  sockets: Sockets,
  { commit, day, cores, load }: Circumstances,
): string => `# Live tracking over sockets

Written by \`npm run bench:websocket\` with ${commit} on ${day.toISOString().slice(0, 10)}, on a machine with ${cores} cores and a load of ${load.toFixed(1)} before it began. Medians of the rounds, with the lowest and the highest in parentheses. [How it is measured, and where the emulator is the limit](README.md#how-sockets-are-measured)

${socketTables(sockets)}
`;
