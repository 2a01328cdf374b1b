/** What the bench of payments found, as its page shows it. */
import type { PaymentView } from '../../functions/paytm-saga/contract.ts';
import type { Equation } from '../../localstack/story/books.ts';
import type { ArmedFault } from '../../shared/faults/index.ts';
import { type Bar, holds, median, spread } from '../emulator/report.ts';
import { table } from '../table.ts';
import type { PaidBy, PlannedFault } from './plan.ts';
import type { Profile, StateTime } from './profile.ts';

export interface Ended {
  /** Empty where it could not even be started. */
  readonly id: string;
  /** `in_progress` where it did not end in time. */
  readonly status: PaymentView['status'];
  /** The name of the error that turned it back or parked it; of one that did not end, what was waited for. */
  readonly reason?: string;
  readonly method: PaidBy;
  readonly faults: readonly PlannedFault[];
  /** Where it needs attention: whether it lay in the parking queue, and the queue's alarm rang. */
  readonly told: boolean;
  /** From its first start until it was seen to have ended. */
  readonly seconds: number;
}

export interface Storm {
  readonly seed: number;
  readonly clients: number;
  readonly seconds: number;
  readonly payments: readonly Ended[];
  readonly faults: readonly (Omit<ArmedFault, 'timesLeft'> & {
    readonly times: number;
    readonly left: number;
  })[];
  /** Payments of which the list of their payer says something else. */
  readonly unlike: readonly string[];
  readonly books: readonly Equation[];
}

export interface Throughput {
  readonly clients: number;
  /** How many of each in a round. */
  readonly payments: number;
  readonly executions: number;
  /** A second, by rounds. */
  readonly rates: { readonly payments: readonly number[]; readonly baseline: readonly number[] };
  readonly profile: Profile;
}

export interface Circumstances {
  /** The commit that was deployed. */
  readonly commit: string;
  readonly day: Date;
  readonly cores: number;
  /** Processes that wanted to run, of the last minute, before the bench began. */
  readonly load: number;
}

/** Payments a second, to executions of the baseline. */
export const ratioBar = ({ rates }: Throughput): Bar => ({
  what: 'payments a second, to executions of the baseline',
  at: 'least',
  limit: 0.7,
  measured: median(rates.payments) / median(rates.baseline),
  unit: 'times',
});

/** Everything that should not be, a line each; a good run has none. */
export const differencesIn = ({ payments, faults, unlike, books }: Storm): string[] => [
  ...payments
    .filter(({ status }) => status === 'in_progress')
    .map(({ id, faults: armed, reason }) => `${id || 'a payment'} did not end (${named(armed)}): ${reason}`),
  ...payments
    .filter(({ status, faults: armed }) => armed.length === 0 && status !== 'completed')
    .map(({ id, status, reason }) => `${id} had no fault and ended ${status} (${reason ?? 'no reason'})`),
  ...unlike.map((id) => `${id} is not listed as it ended`),
  ...payments.filter(({ told }) => !told).map(({ id }) => `${id} needs attention, and nobody is told`),
  ...faults.filter(({ times, left }) => left === times).map((fault) => `did not happen: ${named([fault])}`),
  ...books.filter((equation) => !equation.holds).map(({ what, seen }) => `the books: ${what.en}: ${seen.en}`),
];

type Named = Pick<PlannedFault, 'function' | 'kind' | 'point' | 'times'>;
const named = (faults: readonly Named[]): string =>
  faults.map(({ function: name, kind, point, times }) => `${kind} ${point} ${name} ×${times}`).join(', ') ||
  'no fault';

const STATUSES = ['completed', 'refused', 'compensated', 'needs_attention', 'in_progress'] as const;

/** How a storm went; also what the command prints. */
export const stormTables = (storm: Storm): string => {
  const { payments, faults, seed, clients, seconds, books } = storm;
  const ending = (of: readonly Ended[]) =>
    STATUSES.map((status) => String(of.filter((one) => one.status === status).length));
  const fired = (of: Storm['faults']) => of.filter(({ times, left }) => left < times);
  const calls = (of: Storm['faults']) => of.reduce((sum, { times, left }) => sum + times - left, 0);
  const head = ['Completed', 'Refused', 'Compensated', 'Parked and alarmed', 'Not ended'];
  const withFault = payments.filter((payment) => payment.faults.length > 0);
  const without = payments.filter((payment) => payment.faults.length === 0);
  const slowest = (of: readonly Ended[]) =>
    [0.5, 0.99].map((part) =>
      quantile(
        of.map((one) => one.seconds),
        part,
      ).toFixed(1),
    );
  const row = (what: string, of: readonly Ended[]) => [
    what,
    String(of.length),
    ...ending(of),
    ...slowest(of),
  ];
  const differences = differencesIn(storm);
  return [
    `Seed ${seed}, ${clients} at a time, ${seconds.toFixed(0)} s in all. ${
      differences.length === 0 ? 'Nothing differs.' : 'What differs:'
    }`,
    ...(differences.length === 0 ? [] : [differences.map((line) => `- ${line}`).join('\n')]),
    table(
      ['Payments', 'In all', ...head, 'Median, s', '99 of 100 within, s'],
      [
        row('without a fault', without),
        row('with a fault', withFault),
        ...[...new Set(payments.map(({ method }) => method))].sort().map((method) =>
          row(
            `by \`${method}\``,
            payments.filter((one) => one.method === method),
          ),
        ),
      ],
    ),
    table(
      ['Fault', 'Armed', 'Happened', 'Calls that met it'],
      [...Map.groupBy(faults, ({ kind, point }) => `${kind}, ${point} the effect`)]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([what, of]) => [what, of.length, fired(of).length, calls(of)].map(String))
        .concat([['all', faults.length, fired(faults).length, calls(faults)].map(String)]),
    ),
    table(
      ['Equation of the books', 'Holds', 'Seen'],
      books.map(({ what, seen, holds: held }) => [what.en, held ? 'yes' : '**no**', seen.en]),
    ),
  ].join('\n\n');
};

/** How fast payments go beside the baseline, and where their time goes. */
export const throughputTables = (throughput: Throughput): string => {
  const { clients, payments, executions, rates, profile } = throughput;
  const bar = ratioBar(throughput);
  const states = inAll(profile.states);
  const called = {
    calls: profile.functions.reduce((sum, { calls }) => sum + calls, 0),
    ms: profile.functions.reduce((sum, { ms }) => sum + ms, 0),
  };
  const perCall = (ms: number, calls: number) => (calls === 0 ? '' : (ms / calls).toFixed(0));
  return [
    table(
      ['', 'In a round', 'A second'],
      [
        ['payments', String(payments), spread(rates.payments)],
        ['the baseline', String(executions), spread(rates.baseline)],
      ],
    ),
    table(
      ['Bar', 'Wanted', 'Measured', 'Holds'],
      [[bar.what, `at least ${bar.limit}`, bar.measured.toFixed(2), holds(bar) ? 'yes' : '**no**']],
    ),
    `### Where a payment’s time goes

By states, on the average of ${profile.sampled} payments, ${clients} at a time, in milliseconds: from entering a state to leaving it; in it the handler at work, from its span; in that, calls of DynamoDB, and of the bank with everything that it does. Before it, looks for armed faults. The rest is Step Functions, Lambda and waiting for a free processor.`,
    table(
      ['State', 'In all', 'Handler', 'DynamoDB', 'Calls', 'The bank', 'Faults', 'The rest'],
      [...profile.states, states].map((one) => [
        one.state,
        ...[one.ms, one.handlerMs, one.dynamoMs].map((ms) => ms.toFixed(0)),
        one.dynamoCalls.toFixed(1),
        ...[one.bankMs, one.faultsMs, one.ms - one.handlerMs - one.faultsMs].map((ms) => ms.toFixed(0)),
      ]),
    ),
    `By functions: how often each was called for one payment, the machine’s tasks and all that hangs on it. In all they are called ${called.calls.toFixed(1)} times and take ${called.ms.toFixed(0)} ms; the baseline’s are called ${profile.baseline.calls.toFixed(1)} times, ${perCall(profile.baseline.ms, profile.baseline.calls)} ms each, and take ${profile.baseline.ms.toFixed(0)}. A payment’s tasks call DynamoDB ${states.dynamoCalls.toFixed(1)} times, the baseline’s as often as there are.`,
    table(
      ['Functions', 'Calls', 'Lambda, ms a call', 'Lambda, ms in all'],
      profile.functions.map(({ group, calls, ms }) => [
        group,
        calls.toFixed(1),
        perCall(ms, calls),
        ms.toFixed(0),
      ]),
    ),
  ].join('\n\n');
};

export const paymentsPage = (
  storm: Storm,
  throughput: Throughput,
  { commit, day, cores, load }: Circumstances,
): string => `# Payments under load

Written by \`npm run bench:payments\` with ${commit} on ${day.toISOString().slice(0, 10)}, on a machine with ${cores} cores and a load of ${load.toFixed(1)} before it began. [How it is measured](README.md#how-payments-are-put-under-load)

## ${storm.payments.length.toLocaleString('en-IN')} payments, each tenth with a fault

${stormTables(storm)}

## Throughput

${throughputTables(throughput)}
`;

const inAll = (states: readonly StateTime[]): StateTime => {
  const sum = (of: (state: StateTime) => number) => states.reduce((total, one) => total + of(one), 0);
  return {
    ...{ state: 'all', ms: sum(({ ms }) => ms), handlerMs: sum(({ handlerMs }) => handlerMs) },
    ...{ dynamoMs: sum(({ dynamoMs }) => dynamoMs), dynamoCalls: sum(({ dynamoCalls }) => dynamoCalls) },
    ...{ bankMs: sum(({ bankMs }) => bankMs), faultsMs: sum(({ faultsMs }) => faultsMs) },
  };
};

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
