/** What the bench of bookings found, as its page shows it. */
import { type Bar, figures, holds, median, spread } from '../emulator/report.ts';
import type { Called, Profile } from '../payments/profile.ts';
import type { Circumstances } from '../payments/report.ts';
import type { Asked } from '../rest/profile.ts';
import { table } from '../table.ts';
import type { Size } from './throughput.ts';

/** Our line while nothing follows from it, the same as the city runs, and the consumer that writes once. */
export const SIDES = ['alone', 'live', 'baseline'] as const;
export type Side = (typeof SIDES)[number];

/** A round, in seconds since its first message was told. */
export interface Round {
  /** When the last message was accepted. */
  readonly told: number;
  /** When the last was worked on. */
  readonly done: number;
  /** When the last booking was a ticket. */
  readonly ticketed?: number;
  /** Milliseconds of a processor that the emulator worked for each, until the last was worked on; NaN where no /proc tells. */
  readonly emulatorMs: number;
}

export interface Throughput {
  readonly seed: number;
  readonly size: Size;
  readonly rounds: { readonly [side in Side]: readonly Round[] };
  /** Bookings that became something else than a ticket, a line each. */
  readonly others: readonly string[];
  /** Of the last round as the city runs; calls for one booking. */
  readonly profile: {
    readonly consumer: Called;
    /** What the consumer asks for. */
    readonly asked: readonly Asked[];
    readonly baseline: Called;
    /** All that were called, until nothing was left to do. */
    readonly functions: Profile['functions'];
    /** What all of them asked for. */
    readonly all: readonly Asked[];
  };
}

const LEAST = 0.7;

const NAMES: { readonly [side in Side]: string } = {
  alone: 'the line, while what follows is held back',
  live: 'the line, as the city runs',
  baseline: 'the baseline',
};

const rates = ({ rounds, size }: Throughput, side: Side): readonly number[] =>
  rounds[side].map(({ done }) => size.requests / done);
const tickets = ({ rounds, size }: Throughput): readonly number[] =>
  rounds.live.map(({ ticketed = Number.NaN }) => size.requests / ticketed);

/** Against the baseline's rate. */
const bar = (found: Throughput, what: string, ours: readonly number[]): Bar => ({
  ...{ what, at: 'least', limit: LEAST, unit: 'times' },
  measured: median(ours) / median(rates(found, 'baseline')),
});

export const barsOf = (found: Throughput): readonly Bar[] => [
  bar(
    found,
    'bookings a second that have places, as the city runs, to messages of the baseline',
    rates(found, 'live'),
  ),
];

/** For whoever asks what the bar would be of. */
const beside = (found: Throughput): readonly Bar[] => [
  bar(found, 'the same, while what follows is held back', rates(found, 'alone')),
  bar(found, 'bookings a second that are tickets, paid by the payment saga', tickets(found)),
];

export const bookingsTables = (found: Throughput): string => {
  const { size, seed, rounds, others, profile } = found;
  const row = (side: Side) => [
    NAMES[side],
    spread(rates(found, side)),
    spread(rounds[side].map(({ told }) => told)),
    spread(rounds[side].map(({ done }) => done)),
    spread(rounds[side].map(({ emulatorMs }) => emulatorMs)),
  ];
  const inAll = profile.functions.reduce((sum, { ms }) => sum + ms, 0);
  return [
    table(
      ['Bar', 'Wanted', 'Measured', 'Holds'],
      [
        ...barsOf(found).map((one) => [
          ...[one.what, `at least ${LEAST}`, one.measured.toFixed(2), holds(one) ? 'yes' : '**no**'],
        ]),
        ...beside(found).map((one) => [one.what, '–', one.measured.toFixed(2), '–']),
      ],
    ),
    others.length === 0 ? 'Every booking became a ticket.' : others.map((line) => `- ${line}`).join('\n'),
    `${size.requests} messages a round in ${size.lines} groups, from seed ${seed}.`,
    table(['', 'A second', 'Told after, s', 'Done after, s', 'Emulator, ms each'], SIDES.map(row)),
    `The last of ${size.requests} was a ticket after ${spread(rounds.live.map(({ ticketed = Number.NaN }) => ticketed))} s: ${spread(tickets(found))} a second.`,
    `## Where the time goes\n\nOf the last round as the city runs, for one booking. The consumer was called ${figures(profile.consumer.calls)} times, ${figures(profile.consumer.ms)} ms in all; the baseline’s ${figures(profile.baseline.calls)} times and ${figures(profile.baseline.ms)} ms. It asks for:`,
    askedTable(profile.asked),
    `What was called for one booking until it was a ticket and all was told: ${figures(inAll)} ms of Lambda. A function’s time has in it what a call waits for a free worker.`,
    table(
      ['Function', 'Calls', 'ms a call', 'ms in all'],
      profile.functions
        .filter(({ ms }) => ms >= inAll / MENTIONED)
        .map(({ group, calls, ms }) => [group, figures(calls), figures(ms / calls), figures(ms)]),
    ),
    'And what all of them asked for:',
    askedTable(profile.all),
  ].join('\n\n');
};

const askedTable = (asked: readonly Asked[]): string =>
  table(
    ['Call', 'Times', 'ms each'],
    asked.map(({ what, times, ms }) => [what, figures(times), figures(ms)]),
  );

/** A share smaller than one of so many is not worth a line. */
const MENTIONED = 100;

export const bookingsPage = (
  found: Throughput,
  { commit, day, cores, load }: Circumstances,
): string => `# Railway bookings

Written by \`npm run bench:bookings\` with ${commit} on ${day.toISOString().slice(0, 10)}, on a machine with ${cores} cores and a load of ${load.toFixed(1)} before it began. Medians of the rounds, with the lowest and the highest in parentheses. [How it is measured, and what keeps it below the bar](README.md#how-bookings-are-measured)

${bookingsTables(found)}
`;
