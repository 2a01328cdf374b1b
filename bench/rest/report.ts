/** What the bench of REST doors found, as its page shows it. */
import { type Bar, figures, holds, median, spread } from '../emulator/report.ts';
import type { Called, Profile } from '../payments/profile.ts';
import type { Circumstances } from '../payments/report.ts';
import { table } from '../table.ts';
import type { Round } from './load.ts';
import type { Asked } from './profile.ts';

/** The doors that are measured. */
export const DOORS = ['search', 'order'] as const;
export type Door = (typeof DOORS)[number];

/** A door of ordering beside its baseline. */
export interface Compared {
  /** How many requests in a round. */
  readonly amount: number;
  readonly connections: number;
  /** By rounds. */
  readonly shots: { readonly ours: readonly Round[]; readonly baseline: readonly Round[] };
  readonly profile: {
    readonly asked: readonly Asked[];
    /** All that were called, for one request. */
    readonly functions: Profile['functions'];
    /** How often DynamoDB is asked for one request, by the door and by all that hangs on it; the baseline asks once. */
    readonly dynamoCalls: number;
    readonly baseline: Called;
  };
}

export type Doors = { readonly [door in Door]: Compared };

const TITLES: { readonly [door in Door]: string } = {
  search: '`GET /restaurants`, beside a Lambda that makes the same query',
  order: '`POST /orders`, beside a Lambda that writes an item as large',
};

const LEAST = 0.7;

const all = (shots: readonly Round[], of: (shot: Round) => number): number[] => shots.map(of);

export const barsOf = (doors: Doors): readonly Bar[] =>
  DOORS.map((door) => {
    const { ours, baseline } = doors[door].shots;
    const rate = (of: readonly Round[]) => median(all(of, (shot) => shot.rate));
    return {
      ...{ what: `${TITLES[door].split(',')[0]} a second, to its baseline`, at: 'least', limit: LEAST },
      ...{ measured: rate(ours) / rate(baseline), unit: 'times' },
    };
  });

/** Answers that were none, a line each; a good run has none. */
export const differencesIn = (doors: Doors): string[] =>
  DOORS.flatMap((door) =>
    (['ours', 'baseline'] as const).flatMap((side) => {
      const errors = doors[door].shots[side].reduce((sum, shot) => sum + shot.errors, 0);
      return errors === 0 ? [] : [`${errors} errors of ${door}, ${side}`];
    }),
  );

/** A door with its baseline; also what the command prints. */
export const doorTables = (door: Door, { amount, connections, shots, profile }: Compared): string => {
  const row = (what: string, of: readonly Round[]) => [
    what,
    spread(all(of, ({ rate }) => rate)),
    spread(all(of, ({ p50 }) => p50)),
    spread(all(of, ({ p99 }) => p99)),
    spread(all(of, ({ emulatorMs }) => emulatorMs)),
    spread(all(of, ({ emulatorBusy }) => emulatorBusy)),
    String(all(of, ({ errors }) => errors).reduce((sum, one) => sum + one, 0)),
  ];
  const { asked, functions, dynamoCalls, baseline } = profile;
  const inAll = functions.reduce((sum, { ms }) => sum + ms, 0);
  return [
    `## ${TITLES[door]}`,
    `${amount} requests a round over ${connections} connections.`,
    table(
      ['', 'A second', 'p50, ms', 'p99, ms', 'Emulator, ms each', 'Emulator, % of a core', 'Errors'],
      [row('ordering', shots.ours), row('the baseline', shots.baseline)],
    ),
    'What the door says of itself, for one request:',
    table(
      ['Span', 'Times', 'ms each'],
      asked.map(({ what, times, ms }) => [what, figures(times), figures(ms)]),
    ),
    `What was called for one request, until nothing was left to do: ${figures(inAll)} ms of Lambda; the baseline’s took ${figures(baseline.ms)}. DynamoDB was asked ${figures(dynamoCalls)} times, by the baseline once. A function’s time has in it what a call waits for a free worker.`,
    table(
      ['Function', 'Calls', 'ms a call', 'ms in all'],
      functions
        .filter(({ ms }) => ms >= inAll / MENTIONED)
        .map(({ group, calls, ms }) => [group, figures(calls), figures(ms / calls), figures(ms)]),
    ),
  ].join('\n\n');
};

/** A share smaller than one of so many is not worth a line. */
const MENTIONED = 100;

export const restTables = (doors: Doors): string => {
  const differences = differencesIn(doors);
  return [
    table(
      ['Bar', 'Wanted', 'Measured', 'Holds'],
      barsOf(doors).map((bar) => [
        bar.what,
        `at least ${bar.limit}`,
        bar.measured.toFixed(2),
        holds(bar) ? 'yes' : '**no**',
      ]),
    ),
    differences.length === 0
      ? 'Every request was answered as it should be.'
      : differences.map((line) => `- ${line}`).join('\n'),
    ...DOORS.map((door) => doorTables(door, doors[door])),
  ].join('\n\n');
};

export const restPage = (doors: Doors, { commit, day, cores, load }: Circumstances): string => `# REST doors

Written by \`npm run bench:rest\` with ${commit} on ${day.toISOString().slice(0, 10)}, on a machine with ${cores} cores and a load of ${load.toFixed(1)} before it began. Medians of the rounds, with the lowest and the highest in parentheses. [How it is measured, and what keeps it below a bar](README.md#how-rest-doors-are-measured)

${restTables(doors)}
`;
