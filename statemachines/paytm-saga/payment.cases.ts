/** The named cases of a payment: each Retry, each Catch and each branch of a Choice is taken by one of them. */
import { TRANSIENT } from '../asl.ts';
import type { Act, Cases, MachineCase } from '../cases.fixture.ts';

const SOON = Date.UTC(2100, 0, 1);
const PASSED = 0;

const BEFORE_THE_PIVOT = [
  'ValidateUser',
  'CheckKyc',
  'ValidateMerchant',
  'CheckFraud',
  'ReserveFunds',
  'ProcessPayment',
] as const;
const BEST_EFFORT = ['NotifyMerchant', 'SendReceipt', 'UpdateAnalytics'] as const;
const FORWARD = [...BEFORE_THE_PIVOT, 'InTime', 'SettleMerchant', ...BEST_EFFORT] as const;
const BACK = ['RefundCharge', 'ReleaseHold'] as const;
const ENDINGS = ['Completed', 'Refused', 'Compensated'] as const;

/** How often a task is asked again, as the machine means it. */
const RETRIES = {
  ...Object.fromEntries([...BEFORE_THE_PIVOT, ...BEST_EFFORT].map((state) => [state, 3])),
  ...{ Resume: 6, TurnBack: 6, Close: 6, Park: 6, SettleMerchant: 6, RefundCharge: 6, ReleaseHold: 6 },
} as { readonly [state: string]: number };

const NEVER_ASKED = { answers: null, never: true } as const;
const answers = (answer: unknown): readonly Act[] => [{ answers: answer }];
const resumes = (next: string, deadline = SOON) => ({ Resume: answers({ next, deadline }) });
const closes = (next: string) => ({ Close: answers({ next }) });
const turns = (next: string) => ({ TurnBack: answers({ next }) });

/** Once: whoever asks again gets a yes. */
const refusing = (state: string, error: string) => ({ [state]: [{ throws: error }, NEVER_ASKED] as const });
/** So many faults of the house list, one after the other, and then the answer. */
const faults = (count: number, first = 0): readonly Act[] =>
  Array.from({ length: count }, (_, n) => ({
    throws: TRANSIENT[(first + n) % TRANSIENT.length] ?? '',
  }));
/** One fault more than its patience bears, and then the answer that nobody waits for. */
const givingUp = (state: string) => ({
  [state]: [...Array<Act>((RETRIES[state] ?? 0) + 1).fill({ throws: 'TransientError' }), NEVER_ASKED],
});

/** Each answers at the last attempt that its patience bears. */
const lastAttempts = (states: readonly string[]): MachineCase['script'] =>
  Object.fromEntries(
    states.map((state, n) => [state, [...faults(RETRIES[state] ?? 0, n), ...answers(null)]]),
  );

const ended = (next: string): Pick<MachineCase, 'ends'> => ({ ends: { output: { next } } });
/** Parking is an answer too: what the Lambda said that parked it. */
const parked: Pick<MachineCase, 'ends'> = { ends: { output: null } };
const failed = (error: string): Pick<MachineCase, 'ends'> => ({ ends: { error } });
const START = ['Resume', 'Route'] as const;
const after = <T extends string>(states: readonly T[], state: T): readonly T[] =>
  states.slice(states.indexOf(state));

/** From a state to the end, if all goes well: forward, or back. */
const onwards = (from: string): readonly string[] =>
  (FORWARD as readonly string[]).includes(from)
    ? [...after<string>(FORWARD, from), 'Close', 'Route', 'Completed']
    : [...after<string>(BACK, from), 'Close', 'Route', 'Compensated'];

/** Where the record of a saga that failed there leads when it turns: to what may have happened, newest first. */
const turning = (at: string): { next: string; way: readonly string[]; to: string } => {
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
const upTo = (state: string): readonly string[] => [
  ...START,
  ...FORWARD.slice(0, (FORWARD as readonly string[]).indexOf(state) + 1),
];

const turnedAt = (state: string, error: string, script: MachineCase['script']): MachineCase => {
  const { next, way, to } = turning(state);
  return {
    script: { ...resumes('ValidateUser'), ...turns(next), ...closes(to), ...script },
    path: [...upTo(state), 'TurnBack', 'Route', ...way],
    told: { TurnBack: error },
    ...ended(to),
  };
};

const family = <T extends string>(
  states: readonly T[],
  name: (state: T) => string,
  of: (state: T) => MachineCase,
) => Object.fromEntries(states.map((state) => [name(state), of(state)]));

const RETRY_TIMES =
  'stock MiniStack ignores MaxDelaySeconds and the jitter; only the times differ, and they are not compared';

const stories: Cases = {
  'a payment completes': {
    script: { ...resumes('ValidateUser'), ...closes('Completed') },
    path: [...START, ...onwards('ValidateUser')],
    ...ended('Completed'),
  },
  'every Lambda on the way forward answers at its last attempt': {
    script: {
      ...lastAttempts([...FORWARD].filter((state) => state !== 'InTime')),
      Resume: [...faults(6), { answers: { next: 'ValidateUser', deadline: SOON } }],
      Close: [...faults(6, 3), { answers: { next: 'Completed' } }],
    },
    path: [...START, ...onwards('ValidateUser')],
    ...ended('Completed'),
    stock: RETRY_TIMES,
  },
  'every Lambda on the way back answers at its last attempt': {
    script: {
      ...resumes('InTime', PASSED),
      ...lastAttempts([...BACK]),
      TurnBack: [...faults(6), { answers: { next: 'RefundCharge' } }],
      Close: [...faults(6, 3), { answers: { next: 'Compensated' } }],
    },
    path: [...START, 'InTime', 'TurnBack', 'Route', ...onwards('RefundCharge')],
    told: { TurnBack: 'DeadlinePassedError' },
    ...ended('Compensated'),
    stock: RETRY_TIMES,
  },
  'parking succeeds at its last attempt': {
    script: { ...resumes('Park'), Park: [...faults(6), { answers: null }] },
    path: [...START, 'Park', 'NeedsAttention'],
    ...parked,
    stock: RETRY_TIMES,
  },
  'the deadline passes before the pivot': {
    script: { ...resumes('ValidateUser', PASSED), ...turns('RefundCharge'), ...closes('Compensated') },
    path: [...upTo('InTime'), 'TurnBack', 'Route', ...onwards('RefundCharge')],
    told: { TurnBack: 'DeadlinePassedError' },
    ...ended('Compensated'),
  },
  'the deadline has passed, but the pivot lies behind': {
    script: { ...resumes('NotifyMerchant', PASSED), ...closes('Completed') },
    path: [...START, ...onwards('NotifyMerchant')],
    ...ended('Completed'),
  },
  'the pivot refuses, and all is undone': turnedAt(
    'SettleMerchant',
    'SettlementFrozenError',
    refusing('SettleMerchant', 'SettlementFrozenError'),
  ),
  'the pivot gives up, but it had happened: the way is forward': {
    script: {
      ...resumes('InTime'),
      ...givingUp('SettleMerchant'),
      ...turns('NotifyMerchant'),
      ...closes('Completed'),
    },
    path: [...START, 'InTime', 'SettleMerchant', 'TurnBack', 'Route', ...onwards('NotifyMerchant')],
    told: { TurnBack: 'TransientError' },
    ...ended('Completed'),
    stock: RETRY_TIMES,
  },
  'another execution may act: this one ends at once': {
    script: refusing('Resume', 'SupersededError'),
    path: ['Resume'],
    ...failed('SupersededError'),
  },
  'another execution may act since this one began: it turns nothing back': {
    script: {
      ...resumes('CheckKyc'),
      ...refusing('CheckKyc', 'SupersededError'),
      ...refusing('TurnBack', 'SupersededError'),
    },
    path: [...START, 'CheckKyc', 'TurnBack'],
    told: { TurnBack: 'SupersededError' },
    ...failed('SupersededError'),
  },
  'a record that no rule knows is parked': {
    script: resumes('Nowhere'),
    path: [...START, 'Park', 'NeedsAttention'],
    ...parked,
  },
};

/** One case for each state that can be gone on at. */
const resumed: Cases = {
  ...family(
    [...FORWARD].filter((state) => state !== 'SettleMerchant'),
    (state) => `another execution goes on at ${state}`,
    (state) => ({
      script: { ...resumes(state), ...closes('Completed') },
      path: [...START, ...onwards(state)],
      ...ended('Completed'),
    }),
  ),
  ...family(
    BACK,
    (state) => `another execution goes on at ${state}`,
    (state) => ({
      script: { ...resumes(state), ...closes('Compensated') },
      path: [...START, ...onwards(state)],
      ...ended('Compensated'),
    }),
  ),
  'another execution goes on at Close': {
    script: { ...resumes('Close'), ...closes('Refused') },
    path: [...START, 'Close', 'Route', 'Refused'],
    ...ended('Refused'),
  },
  ...family(
    ENDINGS,
    (state) => `another execution finds it ${state}`,
    (state) => ({
      script: resumes(state),
      path: [...START, state],
      ends: { output: { next: state, deadline: SOON } },
    }),
  ),
};

/** One case for each way in which a step can fail. */
const failures: Cases = {
  ...family(
    BEFORE_THE_PIVOT,
    (state) => `${state} refuses`,
    (state) => turnedAt(state, 'RefusedError', refusing(state, 'RefusedError')),
  ),
  ...family(
    [...BEFORE_THE_PIVOT, 'SettleMerchant'] as const,
    (state) => `${state} gives up`,
    (state) => ({ ...turnedAt(state, 'TransientError', givingUp(state)), stock: RETRY_TIMES }),
  ),
  ...family(
    BEST_EFFORT,
    (state) => `${state} refuses, and the payment completes without it`,
    (state) => ({
      script: { ...resumes(state), ...refusing(state, 'RefusedError'), ...closes('Completed') },
      path: [...START, ...onwards(state)],
      ...ended('Completed'),
    }),
  ),
  ...family(
    BEST_EFFORT,
    (state) => `${state} gives up, and the payment completes without it`,
    (state) => ({
      script: { ...resumes(state), ...givingUp(state), ...closes('Completed') },
      path: [...START, ...onwards(state)],
      ...ended('Completed'),
      stock: RETRY_TIMES,
    }),
  ),
  ...family(
    BACK,
    (state) => `${state} fails until it is parked`,
    (state) => ({
      script: { ...resumes(state), ...givingUp(state) },
      path: [...START, state, 'Park', 'NeedsAttention'],
      told: { Park: 'TransientError' },
      ...parked,
      stock: RETRY_TIMES,
    }),
  ),
  ...family(
    BACK,
    (state) => `${state} cannot be, and is parked at once`,
    (state) => ({
      script: { ...resumes(state), ...refusing(state, 'UnexpectedError') },
      path: [...START, state, 'Park', 'NeedsAttention'],
      told: { Park: 'UnexpectedError' },
      ...parked,
    }),
  ),
  // The sweeper starts the saga anew: nothing catches these.
  ...family(
    ['Close', 'Park'] as const,
    (state) => `another execution may act when this one comes to ${state}`,
    (state) => ({
      script: { ...resumes(state), ...refusing(state, 'SupersededError') },
      path: [...START, state],
      ...failed('SupersededError'),
    }),
  ),
  ...family(
    ['Resume', 'TurnBack', 'Close', 'Park'] as const,
    (state) => `${state} gives up, and the execution fails`,
    (state) => ({
      script: {
        ...resumes(state === 'TurnBack' ? 'InTime' : state, PASSED),
        ...givingUp(state),
      },
      path: state === 'Resume' ? [state] : [...START, ...(state === 'TurnBack' ? ['InTime'] : []), state],
      ...(state === 'TurnBack' ? { told: { TurnBack: 'DeadlinePassedError' } } : {}),
      ...failed('TransientError'),
      stock: RETRY_TIMES,
    }),
  ),
};

export const paymentCases: Cases = { ...stories, ...resumed, ...failures };
