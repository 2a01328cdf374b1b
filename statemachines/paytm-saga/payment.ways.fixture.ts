/** Test help: the ways that a payment can take through its machine, and what its Lambdas say on them. */
import { TRANSIENT } from '../asl.ts';
import type { Act, MachineCase } from '../cases.fixture.ts';

export const SOON = Date.UTC(2100, 0, 1);
export const PASSED = 0;

export const BEFORE_THE_PIVOT = [
  'ValidateUser',
  'CheckKyc',
  'ValidateMerchant',
  'CheckFraud',
  'ReserveFunds',
  'ProcessPayment',
] as const;
export const CHOICES: readonly string[] = ['Approved', 'InTime'];
export const BEST_EFFORT = ['NotifyMerchant', 'SendReceipt', 'UpdateAnalytics'] as const;
export const FORWARD = [
  ...['ValidateUser', 'CheckKyc', 'ValidateMerchant', 'CheckFraud', 'ReserveFunds', 'Approved'],
  ...['ProcessPayment', 'InTime', 'SettleMerchant', ...BEST_EFFORT],
] as const;
export const BACK = ['RefundCharge', 'ReleaseHold'] as const;
export const ENDINGS = ['Completed', 'Refused', 'Compensated'] as const;

/** How often a task is asked again, as the machine means it. */
export const RETRIES = {
  ...Object.fromEntries([...BEFORE_THE_PIVOT, ...BEST_EFFORT].map((state) => [state, 3])),
  ...{ Resume: 6, TurnBack: 6, Close: 6, Park: 6, SettleMerchant: 6, RefundCharge: 6, ReleaseHold: 6 },
} as { readonly [state: string]: number };

export const NEVER_ASKED = { answers: null, never: true } as const;
export const answers = (answer: unknown): readonly Act[] => [{ answers: answer }];
export const resumes = (next: string, deadline = SOON) => ({ Resume: answers({ next, deadline }) });
export const closes = (next: string) => ({ Close: answers({ next }) });
export const turns = (next: string) => ({ TurnBack: answers({ next }) });

/** Once: whoever asks again gets a yes. */
export const refusing = (state: string, error: string) => ({
  [state]: [{ throws: error }, NEVER_ASKED] as const,
});
/** So many faults of the house list, one after the other, and then the answer. */
export const faults = (count: number, first = 0): readonly Act[] =>
  Array.from({ length: count }, (_, n) => ({
    throws: TRANSIENT[(first + n) % TRANSIENT.length] ?? '',
  }));
/** One fault more than its patience bears, and then the answer that nobody waits for. */
export const givingUp = (state: string) => ({
  [state]: [...Array<Act>((RETRIES[state] ?? 0) + 1).fill({ throws: 'TransientError' }), NEVER_ASKED],
});

/** Each answers at the last attempt that its patience bears. */
export const lastAttempts = (states: readonly string[]): MachineCase['script'] =>
  Object.fromEntries(
    states.map((state, n) => [state, [...faults(RETRIES[state] ?? 0, n), ...answers(null)]]),
  );

export const ended = (next: string): Pick<MachineCase, 'ends'> => ({ ends: { output: { next } } });
/** Parking is an answer too: what the Lambda said that parked it. */
export const parked: Pick<MachineCase, 'ends'> = { ends: { output: null } };
export const failed = (error: string): Pick<MachineCase, 'ends'> => ({ ends: { error } });
export const START = ['Resume', 'Route'] as const;
export const after = <T extends string>(states: readonly T[], state: T): readonly T[] =>
  states.slice(states.indexOf(state));

/** From a state to the end, if all goes well: forward, or back. */
export const onwards = (from: string): readonly string[] =>
  (FORWARD as readonly string[]).includes(from)
    ? [...after<string>(FORWARD, from), 'Close', 'Route', 'Completed']
    : [...after<string>(BACK, from), 'Close', 'Route', 'Compensated'];

/** Where the record of a saga that failed there leads when it turns: to what may have happened, newest first. */
export const turning = (at: string): { next: string; way: readonly string[]; to: string } => {
  if (at === 'ProcessPayment' || at === 'SettleMerchant') {
    return { next: 'RefundCharge', way: onwards('RefundCharge'), to: 'Compensated' };
  }
  // A hold that was refused is released all the same: it may have been given after all.
  if (at === 'ReserveFunds') {
    return { next: 'ReleaseHold', way: ['ReleaseHold', 'Close', 'Route', 'Refused'], to: 'Refused' };
  }
  return { next: 'Close', way: ['Close', 'Route', 'Refused'], to: 'Refused' };
};

/** The way to a state, that state included. */
export const upTo = (state: string): readonly string[] => [
  ...START,
  ...FORWARD.slice(0, (FORWARD as readonly string[]).indexOf(state) + 1),
];

export const turnedAt = (state: string, error: string, script: MachineCase['script']): MachineCase => {
  const { next, way, to } = turning(state);
  return {
    script: { ...resumes('ValidateUser'), ...turns(next), ...closes(to), ...script },
    path: [...upTo(state), 'TurnBack', 'Route', ...way],
    told: { TurnBack: error },
    ...ended(to),
  };
};

export const family = <T extends string>(
  states: readonly T[],
  name: (state: T) => string,
  of: (state: T) => MachineCase,
) => Object.fromEntries(states.map((state) => [name(state), of(state)]));

export const RETRY_TIMES =
  'stock MiniStack ignores MaxDelaySeconds and the jitter; only the times differ, and they are not compared';
